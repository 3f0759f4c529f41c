"""検索語の作り方 — which entries of a sheet can be searched, and by what key. std 2.1.2, 2.1.3; values/search_key.py."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from daicho.residents.rules.entries import SheetEntries
from daicho.values.search_key import SearchKind, search_key


class TermKind(StrEnum):
    """Kinds of search terms: two letters each, because a gram carries its kind in front."""

    __hash__ = str.__hash__  # an Enum's own is Python code, and a city has a million terms

    NAME_KANJI = "nk"
    NAME_KANA = "nf"
    FORMER_SURNAME = "fs"
    FORMER_SURNAME_KANA = "ff"
    ALIAS = "as"
    ALIAS_KANA = "af"
    ALPHABET = "ab"
    ADDRESS = "ad"
    BUILDING = "bd"


SOURCES: tuple[tuple[TermKind, str], ...] = (
    (TermKind.NAME_KANJI, "name_kanji"),
    (TermKind.NAME_KANJI, "foreign_name_kanji"),
    (TermKind.NAME_KANA, "name_kana"),
    (TermKind.NAME_KANA, "search_kana"),
    (TermKind.NAME_KANA, "foreign_name_katakana"),
    (TermKind.FORMER_SURNAME, "former_surname"),
    (TermKind.FORMER_SURNAME_KANA, "former_surname_kana"),
    (TermKind.ALIAS, "foreign_alias"),
    (TermKind.ALIAS_KANA, "foreign_alias_kana"),
    (TermKind.ALPHABET, "foreign_name_alphabet"),
    (TermKind.ADDRESS, "address"),
    (TermKind.BUILDING, "address_building"),
)

SEARCH_KINDS: dict[TermKind, SearchKind] = {
    TermKind.NAME_KANJI: SearchKind.NAME,
    TermKind.NAME_KANA: SearchKind.KANA,
    TermKind.FORMER_SURNAME: SearchKind.NAME,
    TermKind.FORMER_SURNAME_KANA: SearchKind.KANA,
    TermKind.ALIAS: SearchKind.NAME,
    TermKind.ALIAS_KANA: SearchKind.KANA,
    TermKind.ALPHABET: SearchKind.ROMAN,
    TermKind.ADDRESS: SearchKind.ADDRESS,
    TermKind.BUILDING: SearchKind.ADDRESS,
}


def term_key(kind: TermKind, text: str) -> str:
    """The normalised key of a stored text."""
    return search_key(text, SEARCH_KINDS[kind])


def terms_of(entries: SheetEntries) -> set[tuple[TermKind, str]]:
    """Every (kind, key) under which these entries are found."""
    found: set[tuple[TermKind, str]] = set()
    for kind, name in SOURCES:
        text = getattr(entries, name)
        if text:
            found.update(_terms_of_text(kind, text))
    return found


@lru_cache(maxsize=8_192)
def _terms_of_text(kind: TermKind, text: str) -> tuple[tuple[TermKind, str], ...]:
    return tuple((kind, key) for part in _parts(kind, text) if (key := term_key(kind, part)))


def _parts(kind: TermKind, text: str) -> tuple[str, ...]:
    """The whole, and of a name 名 alone too: its own beginning counts as one (N-2.1.2-07; オノ　ウメ is found by ウメ)."""
    _, space, given = text.partition("　")
    return (text, given) if space and kind in (TermKind.NAME_KANJI, TermKind.NAME_KANA) else (text,)


def sort_kana(entries: SheetEntries) -> str:
    """The key by which lists of people are ordered: their kana, else their name."""
    text = entries.name_kana or entries.search_kana or entries.foreign_name_katakana or entries.foreign_alias_kana
    return search_key(text, SearchKind.KANA) if text else search_key(entries.name_kanji or entries.foreign_name_alphabet or "", SearchKind.NAME)
