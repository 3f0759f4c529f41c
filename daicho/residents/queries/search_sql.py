"""検索のSQL — which terms a word finds, by which index, and in what order people come. std 2.1.2, 2.1.3; decision 0007.

Every statement is served by an index of `SearchTerm`: a prefix or a whole key by the B-tree, a part by the grams, a few days of birth by
the birth dates, and those few people whose birth date is uncertain by the range of days it can have been (N-1.1.8-15, N-2.1.3-30).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any  # SQL parameters are of many types

from django.conf import settings

from daicho.residents.rules.search_keys import SearchKeys, Words
from daicho.values.dates import JapaneseDate
from daicho.values.search_key import LONG_O_ROW, Match, like_pattern, query_grams

SHOWN = 51
COUNTED = 1000
_CANDIDATES = 20_000  # a bound on the work of one search; such a search says 1,000件以上 anyway


@dataclass(frozen=True)
class Sql:
    """A piece of SQL and its parameters."""

    text: str
    parameters: tuple[Any, ...] = ()

    def __add__(self, other: Sql) -> Sql:
        return Sql(self.text + other.text, self.parameters + other.parameters)


NOTHING = Sql("")

# What finds a name --------------------------------------------------------------------------------------------------------


def by_prefix(words: Words) -> Sql:
    """That a term begins with a key, which the B-tree answers."""
    return _starts(words) + _within_a_name(words, Match.PREFIX)


def beginning(words: Words) -> Sql:
    """How many terms begin with a key, counted no further than is told."""
    city = Sql("SELECT count(*) FROM (SELECT 1 FROM residents_searchterm t WHERE t.municipality_code = %s AND ", (settings.INSTALLATION.municipality_code,))
    return city + _starts(words) + Sql(f" LIMIT {COUNTED}) counted")


def by_grams(words: Words) -> Sql:
    """That it holds a key anywhere, found by the grams, which say the kind too: named again, it would bring a second index, for all."""
    parts, parameters = [], []
    for kind in words.kinds:
        for key in words.keys:
            parts.append("(t.grams @> %s::text[] AND t.key LIKE %s)")
            parameters += [[f"{kind}{gram}" for gram in query_grams(key)], like_pattern(key, Match.PART)]
        for key in words.after_o:
            parts.append("(t.grams @> %s::text[] AND t.key ~ %s)")
            parameters += [[f"{kind}{gram}" for gram in query_grams(key)], _after_o([key])]
    return Sql("(" + " OR ".join(parts) + ")", tuple(parameters)) + _within_a_name(words, Match.PART)


def anywhere(words: Words) -> Sql:
    """The same, of those whom another key leaves: the grams of a frequent name would bring everybody who has it."""
    return _of_kinds(words) + _holds("t.key", words) + _within_a_name(words, Match.PART)


def exactly(words: Words) -> Sql:
    """完全一致 (N-2.1.2-05): the whole name, or 氏 or 名 alone, is the key."""
    keys = list(words.keys)
    return _starts(words) + Sql(" AND (t.key = ANY(%s) OR left(t.key, t.surname_length) = ANY(%s))", (keys, keys))


def _of_kinds(words: Words) -> Sql:
    return Sql("t.kind = ANY(%s) AND ", ([str(kind) for kind in words.kinds],))


def _starts(words: Words) -> Sql:
    return _of_kinds(words) + Sql("(" + " OR ".join(["t.key LIKE %s"] * len(words.keys)) + ")", tuple(like_pattern(key, Match.PREFIX) for key in words.keys))


def _holds(column: str, words: Words) -> Sql:
    found = Sql(f"{column} LIKE ANY(%s)", ([like_pattern(key, Match.PART) for key in words.keys],))
    return Sql("(") + found + (Sql(f" OR {column} ~ %s", (_after_o(words.after_o),)) if words.after_o else NOTHING) + Sql(")")


def _after_o(keys: tuple[str, ...] | list[str]) -> str:
    """ウヘイ in コウヘイ, whose key is コオヘイ: only behind an オ段 (N-2.1.2-09)."""
    return f"[{LONG_O_ROW}](?:{'|'.join(map(re.escape, keys))})"


def _within_a_name(words: Words, how: Match) -> Sql:
    """A word without a space lies within 氏 or within 名, or is all of both: 花子 is not the beginning of 花　子太郎 (N-2.1.2-07).

    名 has a term of its own, so only 氏 is looked at here.
    """
    if words.crosses:
        return NOTHING
    surname = Sql("left(t.key, t.surname_length) LIKE ANY(%s)", ([like_pattern(key, Match.PREFIX) for key in words.keys],))
    surname = surname if how is Match.PREFIX else _holds("left(t.key, t.surname_length)", words)
    return Sql(" AND (t.surname_length = 0 OR ") + surname + Sql(" OR t.key = ANY(%s))", (list(words.keys),))


# What stands beside it ----------------------------------------------------------------------------------------------------


def address(words: Words, alias: str) -> Sql:
    """That a term of an address, past or present, holds a key."""
    keys = [like_pattern(key, Match.PART) for key in words.keys]
    return Sql(f"{alias}.kind = ANY(%s) AND {alias}.key LIKE ANY(%s)", ([str(kind) for kind in words.kinds], keys))


def born_perhaps(birth: JapaneseDate) -> Sql:
    """That the birth date can lie within the days asked, of terms that the name brings (+ 0: half of the birth index would be read beside it)."""
    return Sql(" AND t.birth_first + 0 <= %s AND t.birth_last >= %s", (birth.last, birth.first))


def born_in(birth: JapaneseDate) -> tuple[Sql, Sql]:
    """The same in two halves, each with its index: dates that begin within the days asked, and uncertain ones that began before."""
    return (
        Sql(" AND t.birth_first BETWEEN %s AND %s", (birth.first, birth.last)),
        Sql(
            " AND t.birth_last > t.birth_first AND t.birth_first + 0 < %s AND daterange(t.birth_first, t.birth_last, '[]') && daterange(%s, %s, '[]')",
            (birth.first, birth.first, birth.last),
        ),
    )


def beside(keys: SearchKeys) -> Sql:
    """The conditions of sex and, beside a name, address: of the same person, whichever of their sheets says it (N-2.1.3-27, -31)."""
    found = NOTHING
    if keys.sex is not None:
        found += Sql(" AND EXISTS (SELECT 1 FROM residents_sheetcurrent c WHERE c.sheet_id = t.sheet_id AND c.sex_code = %s)", (keys.sex,))
    if keys.address is not None and keys.name is not None:
        found += Sql(" AND EXISTS (SELECT 1 FROM residents_searchterm a WHERE a.person_id = t.person_id AND ") + address(keys.address, "a") + Sql(")")
    return found


# The statement ------------------------------------------------------------------------------------------------------------


def of_name(keys: SearchKeys, words: Words, found: Sql, *, by_birth: bool = False) -> Sql:
    """Those whom `found` finds with the other keys beside it; `by_birth` when the birth date is what leaves few."""
    rank = Sql(
        "CASE WHEN t.is_past THEN 3 WHEN t.key = ANY(%s) THEN 0 WHEN t.key LIKE ANY(%s) THEN 1 ELSE 2 END",
        (list(words.keys), [like_pattern(key, Match.PREFIX) for key in words.keys]),
    )
    where = found + beside(keys)
    if keys.birth is None:
        return _ranked(rank, where, (NOTHING,))
    return _ranked(rank, where, born_in(keys.birth) if by_birth else (born_perhaps(keys.birth),))


def of_address(keys: SearchKeys) -> Sql:
    """Birth date with address: from those born on the day."""
    assert keys.address is not None and keys.birth is not None, "read_search asks for two keys"
    where = address(keys.address, "t") + beside(SearchKeys(sex=keys.sex))
    return _ranked(Sql("CASE WHEN t.is_past THEN 3 ELSE 2 END"), where, born_in(keys.birth))


def _ranked(rank: Sql, where: Sql, ways: tuple[Sql, ...]) -> Sql:
    city = Sql(" FROM residents_searchterm t WHERE t.municipality_code = %s AND ", (settings.INSTALLATION.municipality_code,))
    terms = NOTHING
    for way in ways:
        terms += Sql(" UNION ALL " if terms.text else "") + Sql("(SELECT t.person_id, t.sort_kana, t.birth_first, t.kind, t.is_past, ") + rank
        terms += Sql(" AS rank") + city + where + way + Sql(f" LIMIT {_CANDIDATES})")
    return Sql("WITH term AS (") + terms + Sql(f") {_RANKING}")


# The last one shown is found first, by a sort that keeps only so many; WITH TIES would sort everybody who has a frequent name.
_RANKING = f"""
    , person AS (
        SELECT DISTINCT ON (person_id) person_id, rank, sort_kana, coalesce(birth_first, 'infinity') AS born, CASE WHEN is_past THEN kind END AS past
          FROM term ORDER BY person_id, rank
    )
    , last_shown AS (
        SELECT rank, sort_kana, born FROM person ORDER BY rank, sort_kana, born OFFSET {SHOWN - 1} LIMIT 1
    )
    , best AS (
        SELECT person.* FROM person LEFT JOIN last_shown l ON TRUE
         WHERE l.rank IS NULL OR (person.rank, person.sort_kana, person.born) <= (l.rank, l.sort_kana, l.born)
    )
    SELECT best.person_id, best.past, (SELECT count(*) FROM (SELECT 1 FROM person LIMIT {COUNTED}) counted)
      FROM best JOIN residents_person p ON p.id = best.person_id
     ORDER BY best.rank, best.sort_kana, best.born, length(p.atena_no), p.atena_no
     LIMIT {SHOWN}
"""
