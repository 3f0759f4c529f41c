"""検索のSQL — which terms a word finds, by which index, and in what order people come. std 2.1.2, 2.1.3; decision 0007.

Every statement is served by an index of `SearchTerm`: a prefix or a whole key by the B-tree, a part by the grams, a few days of birth by
the birth dates, and those few people whose birth date is uncertain by the range of days it can have been (N-1.1.8-15, N-2.1.3-30).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any  # SQL parameters are of many types

from daicho.residents.rules.search_birth import BirthAsked
from daicho.residents.rules.search_keys import OPEN, SearchKeys, Words
from daicho.residents.rules.search_slips import Slips
from daicho.residents.rules.terms import TermKind
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


@dataclass(frozen=True)
class Scope:
    """Whose register is searched, as of which day, and whom the asker may not find: every statement goes through `terms`, whoever asks."""

    municipality_code: str
    today: date
    hidden: Sequence[int] = ()  # person ids

    def terms(self) -> Sql:
        """FROM and the conditions common to all: what is hidden is no term of the search, so it is not counted, ranked or shown either."""
        common = "t.municipality_code = %s AND t.person_id <> ALL(%s::bigint[])"
        return Sql(f" FROM residents_searchterm t WHERE {common} AND ", (self.municipality_code, list(self.hidden)))


# What finds a name --------------------------------------------------------------------------------------------------------


def by_prefix(words: Words) -> Sql:
    """That a term begins with a key, which the B-tree answers."""
    return _starts(words) + _within_a_name(words, Match.PREFIX)


def beginning(words: Words, scope: Scope) -> Sql:
    """How many terms begin with a key, counted no further than is told."""
    return Sql("SELECT count(*) FROM (SELECT 1") + scope.terms() + _starts(words) + Sql(f" LIMIT {COUNTED}) counted")


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


def nearly(slips: Slips, *, by_grams: bool) -> Sql:
    """That a whole key, its 氏 or its 名 is one slip away from what was typed, and is not what was typed."""
    kinds, patterns = [str(kind) for kind in slips.kinds], list(slips.patterns)
    found = Sql(" OR ".join(["t.grams @> %s::text[]"] * len(kinds) * len(slips.grams)), tuple([f"{k}{g}" for g in one] for k in kinds for one in slips.grams))
    way = Sql("(") + found + Sql(")") if by_grams else Sql("t.kind = ANY(%s)", (kinds,))
    near = Sql("t.key LIKE ANY(%s)", (patterns,))
    near += Sql(" OR t.surname_length > 0 AND left(t.key, t.surname_length) LIKE ANY(%s)", (patterns,)) if slips.of_parts else NOTHING
    return way + Sql(" AND (") + near + Sql(") AND NOT t.key = ANY(%s)", (list(slips.keys),))


# What stands beside it ----------------------------------------------------------------------------------------------------


def address(words: Words, alias: str) -> Sql:
    """That a term of an address, past or present, holds a key."""
    keys = [like_pattern(key, Match.PART) for key in words.keys]
    return Sql(f"{alias}.kind = ANY(%s) AND {alias}.key LIKE ANY(%s)", ([str(kind) for kind in words.kinds], keys))


def born_perhaps(birth: BirthAsked) -> Sql:
    """That the birth date can lie within the days asked, of terms that another key brings (+ 0: half of the birth index would be read beside it)."""
    if birth.is_uncertain:
        return Sql(" AND t.birth_last > t.birth_first + 0")
    return Sql(" AND t.birth_first + 0 <= %s AND t.birth_last >= %s", (birth.last, birth.first))


def born_in(birth: BirthAsked) -> tuple[Sql, ...]:
    """The same in two halves, each with its index: dates that begin within the days asked, and uncertain ones that began before."""
    if birth.is_uncertain:
        return (
            Sql(" AND t.birth_last > t.birth_first AND daterange(t.birth_first, t.birth_last, '[]') && daterange(%s, %s, '[]')", (birth.first, birth.last)),
        )
    return (
        Sql(" AND t.birth_first BETWEEN %s AND %s", (birth.first, birth.last)),
        Sql(
            " AND t.birth_last > t.birth_first AND t.birth_first + 0 < %s AND daterange(t.birth_first, t.birth_last, '[]') && daterange(%s, %s, '[]')",
            (birth.first, birth.first, birth.last),
        ),
    )


def born_on_one_of(days: Sequence[date]) -> Sql:
    """Of a certain day, which is one of these."""
    return Sql(" AND t.birth_first = ANY(%s) AND t.birth_last = t.birth_first", (list(days),))


def marked(keys: SearchKeys, alias: str, *, of_kind: bool) -> Sql:
    """That a sheet bears the marks asked, one of each key's alternatives. The grams say the kind too: it is named (`of_kind`) for another index only."""
    conditions = [Sql(f"NOT {alias}.is_past")] + ([Sql(f"{alias}.kind = %s", (str(TermKind.MARKS),))] if of_kind else [])
    for alternatives in keys.marks:
        grams = [f"{TermKind.MARKS}{one}" for one in alternatives]
        conditions.append(Sql(f"{alias}.grams {'@>' if len(grams) == 1 else '&&'} %s::text[]", (grams,)))
    return Sql(" AND ".join(one.text for one in conditions), tuple(parameter for one in conditions for parameter in one.parameters))


