"""過去の値 — which former name or address a hit was found by, as it was written. std 2.1.3 (N-2.1.3-27, -31)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.search_keys import ADDRESS_TERMS, SearchKeys
from daicho.residents.rules.terms import ADDRESSES, SOURCES, TermKind, term_key


@dataclass(frozen=True)
class Past:
    """A former name or address: what kind of term, and its text ("" when the history no longer says it)."""

    kind: TermKind
    text: str

    @property
    def is_address(self) -> bool:
        return self.kind in ADDRESS_TERMS


_NAMES = tuple(dict.fromkeys(name for _, name in SOURCES))
_PLACES = tuple(dict.fromkeys(name for address, building, _ in ADDRESSES for name in (address, building)))
_SAID = f"""
    SELECT DISTINCT person_id, {", ".join((*_NAMES, *_PLACES))} FROM residents_sheetversion
     WHERE municipality_code = %s AND person_id = ANY(%s)
"""
_Said = Mapping[str, str | None]


def past_of(found: Mapping[int, tuple[tuple[str, str] | None, SheetEntries]], keys: SearchKeys) -> dict[int, Past]:
    """For who was found by a past term, or whose address of today is not the one asked: that former value. One statement, none when there is nobody.

    `found`: by person the past term (kind, key) and the newest entries.
    """
    wanted = {person for person, (term, entries) in found.items() if term or _lived_elsewhere(entries, keys)}
    if not wanted:
        return {}
    past: dict[int, Past] = {person: Past(TermKind(term[0]), "") for person in wanted if (term := found[person][0])}
    with connection.cursor() as cursor:
        cursor.execute(_SAID, [settings.INSTALLATION.municipality_code, sorted(wanted)])
        for person, *values in cursor.fetchall():
            term, said = found[person][0], dict(zip((*_NAMES, *_PLACES), values, strict=True))
            text = _as_written(said, TermKind(term[0]), term[1]) if term else _place_asked(said, keys)
            if text:
                past[person] = Past(TermKind(term[0]) if term else TermKind.ADDRESS, text)
    return past


def _lived_elsewhere(entries: SheetEntries, keys: SearchKeys) -> bool:
    """Whether an address was asked that is not the one of today."""
    return keys.address is not None and not _holds(entries.address, entries.address_building, keys)


def _holds(address: str | None, building: str | None, keys: SearchKeys) -> bool:
    assert keys.address is not None
    key = term_key(TermKind.BUILDING, f"{address or ''}　{building or ''}")
    return any(asked in key for asked in keys.address.keys)


def _as_written(said: _Said, kind: TermKind, key: str) -> str:
    """The text of which the term was made; of a name the whole, where its 名 alone is the term."""
    if kind in ADDRESS_TERMS:
        return next((_place(said, *columns) for *columns, _ in ADDRESSES if _is_place(said, columns, kind, key)), "")
    texts = (said[name] or "" for of, name in SOURCES if of is kind)
    return next((text for text in texts if text and key in (term_key(kind, text), term_key(kind, text.partition("　")[2]))), "")


def _is_place(said: _Said, columns: list[str], kind: TermKind, key: str) -> bool:
    address, building = (said[name] or "" for name in columns)
    return key == term_key(kind, f"{address}　{building}" if kind is TermKind.BUILDING else address)


def _place_asked(said: _Said, keys: SearchKeys) -> str:
    return next((_place(said, *columns) for *columns, _ in ADDRESSES if said[columns[0]] and _holds(said[columns[0]], said[columns[1]], keys)), "")


def _place(said: _Said, address: str, building: str) -> str:
    return "　".join(part for part in (said[address], said[building]) if part)
