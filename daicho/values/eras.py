"""元号 — the eras, read from data/eras.csv; a new era is a row, not a program. 元号法. N-1.1.9-05, N-1.3.6-01, N-1.3.6-02."""

import csv
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

# 明治5年12月2日 was followed by 明治6年1月1日 = 1873-01-01 of the Gregorian calendar (明治5年太政官布告第337号).
# Up to that day era dates are of the old calendar (旧暦); the register keeps them as they were written.
GREGORIAN_FROM = date(1873, 1, 1)
OLD_CALENDAR_LAST = (5, 12, 2)


@dataclass(frozen=True)
class Era:
    """One era. `last_day` stands only where the day of change belongs to both eras; otherwise it follows from the next era."""

    code: str
    name: str
    short: str
    first_day: date
    last_day: date | None = None

    @property
    def year_before_first(self) -> int:
        """What is added to a year of this era to get the Western year."""
        return self.first_day.year - 1


class Eras:
    """All eras in force, in order of their first day."""

    def __init__(self, eras: Iterable[Era]) -> None:
        self.all: tuple[Era, ...] = tuple(sorted(eras, key=lambda era: era.first_day))
        self.by_code: dict[str, Era] = {era.code: era for era in self.all}
        self.by_written: dict[str, Era] = {text: era for era in self.all for text in (era.name, era.short, era.code)}
        if not self.all or len(self.by_written) < 3 * len(self.all):
            raise ValueError("era table: empty, or a code or name occurs twice")

    @cached_property
    def _first_days(self) -> list[date]:
        return [era.first_day for era in self.all]

    def on(self, day: date) -> Era | None:
        """The era of a Gregorian day; on a day of change the new one. None before 1873-01-01 (旧暦)."""
        if day < GREGORIAN_FROM:
            return None
        return self.all[bisect_right(self._first_days, day) - 1]

    def last_day(self, era: Era) -> date:
        """The last day that may be written with this era; date.max for the present one."""
        if era.last_day is not None:
            return era.last_day
        following = self.all.index(era) + 1
        return self.all[following].first_day - timedelta(days=1) if following < len(self.all) else date.max

    def with_era(self, era: Era) -> "Eras":
        """These eras and one more (改元 by setting alone, N-1.3.6-02)."""
        return Eras((*self.all, era))

    def with_those_of(self, others: "Eras") -> "Eras":
        """These eras and others; of a code that both have, the other's: a later program may know an era that the installation wrote down."""
        return Eras((*(era for era in self.all if era.code not in others.by_code), *others.all))


def read(path: Path) -> Eras:
    """The eras of a CSV file in the shape of data/eras.csv."""
    with path.open(encoding="utf-8", newline="") as file:
        return Eras(
            Era(
                code=row["code"],
                name=row["name"],
                short=row["short"],
                first_day=date.fromisoformat(row["first_day"]),
                last_day=date.fromisoformat(row["last_day"]) if row["last_day"] else None,
            )
            for row in csv.DictReader(file)
        )


_built_in = read(Path(__file__).parent / "data" / "eras.csv")
_in_force = _built_in


def built_in() -> Eras:
    """The eras that this program came with."""
    return _built_in


def known() -> Eras:
    """The eras in force in this process."""
    return _in_force


def install(eras: Eras) -> None:
    """Put other eras in force for this process: the installation's own file at start-up, or a test's."""
    global _in_force
    _in_force = eras
