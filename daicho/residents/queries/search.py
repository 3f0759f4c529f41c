"""検索 — finding a person by what the visitor says: present and past, right person first. std 2.1.1–2.1.3; N-2.1.3-27, -31.

Rank: exact > prefix > present part > past; ties by kana, birth date, 宛名番号. Hits are counted to 1,000. Where nothing was found, those one
slip away are looked for (もしかして), and said to be that. Everybody who is shown is on record before the answer leaves (F-1-13).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.conf import settings
from django.db import connection

from daicho import audit, clock, rows, vault
from daicho.audit.actor import Actor
from daicho.residents.permissions import Permission, may_know
from daicho.residents.queries import search_sql
from daicho.residents.queries.blocks import hidden_from
from daicho.residents.queries.current import BY_PERSON_ID, newest_rows
from daicho.residents.queries.marks import NOTHING as NOTHING_TO_SAY
from daicho.residents.queries.marks import Mark, marks_of
from daicho.residents.queries.search_past import Past, past_of
from daicho.residents.queries.search_sql import COUNTED, NOTHING, SHOWN, Scope, Sql
from daicho.residents.queries.unions import led_on
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.search_keys import ROMAN_TERMS, SearchKeys, Words
from daicho.residents.rules.search_likeness import likeness
from daicho.residents.rules.search_nearness import ways_apart
from daicho.residents.rules.search_slips import birth_slips, name_slips
from daicho.values.search_key import Match


@dataclass(frozen=True)
class Hit:
    """One person found: the newest sheet, and by which past value they were found (None = by a present one)."""

    public_id: str
    atena_no: str
    entries: SheetEntries
    past: Past | None
    is_archived: bool = False  # found in the store of old 除票
    mark: Mark = NOTHING_TO_SAY


@dataclass(frozen=True)
class Found:
    """The first hits, and how many there are, counted to 1,000. `perhaps`: nobody is as was typed, these are nearly."""

    hits: tuple[Hit, ...]
    count: int
    perhaps: bool = False

    @property
    def count_text(self) -> str:
        return f"{COUNTED:,}件以上" if self.count >= COUNTED else f"{self.count:,}件"


@dataclass(frozen=True)
class _Person:
    """Somebody found: their rank, and kind and key of the past term by which they were found."""

    person_id: int
    rank: int
    past: tuple[str, str] | None


@dataclass(frozen=True)
class _Ranked:
    """People best first, and how many there are."""

    people: tuple[_Person, ...]
    count: int


_NOBODY = _Ranked((), 0)
_BEGINS = 1  # the rank of who has the key as the beginning of the name: of whom 氏 was typed


def search(actor: Actor, keys: SearchKeys, *, perhaps: bool = False) -> Found:
    """Find people. Needs the search permission, for a number the right to search by it. A few statements, whatever the city, and the record.

    Of whom the actor may not know nobody is found, as if they were not there. `perhaps`: only those one slip away.
    """
    if keys.numbers:
        audit.require(actor, Permission.NUMBER_SEARCH)
    with audit.reading(actor, Permission.PERSON_SEARCH) as seen:
        scope = Scope(settings.INSTALLATION.municipality_code, clock.today(), tuple(hidden_from(actor)))
        with rows.planned_for_their_words():
            ranked = _NOBODY if perhaps else _as_typed(keys, scope)
            is_slip = not ranked.people
            ranked = _nearly(keys, scope) if is_slip else ranked
        hits = _hits(_leading(ranked), keys, actor, scope.hidden, is_slip=is_slip)
        seen.add(*[h.person_uuid for h in hits])
        seen.note(keys=list(keys.used), count=ranked.count, **({"perhaps": True} if is_slip and ranked.people else {}))
        return Found(tuple(h.hit for h in hits), ranked.count, is_slip and bool(ranked.people))


def _leading(ranked: _Ranked) -> _Ranked:
    """Whoever's number was given up is found as the person who stays, each once (decision 0038). One statement."""
    to = led_on([person.person_id for person in ranked.people])
    led: dict[int, _Person] = {}
    for person in ranked.people:
        led.setdefault(to.get(person.person_id, person.person_id), replace(person, person_id=to.get(person.person_id, person.person_id)))
    return replace(ranked, people=tuple(led.values()))


def _as_typed(keys: SearchKeys, scope: Scope) -> _Ranked:
    few = _numbered(keys, scope)
    if keys.name is None:
        return _run(search_sql.of_address(keys, scope, few=few) if keys.address else search_sql.of_sheets(keys, scope, few=few))
    found = _by_name(keys, keys.name, scope, few)
    if found.people or keys.name.crosses or keys.match is Match.EXACT:
        return found
    # ハナゾノタ: nobody's 氏 or 名, but perhaps the beginning of both, written without the space.
    return _by_name(keys, replace(keys.name, crosses=True), scope, few)


