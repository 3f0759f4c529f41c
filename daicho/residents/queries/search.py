"""検索 — finding a person by what the visitor says: present and past, right person first. std 2.1.1–2.1.3; N-2.1.3-27, -31.

Rank: exact > prefix > present part > past; ties by kana, birth date, 宛名番号. Hits are counted to 1,000. Everybody who is shown is
on record before the answer leaves (F-1-13).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection

from daicho import audit, rows, vault
from daicho.audit.actor import Actor
from daicho.residents.models import SheetCurrent
from daicho.residents.permissions import Permission
from daicho.residents.queries import search_sql
from daicho.residents.queries.current import BY_PERSON_ID, newest_rows
from daicho.residents.queries.search_sql import COUNTED, SHOWN, Sql
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.search_keys import ROMAN_TERMS, SearchKeys, Words
from daicho.residents.rules.terms import TermKind
from daicho.values.search_key import Match

_FEW_DAYS = timedelta(31)  # so few are born within these days, in any city, that all of them are looked through


@dataclass(frozen=True)
class Hit:
    """One person found: the newest sheet, and by which past value they were found (None = by a present one)."""

    public_id: str
    atena_no: str
    entries: SheetEntries
    past: TermKind | None
    is_archived: bool = False  # found in the store of old 除票


@dataclass(frozen=True)
class Found:
    """The first hits, and how many there are, counted to 1,000."""

    hits: tuple[Hit, ...]
    count: int

    @property
    def count_text(self) -> str:
        return f"{COUNTED:,}件以上" if self.count >= COUNTED else f"{self.count:,}件"


_Ranked = tuple[int, str | None]
"""(person id, kind of the past term by which they were found or None), best first."""


def search(actor: Actor, keys: SearchKeys) -> Found:
    """Find people. Needs the search permission, for a number the right to search by it. A few statements, whatever the city, and the record."""
    if keys.numbers:
        audit.require(actor, Permission.NUMBER_SEARCH)
    with audit.reading(actor, Permission.PERSON_SEARCH) as seen:
        with _planned_for_these_words():
            ranked, count = _ranked(keys)
        hits = _hits(ranked)
        seen.add(*[h.person_uuid for h in hits])
        seen.note(keys=sorted(_named(keys)), count=count)
        return Found(tuple(h.hit for h in hits), count)


@contextmanager
def _planned_for_these_words() -> Iterator[None]:
    """Which index serves, the pattern says: a plan kept for any words would read the whole table for some."""
    with rows.together(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL plan_cache_mode = force_custom_plan")
        yield
        cursor.execute("SET LOCAL plan_cache_mode = auto")


def _named(keys: SearchKeys) -> list[str]:
    """Which keys were used: their names, never their values."""
    used = {"name": keys.name, "birth": keys.birth, "sex": keys.sex, "address": keys.address, "atena_no": keys.atena_no, "household_no": keys.household_no}
    used["exact"] = keys.name is not None and keys.match is Match.EXACT
    return [name for name, value in used.items() if value] + [entry for entry, _ in keys.numbers]


def _ranked(keys: SearchKeys) -> tuple[list[_Ranked], int]:
    if keys.atena_no or keys.household_no or keys.numbers:
        return _by_number(keys)
    if keys.name is None:
        return _run(search_sql.of_address(keys))
    found = _by_name(keys, keys.name)
    if found[0] or keys.name.crosses or keys.match is Match.EXACT:
        return found
    # ハナゾノタ: nobody's 氏 or 名, but perhaps the beginning of both, written without the space.
    return _by_name(keys, replace(keys.name, crosses=True))


def _by_name(keys: SearchKeys, words: Words) -> tuple[list[_Ranked], int]:
    if keys.match is Match.EXACT:
        return _run(search_sql.of_name(keys, words, search_sql.exactly(words)))
    if keys.birth is not None and keys.birth.last - keys.birth.first <= _FEW_DAYS:
        return _run(search_sql.of_name(keys, words, search_sql.anywhere(words), by_birth=True))
    if words.kinds != ROMAN_TERMS and _many_begin_with(words):
        ranked, count = _run(search_sql.of_name(keys, words, search_sql.by_prefix(words)))
        # So many begin with it that no part, which ranks behind them, is shown or changes what is said of the count (N-2.1.2-06).
        if count >= COUNTED and len(ranked) >= SHOWN and ranked[-1][1] is None:
            return ranked, count
    return _run(search_sql.of_name(keys, words, search_sql.by_grams(words)))


def _many_begin_with(words: Words) -> bool:
    """Whether as many terms as are counted begin with it: the index alone says, and most names are spared one of the two ways."""
    sql = search_sql.beginning(words)
    with connection.cursor() as cursor:
        cursor.execute(sql.text, sql.parameters)
        return bool(cursor.fetchone()[0] >= COUNTED)


def _run(sql: Sql) -> tuple[list[_Ranked], int]:
    with connection.cursor() as cursor:
        cursor.execute(sql.text, sql.parameters)
        found = cursor.fetchall()
    return [(person, past) for person, past, _ in found], int(found[0][2]) if found else 0


def _by_number(keys: SearchKeys) -> tuple[list[_Ranked], int]:
    """宛名番号, 世帯番号, or a number that the vault knows."""
    sheets = SheetCurrent.objects.filter(municipality_code=settings.INSTALLATION.municipality_code)
    if keys.atena_no:
        sheets = sheets.filter(person__atena_no=keys.atena_no)
    if keys.household_no:
        sheets = sheets.filter(household_no=keys.household_no)
    for entry, number in keys.numbers:
        sheets = sheets.filter(**{entry: vault.find(vault.NumberKind(entry), number) or -1})
    if keys.birth:
        sheets = sheets.filter(birth_first__lte=keys.birth.last, birth_last__gte=keys.birth.first)
    found = list(dict.fromkeys(sheets.order_by("closed_on", "order_in_household", "person_id").values_list("person_id", flat=True)[:COUNTED]))
    return [(person, None) for person in found[:SHOWN]], len(found)


@dataclass(frozen=True)
class _HitRow:
    hit: Hit
    person_uuid: UUID


def _hits(ranked: Sequence[_Ranked]) -> list[_HitRow]:
    """The newest sheet of each, in the order of their rank. One statement."""
    newest = newest_rows(BY_PERSON_ID, [person for person, _ in ranked])
    return [
        _HitRow(Hit(str(row.public_id), row.atena_no, row.entries, TermKind(past) if past else None, row.is_archived), row.public_id)
        for person, past in ranked
        if (row := newest.get(person))
    ]
