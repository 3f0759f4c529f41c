"""予約の検査 — what an officer may reserve: a job that is there, a time still to come, parameters that it knows. Pure. 標準9.1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from daicho.jobs import registry


class JobProblem(ValueError):
    """What must be mended: (field, message in Japanese), "" = the whole form."""

    def __init__(self, problems: Sequence[tuple[str, str]]) -> None:
        self.problems = tuple(problems)
        super().__init__(", ".join(name or "form" for name, _ in problems))


@dataclass(frozen=True)
class Wanted:
    """A reservation as asked for. `when` is one of Reservation.When; what it does not need is None."""

    job: str
    when: str
    at: time | None = None
    on: date | None = None
    weekday: int | None = None
    day_of_month: int | None = None
    open_days_only: bool = False
    parameters: Mapping[str, str | int] = field(default_factory=dict)


_NEEDS = {"now": (), "once": ("on", "at"), "daily": ("at",), "weekly": ("weekday", "at"), "monthly": ("day_of_month", "at"), "month_end": ("at",)}
_JA = {"on": "日付", "at": "時刻", "weekday": "曜日", "day_of_month": "日"}


def wanted_problems(wanted: Wanted, now: datetime) -> list[tuple[str, str]]:
    """Every reason why it cannot be reserved; `now` is Japanese time."""
    if wanted.when not in _NEEDS:
        return [("when", "起動の指定を選んでください。")]
    found = [(name, f"{_JA[name]}を入力してください。") for name in _NEEDS[wanted.when] if getattr(wanted, name) is None]
    extra = [name for name in _JA if name not in _NEEDS[wanted.when] and getattr(wanted, name) is not None]
    found += [(name, f"この起動の指定では、{_JA[name]}は使いません。空欄にしてください。") for name in extra]
    if wanted.weekday is not None and not 0 <= wanted.weekday <= 6:
        found.append(("weekday", "曜日を選んでください。"))
    if wanted.day_of_month is not None and not 1 <= wanted.day_of_month <= 31:
        found.append(("day_of_month", "日は1から31までで入力してください。"))
    if wanted.when == "once" and wanted.on and wanted.at and (wanted.on, wanted.at) < (now.date(), now.time()):
        found.append(("at", "指定の日時を過ぎています。これからの日時を入力してください。"))
    return found + _parameter_problems(wanted)


def _parameter_problems(wanted: Wanted) -> list[tuple[str, str]]:
    declared = {one.name: one for one in registry.get(wanted.job).parameters}
    found = [("", f"この処理に「{name}」という項目はありません。") for name in wanted.parameters if name not in declared]
    for name, value in wanted.parameters.items():
        one = declared.get(name)
        if one is not None and isinstance(one.default, int) and not isinstance(value, int):
            found.append((name, f"{one.ja}は整数で入力してください。"))
    return found