def beside(keys: SearchKeys, scope: Scope) -> Sql:
    """The other conditions beside a name or an address: of the same person, whichever of their sheets says it (N-2.1.3-27, -31)."""
    found = NOTHING
    if keys.marks:
        found += Sql(" AND EXISTS (SELECT 1 FROM residents_searchterm m WHERE m.person_id = t.person_id AND ") + marked(keys, "m", of_kind=True)
        found += Sql(")" if not keys.standing else "") + (_stands(keys, scope, "m.sheet_id = c.sheet_id") + Sql(")") if keys.standing else NOTHING)
    elif keys.standing:
        found += _stands(keys, scope, "t.person_id = c.person_id")
    if keys.address is not None and keys.name is not None:
        found += Sql(" AND EXISTS (SELECT 1 FROM residents_searchterm a WHERE a.person_id = t.person_id AND ") + address(keys.address, "a") + Sql(")")
    return found


def numbered(keys: SearchKeys, numbers: Sequence[tuple[str, int]], scope: Scope, column: str) -> Sql:
    """That the 宛名番号, the 世帯番号 and the numbers of the vault (entry, reference) are those of one sheet: its person, or the sheet itself."""
    sheets = Sql(f" AND t.{column} IN (SELECT c.{column} FROM residents_sheetcurrent c WHERE c.municipality_code = %s", (scope.municipality_code,))
    if keys.atena_no:
        person = "(SELECT p.id FROM residents_person p WHERE p.municipality_code = %s AND p.atena_no = %s)"
        sheets += Sql(f" AND c.person_id = {person}", (scope.municipality_code, keys.atena_no))
    if keys.household_no:
        sheets += Sql(" AND c.household_no = %s", (keys.household_no,))
    for entry, reference in numbers:
        sheets += Sql(f" AND c.{entry} = %s", (reference,))  # an entry's name, of a closed list (read_search)
    return sheets + Sql(")")


def _stands(keys: SearchKeys, scope: Scope, same: str) -> Sql:
    """現存 or 除票 today: a 消除日 may lie ahead."""
    state = "(c.closed_on IS NULL OR c.closed_on > %s)" if keys.standing == OPEN else "c.closed_on <= %s"
    return Sql(f" AND EXISTS (SELECT 1 FROM residents_sheetcurrent c WHERE {same} AND {state})", (scope.today,))


# The statement ------------------------------------------------------------------------------------------------------------


def of_name(keys: SearchKeys, words: Words, found: Sql, scope: Scope, *, by_birth: bool = False) -> Sql:
    """Those whom `found` finds with the other keys beside it; `by_birth` when the birth date is what leaves few."""
    rank = Sql(
        "CASE WHEN t.is_past THEN 3 WHEN t.key = ANY(%s) THEN 0 WHEN t.key LIKE ANY(%s) THEN 1 ELSE 2 END",
        (list(words.keys), [like_pattern(key, Match.PREFIX) for key in words.keys]),
    )
    where = found + beside(keys, scope)
    if keys.birth is None:
        return _ranked(rank, where, (NOTHING,), scope)
    return _ranked(rank, where, born_in(keys.birth) if by_birth else (born_perhaps(keys.birth),), scope)


