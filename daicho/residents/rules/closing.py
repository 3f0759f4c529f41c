"""消除 — what an event says that closes a sheet, and when it may. 住民基本台帳法第8条, 第15条の2; std 1.1.5; fold.md 2, 22.

A sheet is closed by a value, `closed_on`, which may lie ahead (転出); from that day on it is a 除票.
"""

from __future__ import annotations

from datetime import date

from daicho.residents.rules.entries import ENTRIES
from daicho.residents.rules.fold import key_of
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.situation import PersonState
from daicho.residents.rules.vocabulary import ABSENT, DIED, DISAPPEARED, MOVED_OUT, MOVED_OUT_ABROAD
from daicho.values.dates import JapaneseDate

OF_CLOSED = frozenset(
    name for name in ENTRIES if name.startswith(("closed_on", "removal_", "planned_move_out_", "confirmed_move_out_", "deleted_record_", "corrected_"))
)
"""除票固有の記載事項 (std 1.1.5): what closes a sheet, and all that is still written on it after that (fold.md 14)."""


def closing(reason: str, happened_on: JapaneseDate, closed_on: date, notified_on: date | None = None) -> dict[str, object]:
    """除票固有の記載事項 (N-1.1.5-13): why, since when by the law, the day from which nobody finds the sheet among residents, and that of

    the 届出 or notice on which it rests, where there is one (N-1.1.1-48)."""
    return {"closed_on": closed_on, "removal_reason_code": reason, "removal_date": happened_on, "removal_notified_date": notified_on}


def closing_day(happened_on: JapaneseDate, today: date) -> date:
    """消除日 of what has happened: of an uncertain day the last it can have been, never after the day of recording (fold.md 13)."""
    return key_of(happened_on, today)


def identity_reason(removal_reason: str | None) -> tuple[str, str | None]:
    """(更新事由, 詳細) by which a removal is told, by what the sheet says: on a planned day also of a sheet that came by migration."""
    return _TOLD_AS.get(removal_reason or "", ("removal_ex_officio", None))


_TOLD_AS: dict[str, tuple[str, str | None]] = {
    MOVED_OUT: ("move_out", "to_municipality"),
    MOVED_OUT_ABROAD: ("move_out", "abroad"),
    DIED: ("death", None),
    DISAPPEARED: ("removal_ex_officio", "disappearance"),
    ABSENT: ("removal_ex_officio", "absent"),
}


def check_closing(person: PersonState, closed_on: date, member: int) -> list[Problem]:
    """A sheet is not closed before it was opened (fold.md 22)."""
    opened = person.entries.opened_on
    if opened is None or opened <= closed_on:
        return []
    return [problem("P003", "effective_on", member)]
