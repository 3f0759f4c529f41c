"""検索語 — under which keys a person of file (2) is found: made from the items alone, and made anew from them at any time. F-2-03; 標準2.1.2."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from daicho.juki_net.rules.items import IdentityItems
from daicho.values.search_key import SearchKind, search_key

ADDRESS = SearchKind.ADDRESS
_ROMAN = re.compile(r"[A-Za-zＡ-Ｚａ-ｚÀ-ɏ,.'-]+")


@dataclass(frozen=True)
class Term:
    """One key. What stands beside it in a lawful search is the person's, so that one index finds and judges: address, days of birth."""

    kind: SearchKind
    key: str
    address_key: str
    birth_first: date
    birth_last: date


def terms_of(items: IdentityItems) -> tuple[Term, ...]:
    """Every term of one person, each once."""
    address = search_key(items.address, ADDRESS)
    found = dict.fromkeys([*_of_names(items), (ADDRESS, address)])
    return tuple(Term(kind, key, address, items.birth_date.first, items.birth_date.last) for kind, key in found if key)


def _of_names(items: IdentityItems) -> Iterator[tuple[SearchKind, str]]:
    for name in (items.name_kanji, items.former_surname_kanji):
        for kind, part in _parts(name or ""):
            yield kind, search_key(part, kind)
    for kana in (items.name_furigana, items.former_surname_furigana):
        if kana:
            yield SearchKind.KANA, search_key(kana, SearchKind.KANA)


def _parts(name: str) -> Iterator[tuple[SearchKind, str]]:
    """A foreign resident's name may hold both writings: ZHANG YULIN　張　玉蓮."""
    words = name.split()
    roman = [word for word in words if _ROMAN.fullmatch(word)]
    other = [word for word in words if not _ROMAN.fullmatch(word)]
    if roman:
        yield SearchKind.ROMAN, " ".join(roman)
    if other:
        yield SearchKind.NAME, "\u3000".join(other)
