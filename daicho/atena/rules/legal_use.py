"""個人番号を利用できる事務 — which department may ask, for which affair, since when and by what law: dated, never overwritten. 番号法第9条第1項 別表; S4-06, F-1-06."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class LegalUse:
    """One approved entry: from `valid_from` on this department may (or, not `allowed`, may no longer) use 個人番号 for this affair."""

    id: int
    department_code: str
    department_ja: str
    affair_code: str
    affair_ja: str
    legal_basis: str
    valid_from: date
    allowed: bool


@dataclass(frozen=True)
class Period:
    """An entry with its last day: the day before a later entry of the same department and affair begins; None while there is none."""

    use: LegalUse
    last_day: date | None


def use_on(entries: Iterable[LegalUse], day: date) -> LegalUse | None:
    """What holds on that day for one department and one affair: the newest entry begun by then, if it allows. Of one day the later entry counts."""
    begun = [entry for entry in entries if entry.valid_from <= day]
    newest = max(begun, key=_order, default=None)
    return newest if newest is not None and newest.allowed else None


def periods(entries: Sequence[LegalUse]) -> list[Period]:
    """The entries that allow, of all departments and affairs, each with its last day; one that a later entry of the same day replaced is left out."""
    found = []
    for entry in entries:
        later = [other for other in entries if _whose(other) == _whose(entry) and _order(other) > _order(entry)]
        last_day = min((other.valid_from for other in later), default=None)
        if entry.allowed and (last_day is None or last_day > entry.valid_from):
            found.append(Period(entry, last_day - timedelta(days=1) if last_day else None))
    return sorted(found, key=lambda period: (_whose(period.use), period.use.valid_from))


def _whose(entry: LegalUse) -> tuple[str, str]:
    return entry.department_code, entry.affair_code


def _order(entry: LegalUse) -> tuple[date, int]:
    return entry.valid_from, entry.id
