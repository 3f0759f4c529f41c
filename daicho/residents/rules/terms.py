"""検索語の作り方 — which entries of a sheet can be searched, and by what key. std 2.1.2, 2.1.3; values/search_key.py."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.search_marks import marks_of
from daicho.values.search_key import SearchKind, grams, search_key, search_words


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
    BUILDING = "bd"  # 住所 and 方書 as one text, so that a query may go from one into the other (N-2.1.3-26)
    MARKS = "mk"  # what the sheet says in codes (rules/search_marks.py): one term for each sheet, and its grams are the marks


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
)
ADDRESSES = (("previous_address", "previous_address_building", True), ("address", "address_building", False))
"""Where a person lives, and where they lived before they came: found as a past address (N-2.1.3-31)."""

PAIRS_ONLY = frozenset({TermKind.ADDRESS, TermKind.BUILDING})
"""Of an address no single characters: who searches by it alone gives two or more."""

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


def term_grams(kind: TermKind, key: str) -> list[str]:
    """The grams of a key, each led by its kind: characters and pairs, of an address the pairs, of the marks each mark."""
    parts = key.split(" ") if kind is TermKind.MARKS else [gram for gram in grams(key) if len(gram) > 1] if kind in PAIRS_ONLY else grams(key)
    return [f"{kind}{part}" for part in parts]


class Standing(NamedTuple):
    """How a term stands on a sheet: whether it is past, and how many characters of its key are 氏 (0: no 氏 and 名)."""

    is_past: bool
    surname_length: int = 0


Terms = dict[tuple[TermKind, str], Standing]


def terms_of(entries: SheetEntries) -> Terms:
    """Every (kind, key) under which these entries are found."""
    found: Terms = {}
    for address, building, is_past in ADDRESSES:
        if text := getattr(entries, address):
            found.update(_terms_of_address(text, getattr(entries, building) or "", is_past))
    for kind, name in SOURCES:
        if text := getattr(entries, name):
            found.update(_terms_of_text(kind, text))
    found[TermKind.MARKS, " ".join(marks_of(entries))] = Standing(False)
    return found


def terms_of_history(rows: Sequence[SheetEntries]) -> Terms:
    """Every term of a sheet from its rows, oldest first: what the newest row no longer says is past (N-2.1.3-27)."""
    found: Terms = {}
    for older in rows[:-1]:
        for term, standing in terms_of(older).items():
            found[term] = standing._replace(is_past=True)
    found.update(terms_of(rows[-1]))
    return found


@lru_cache(maxsize=8_192)
def _terms_of_text(kind: TermKind, text: str) -> tuple[tuple[tuple[TermKind, str], Standing], ...]:
    """The whole, and of a name 名 alone too: its own beginning counts as one (N-2.1.2-07; オノ　ウメ is found by ウメ)."""
    if kind is TermKind.ALPHABET:  # its words in the order of the alphabet, and written together in their own
        return tuple(((kind, key), Standing(False)) for key in dict.fromkeys((term_key(kind, text), "".join(search_words(text)))) if key)
    surname, space, given = text.partition("　")
    if not (space and kind in (TermKind.NAME_KANJI, TermKind.NAME_KANA)):
        return (((kind, key), Standing(False)),) if (key := term_key(kind, text)) else ()
    alone = (((kind, key), Standing(False)),) if (key := term_key(kind, given)) else ()
    whole = (((kind, key), Standing(False, len(term_key(kind, surname)) if alone else 0)),) if (key := term_key(kind, text)) else ()
    return (*alone, *whole)


@lru_cache(maxsize=8_192)
def _terms_of_address(address: str, building: str, is_past: bool) -> tuple[tuple[tuple[TermKind, str], Standing], ...]:
    texts = [(TermKind.ADDRESS, address)] + ([(TermKind.BUILDING, f"{address}　{building}")] if building else [])
    return tuple(((kind, key), Standing(is_past)) for kind, text in texts if (key := term_key(kind, text)))


def sort_kana(entries: SheetEntries) -> str:
    """The key by which lists of people are ordered: their kana, else their name."""
    text = entries.name_kana or entries.search_kana or entries.foreign_name_katakana or entries.foreign_alias_kana
    return search_key(text, SearchKind.KANA) if text else search_key(entries.name_kanji or entries.foreign_name_alphabet or "", SearchKind.NAME)
