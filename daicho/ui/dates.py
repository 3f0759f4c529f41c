"""年月日の読み返し — how a date that was typed is read, shown beside the field; dates and instants as screens show them. std 1.1.8, 1.1.9."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from daicho import clock
from daicho.values.dates import BadDate, JapaneseDate

WEEKDAYS = "月火水木金土日"


@dataclass(frozen=True)
class Reading:
    """`text` for the clerk; `is_ok` False when it cannot be read; `alert` when it can, but should be looked at again."""

    text: str
    is_ok: bool
    alert: bool = False


def reading_of(text: str, *, western: bool = False) -> Reading | None:
    """「2026-04-01」→「令和8年4月1日（水）」, or 西暦 for the items that the law wants so; never in both (N-1.1.9-06, -07). None for an empty text."""
    stripped = text.strip(" 　")
    if not stripped:
        return None
    try:
        typed = JapaneseDate.parse(stripped)
    except BadDate as problem:
        return Reading(str(problem), is_ok=False)
    read = typed.in_western if western else typed.in_era
    if read.alerts:
        return Reading(" ".join(read.alerts), is_ok=True, alert=True)
    if read.is_calendar:
        return Reading(f"{read.as_written}（{WEEKDAYS[read.first.weekday()]}）", is_ok=True)
    return Reading(read.as_written, is_ok=True)


def wareki_text(value: object) -> str:
    """A date of any of our kinds in 和暦; "" for None. TypeError for anything else: a date must not be drawn from a text by guess."""
    if value is None or value == "":
        return ""
    if isinstance(value, JapaneseDate):
        return value.wareki()
    if isinstance(value, date):
        return JapaneseDate.of(value).as_written
    raise TypeError(f"not a date: {type(value).__name__}")


def moment(instant: datetime | None) -> str:
    """An instant as lists and records show it, in Japan: 「令和8年4月10日 13時05分」; "" for None."""
    if instant is None:
        return ""
    local = clock.jst(instant)
    return f"{wareki_text(local.date())} {local:%H時%M分}"
