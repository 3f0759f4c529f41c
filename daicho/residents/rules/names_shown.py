"""氏名の表し方 — the name by which a sheet's person is shown and named to others. 住民基本台帳法第7条1号; 令第30条の16."""

from __future__ import annotations

from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.vocabulary import FOREIGN


def shown_name(entries: SheetEntries) -> str | None:
    """Japanese: the name as in the 戸籍. Foreign: アルファベット氏名, with the 漢字氏名 in brackets; None when 空欄."""
    if entries.resident_kind != FOREIGN:
        return entries.name_kanji
    kanji = entries.foreign_name_kanji or entries.name_kanji
    if entries.foreign_name_alphabet and kanji:
        return f"{entries.foreign_name_alphabet}（{kanji}）"
    return entries.foreign_name_alphabet or kanji or entries.foreign_name_katakana
