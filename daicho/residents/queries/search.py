"""検索 — finding a person by what the visitor says: present and past, right person first. std 2.1.1–2.1.3; N-2.1.3-27, -31.

Rank: exact > prefix > part > past; ties by kana, birth date, 宛名番号. Hits are counted to 1,000. Everybody who is shown is
on record before the answer leaves (F-1-13).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any  # SQL parameters are of many types
from uuid import UUID

from django.conf import settings
from django.db import connection

from daicho import audit, rows, vault
from daicho.audit.actor import Actor
from daicho.residents.models import SheetCurrent
from daicho.residents.permissions import Permission
from daicho.residents.queries.current import BY_PERSON_ID, newest_rows
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.search_keys import SearchKeys, Words
from daicho.residents.rules.terms import TermKind
from daicho.values.search_key import Match, like_pattern, query_grams

SHOWN = 51
COUNTED = 1000
_CANDIDATES = 20_000  # a bound on the work of one search; such a search says 1,000件以上 anyway
_FEW_DAYS = timedelta(31)  # so few are born within these days, in any city, that all of them are looked through


@dataclass(frozen=True)
class Hit:
    """One person found: the newest sheet, and by which past value they were found (None = by a present one)."""

    public_id: str
    atena_no: str
    entries: SheetEntries
    past: TermKind | None


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
    """Find people. Needs the search permission, for a number the right to search by it. Two or three statements and the record."""
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
    return [name for name, value in used.items() if value] + [entry for entry, _ in keys.numbers]


def _ranked(keys: SearchKeys) -> tuple[list[_Ranked], int]:
    if keys.atena_no or keys.household_no or keys.numbers:
        return _by_number(keys)
    if keys.name is None:
        return _run(*_without_name(keys))
    if keys.birth is not None and keys.birth.last - keys.birth.first <= _FEW_DAYS:
        return _run(*_by_term(keys, keys.name, *_anywhere(keys.name)))
    if keys.name.kinds != (TermKind.ALPHABET,):
        ranked, count = _run(*_by_term(keys, keys.name, *_by_prefix(keys.name)))
        if len(ranked) >= SHOWN:
            return ranked, count
    return _run(*_by_term(keys, keys.name, *_by_grams(keys.name)))


def _by_prefix(words: Words) -> tuple[str, list[Any]]:
    """The condition that a term begins with a key, which the B-tree answers."""
    return "(" + " OR ".join(["t.key LIKE %s"] * len(words.keys)) + ")", [like_pattern(k, Match.PREFIX) for k in words.keys]


def _by_grams(words: Words) -> tuple[str, list[Any]]:
    """That it holds a key anywhere, found by the grams."""
    parts = [(like_pattern(k, Match.PART), [f"{kind}{g}" for g in query_grams(k)]) for kind in words.kinds for k in words.keys]
    return "(" + " OR ".join(["(t.grams @> %s::text[] AND t.key LIKE %s)"] * len(parts)) + ")", [p for pattern, grams in parts for p in (grams, pattern)]


def _anywhere(words: Words) -> tuple[str, list[Any]]:
    """The same, of those whom another key leaves: the grams of a frequent name would bring everybody who has it."""
    return "t.key LIKE ANY(%s)", [[like_pattern(k, Match.PART) for k in words.keys]]


def _by_term(keys: SearchKeys, words: Words, found: str, found_parameters: list[Any]) -> tuple[str, list[Any]]:
    """SQL for a name or kana that `found` finds, with the other keys beside it."""
    prefixes = [like_pattern(k, Match.PREFIX) for k in words.keys]
    conditions, parameters = _beside(keys)
    code = settings.INSTALLATION.municipality_code
    sql = f"""
        WITH term AS (
            SELECT t.person_id, t.sort_kana, t.birth_first, t.kind, t.is_past,
                   CASE WHEN t.is_past THEN 3 WHEN t.key = ANY(%s) THEN 0 WHEN t.key LIKE ANY(%s) THEN 1 ELSE 2 END AS rank
              FROM residents_searchterm t
             WHERE t.municipality_code = %s AND t.kind = ANY(%s) AND {found}{conditions}
             LIMIT {_CANDIDATES}
        )
        {_RANKING}
    """
    return sql, [list(words.keys), prefixes, code, [str(k) for k in words.kinds], *found_parameters, *parameters]


_RANKING = f"""
    , person AS (
        SELECT DISTINCT ON (person_id) person_id, rank, sort_kana, birth_first, CASE WHEN is_past THEN kind END AS past
          FROM term ORDER BY person_id, rank
    )
    , best AS (
        SELECT * FROM person ORDER BY rank, sort_kana, birth_first NULLS LAST FETCH FIRST {SHOWN} ROWS WITH TIES
    )
    SELECT best.person_id, best.past, (SELECT count(*) FROM (SELECT 1 FROM person LIMIT {COUNTED}) counted)
      FROM best JOIN residents_person p ON p.id = best.person_id
     ORDER BY best.rank, best.sort_kana, best.birth_first NULLS LAST, length(p.atena_no), p.atena_no
     LIMIT {SHOWN}
"""


def _beside(keys: SearchKeys) -> tuple[str, list[Any]]:
    """The conditions of the other keys, each on the same person."""
    conditions, parameters = "", []
    if keys.birth is not None:
        conditions += " AND t.birth_first BETWEEN %s AND %s"
        parameters += [keys.birth.first, keys.birth.last]
    if keys.sex is not None:
        conditions += " AND EXISTS (SELECT 1 FROM residents_sheetcurrent c WHERE c.sheet_id = t.sheet_id AND c.sex_code = %s)"
        parameters.append(keys.sex)
    if keys.address is not None and keys.name is not None:
        sql, more = _address(keys.address, "a")
        conditions += f" AND EXISTS (SELECT 1 FROM residents_searchterm a WHERE a.sheet_id = t.sheet_id AND {sql})"
        parameters += more
    return conditions, parameters


def _address(words: Words, alias: str) -> tuple[str, list[Any]]:
    parts = [like_pattern(k, Match.PART) for k in words.keys]
    found = " OR ".join([f"{alias}.key LIKE %s"] * len(parts))
    return f"{alias}.kind = ANY(%s) AND ({found})", [[str(k) for k in words.kinds], *parts]


def _without_name(keys: SearchKeys) -> tuple[str, list[Any]]:
    """Birth date with address: from those born on the day."""
    assert keys.address is not None and keys.birth is not None, "read_search asks for two keys"
    sql, parameters = _address(keys.address, "t")
    sex, sex_parameters = _beside(SearchKeys(sex=keys.sex))
    return (
        f"""
        WITH term AS (
            SELECT t.person_id, t.sort_kana, t.birth_first, t.kind, t.is_past, CASE WHEN t.is_past THEN 3 ELSE 2 END AS rank
              FROM residents_searchterm t
             WHERE t.municipality_code = %s AND t.birth_first BETWEEN %s AND %s AND {sql}{sex}
             LIMIT {_CANDIDATES}
        )
        {_RANKING}
        """,
        [settings.INSTALLATION.municipality_code, keys.birth.first, keys.birth.last, *parameters, *sex_parameters],
    )


def _run(sql: str, parameters: Sequence[Any]) -> tuple[list[_Ranked], int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
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
        sheets = sheets.filter(birth_first__range=(keys.birth.first, keys.birth.last))
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
        _HitRow(Hit(str(row.public_id), row.atena_no, row.entries, TermKind(past) if past else None), row.public_id)
        for person, past in ranked
        if (row := newest.get(person))
    ]
