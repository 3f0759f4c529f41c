"""生年月日の暦 — a Japanese is born in 和暦, a foreigner in 西暦: kept so and shown so, whatever was typed or imported. 標準1.1.8, 1.1.9.

Every screen that shows a birth date asks `birth_text`; every way into the register passes `birth_as_kept`.
"""

from __future__ import annotations

from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.vocabulary import FOREIGN
from daicho.values.dates import BadDate, JapaneseDate

BIRTH_DATES = ("birth_date", "corrected_birth_date")
"""The entries that are a birth date: 生年月日, and 誤記修正後生年月日 of a 除票."""


def birth_as_kept(birth: JapaneseDate, resident_kind: str | None) -> JapaneseDate:
    """The birth date in the calendar of 住民種別, the same days (N-1.1.8-32). BadDate for a Japanese whose Western date no era says alike."""
    if resident_kind == FOREIGN:
        return birth.in_western
    kept = birth.in_era
    if kept.is_western or not kept.same_bounds(birth):  # before 1873 (旧暦), or a year of two eras: only who knows it can say which
        raise BadDate(
            f"日本人の生年月日は和暦で記載します。「{birth.as_written}」は元号が一つに決まりません。元号を付けて入力してください（標準仕様書1.1.9）。"
        )
    return kept


def birth_text(entries: SheetEntries, name: str = "birth_date") -> str:
    """A birth date as screens show it: 西暦 for a foreigner, 和暦 for a Japanese, never both (N-1.1.9-03, -06, -07)."""
    birth: JapaneseDate | None = getattr(entries, name)
    if birth is None:
        return ""
    return birth.seireki() if entries.resident_kind == FOREIGN else birth.wareki()