def of_slip(keys: SearchKeys, found: Sql, ways: tuple[Sql, ...], scope: Scope, patterns: Sequence[str]) -> Sql:
    """もしかして: those whom `found` finds one slip away, with the other keys beside it; a whole name before a part, a present one before a past."""
    rank = Sql("CASE WHEN t.is_past THEN 3 WHEN t.key LIKE ANY(%s) THEN 1 ELSE 2 END", (list(patterns),))
    return _ranked(rank, found + beside(keys, scope), ways, scope)


def of_address(keys: SearchKeys, scope: Scope, *, few: Sql = NOTHING) -> Sql:
    """An address, past or present: from those born within a year, from the `few` whom a number leaves, or by its grams."""
    assert keys.address is not None
    rank, rest = Sql("CASE WHEN t.is_past THEN 3 ELSE 2 END"), few + beside(keys, scope)
    if few.text or (keys.birth and keys.birth.is_within_a_year):
        ways = born_in(keys.birth) if keys.birth and not few.text else (born_perhaps(keys.birth) if keys.birth else NOTHING,)
        return _ranked(rank, address(keys.address, "t") + rest, ways, scope)
    return _ranked(rank, by_grams(keys.address) + rest, (born_perhaps(keys.birth) if keys.birth else NOTHING,), scope)


def of_sheets(keys: SearchKeys, scope: Scope, *, few: Sql = NOTHING) -> Sql:
    """What else a sheet says: its marks, its 生年月日, whether it stands; of the `few` whom a number leaves in the order of the household."""
    by_birth = keys.birth is not None and not few.text and (keys.birth.is_within_a_year or keys.birth.is_uncertain or not keys.marks)
    where = marked(keys, "t", of_kind=by_birth or bool(few.text) or not keys.marks) + few
    where += _stands(keys, scope, "t.sheet_id = c.sheet_id") if keys.standing else NOTHING
    rank = Sql("0")
    if few.text:
        of_household = "(c.closed_on IS NOT NULL)::int * 1000 + coalesce(c.order_in_household, 999)"
        rank = Sql(f"(SELECT {of_household} FROM residents_sheetcurrent c WHERE c.sheet_id = t.sheet_id)")
    ways = (NOTHING,) if keys.birth is None else born_in(keys.birth) if by_birth else (born_perhaps(keys.birth),)
    return _ranked(rank, where, ways, scope)


def _ranked(rank: Sql, where: Sql, ways: tuple[Sql, ...], scope: Scope) -> Sql:
    terms = NOTHING
    for way in ways:
        terms += Sql(" UNION ALL " if terms.text else "") + Sql("(SELECT t.person_id, t.sort_kana, t.birth_first, t.kind, t.key, t.is_past, ") + rank
        terms += Sql(" AS rank") + scope.terms() + where + way + Sql(f" LIMIT {_CANDIDATES})")
    return Sql("WITH term AS (") + terms + Sql(f") {_RANKING}")


# The last one shown is found first, by a sort that keeps only so many; WITH TIES would sort everybody who has a frequent name.
_RANKING = f"""
    , person AS (
        SELECT DISTINCT ON (person_id) person_id, rank, sort_kana, coalesce(birth_first, 'infinity') AS born,
               CASE WHEN is_past THEN kind END AS past, CASE WHEN is_past THEN key END AS past_key
          FROM term ORDER BY person_id, rank
    )
    , last_shown AS (
        SELECT rank, sort_kana, born FROM person ORDER BY rank, sort_kana, born OFFSET {SHOWN - 1} LIMIT 1
    )
    , best AS (
        SELECT person.* FROM person LEFT JOIN last_shown l ON TRUE
         WHERE l.rank IS NULL OR (person.rank, person.sort_kana, person.born) <= (l.rank, l.sort_kana, l.born)
    )
    SELECT best.person_id, best.rank, best.past, best.past_key, (SELECT count(*) FROM (SELECT 1 FROM person LIMIT {COUNTED}) counted)
      FROM best JOIN residents_person p ON p.id = best.person_id
     ORDER BY best.rank, best.sort_kana, best.born, length(p.atena_no), p.atena_no
     LIMIT {SHOWN}
"""
