"""氏名の表し方 — the name by which a sheet's person is shown and named to others. 住民基本台帳法第7条1号; 令第30条の16."""

from __future__ import annotations

from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.vocabulary import FOREIGN
from daicho.values.names import PersonName


def shown_name(entries: SheetEntries) -> str | None:
    """Japanese: the name as in the 戸籍. Foreign: as 氏名 is printed (N-5.3-03: ZHANG YULIN　張　玉蓮), so that a head has one name on a whole
    certificate and its household; the katakana where neither is known. None when 空欄."""
    if entries.resident_kind != FOREIGN:
        return entries.name_kanji
    name = PersonName.foreign(entries.foreign_name_alphabet or "", entries.foreign_name_kanji or entries.name_kanji or "")
    return name.legal or entries.foreign_name_katakana