def _numbered(keys: SearchKeys, scope: Scope) -> Sql:
    """Whom 宛名番号, 世帯番号 or a number that the vault knows leaves: persons beside a name or an address, else sheets."""
    if not keys.is_numbered:
        return NOTHING
    references = [(entry, vault.find(vault.NumberKind(entry), number) or -1) for entry, number in keys.numbers]
    return search_sql.numbered(keys, references, scope, "person_id" if keys.name or keys.address else "sheet_id")


def _by_name(keys: SearchKeys, words: Words, scope: Scope, few: Sql) -> _Ranked:
    if keys.match is Match.EXACT:
        return _run(search_sql.of_name(keys, words, search_sql.exactly(words) + few, scope))
    if few.text:
        return _run(search_sql.of_name(keys, words, search_sql.anywhere(words) + few, scope))
    if keys.birth is not None and keys.birth.is_few_days:
        return _run(search_sql.of_name(keys, words, search_sql.anywhere(words), scope, by_birth=True))
    if words.kinds != ROMAN_TERMS and _many_begin_with(words, scope):
        ranked = _run(search_sql.of_name(keys, words, search_sql.by_prefix(words), scope))
        # So many begin with it that no part, which ranks behind them, is shown or changes what is said of the count (N-2.1.2-06).
        if ranked.count >= COUNTED and len(ranked.people) >= SHOWN and ranked.people[-1].past is None:
            return ranked
    return _run(search_sql.of_name(keys, words, search_sql.by_grams(words), scope))


def _many_begin_with(words: Words, scope: Scope) -> bool:
    """Whether as many terms as are counted begin with it: the index alone says, and most names are spared one of the two ways."""
    sql = search_sql.beginning(words, scope)
    with connection.cursor() as cursor:
        cursor.execute(sql.text, sql.parameters)
        return bool(cursor.fetchone()[0] >= COUNTED)


def _nearly(keys: SearchKeys, scope: Scope) -> _Ranked:
    """もしかして: the name as typed and another day of birth, then a name one slip away. Nobody when there is no name, or a number."""
    if keys.name is None or keys.is_numbered:
        return _NOBODY
    found = []
    if days := birth_slips(keys):
        name = search_sql.exactly(keys.name) if keys.match is Match.EXACT else search_sql.anywhere(keys.name)
        found.append(_run(search_sql.of_slip(keys, name, (search_sql.born_on_one_of(list(days)),), scope, keys.name.keys)))
    if slips := name_slips(keys):
        by_birth = keys.birth is not None and keys.birth.is_few_days
        ways = search_sql.born_in(keys.birth) if keys.birth and by_birth else (search_sql.born_perhaps(keys.birth) if keys.birth else NOTHING,)
        found.append(_run(search_sql.of_slip(keys, search_sql.nearly(slips, by_grams=not by_birth), ways, scope, slips.patterns)))
    people: dict[int, _Person] = {}
    for one in found:
        for person in one.people:
            people.setdefault(person.person_id, person)
    return _Ranked(tuple(people.values())[:SHOWN], max(len(people), *(one.count for one in found)) if found else 0)


def _run(sql: Sql) -> _Ranked:
    with connection.cursor() as cursor:
        cursor.execute(sql.text, sql.parameters)
        found = cursor.fetchall()
    people = tuple(_Person(person, rank, (kind, key) if kind else None) for person, rank, kind, key, _ in found)
    return _Ranked(people, int(found[0][-1]) if found else 0)


@dataclass(frozen=True)
class _HitRow:
    hit: Hit
    person_uuid: UUID


def _hits(ranked: _Ranked, keys: SearchKeys, actor: Actor, hidden: Sequence[int], *, is_slip: bool) -> list[_HitRow]:
    """The newest sheet of each, in the order of their rank, and the past value by which they were found. One statement; one more for those.

    Of those who are named as was typed, who is written so comes before who only sounds so (齋藤 before 斉藤, サトウ before サドウ); of those one slip
    away, to whom the slip points.
    """
    newest = newest_rows(BY_PERSON_ID, [person.person_id for person in ranked.people], hidden=hidden)
    marks = marks_of(list(newest.values())) if may_know(actor) else {}
    found = [(person, newest[person.person_id]) for person in ranked.people if person.person_id in newest]
    past = past_of({person.person_id: (person.past, row.entries) for person, row in found}, keys)
    if is_slip:
        apart = ways_apart(keys)
        found.sort(key=lambda one: (one[0].past is not None, apart(one[1].entries)))
    elif (name := keys.name) is not None:
        found.sort(key=lambda one: (one[0].rank, likeness(name.typed, one[1].entries) if one[0].rank <= _BEGINS else 0))
    return [
        _HitRow(
            Hit(str(row.public_id), row.atena_no, row.entries, past.get(person.person_id), row.is_archived, marks.get(row.public_id, NOTHING_TO_SAY)),
            row.public_id,
        )
        for person, row in found
    ]
