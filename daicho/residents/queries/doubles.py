"""二重登録の候補の照会 — the work list, and one pair with everything that agrees and differs. 住民基本台帳法第8条; decision 0038."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.http import Http404

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.residents.models import Double, PersonUnion
from daicho.residents.models.double import UnionState
from daicho.residents.permissions import Permission
from daicho.residents.queries.current import BY_PERSON_ID, newest_rows
from daicho.residents.queries.persons import SheetView, sheet_view
from daicho.residents.queries.unions import PURPOSE
from daicho.residents.rules.doubles import Fact, facts_of
from daicho.residents.rules.names_shown import shown_name

_PAGE = 100

_PAIRS = """
    SELECT DISTINCT a.person_id, b.person_id FROM residents_sheetcurrent a JOIN residents_sheetcurrent b
        ON b.municipality_code = a.municipality_code AND b.{number} = a.{number} AND b.person_id > a.person_id
     WHERE a.municipality_code = %s AND a.{number} IS NOT NULL
"""
_BY_NAME = """
    SELECT DISTINCT a.person_id, b.person_id FROM residents_searchterm a JOIN residents_searchterm b
        ON b.municipality_code = a.municipality_code AND b.kind = a.kind AND b.birth_first = a.birth_first AND b.key = a.key AND b.person_id > a.person_id
     WHERE a.municipality_code = %s AND a.birth_first = a.birth_last AND b.birth_first = b.birth_last
       AND (a.kind IN ('ab', 'as', 'af') OR (a.kind IN ('nk', 'nf') AND a.surname_length > 0 AND b.surname_length > 0))
"""
_NUMBERS = ("individual_number", "juminhyo_code", "residence_card_no")


def pairs() -> set[tuple[int, int]]:
    """Every pair that one of the rules finds, as (person id, greater person id). Four statements, whatever the city's size."""
    code = settings.INSTALLATION.municipality_code
    found: set[tuple[int, int]] = set()
    with connection.cursor() as cursor:
        for statement in (*(_PAIRS.format(number=number) for number in _NUMBERS), _BY_NAME):
            cursor.execute(statement, [code])
            found.update(cursor.fetchall())
    return found


@dataclass(frozen=True)
class DoubleLine:
    """One pair of the list, by the names that are shown now."""

    double: Double
    names: tuple[str, str]


def undecided(actor: Actor) -> list[DoubleLine]:
    """The pairs that wait for an officer, the longest waiting first, at most 100. Two statements and the record, which names all."""
    with audit.reading(actor, Permission.DOUBLE_DECIDE, purpose=PURPOSE) as seen:
        rows = list(_ours().filter(decision__isnull=True).order_by("found_at", "pk")[:_PAGE])
        newest = newest_rows(BY_PERSON_ID, [person for row in rows for person in (row.first_id, row.second_id)])
        seen.add(*(row.public_id for row in newest.values()))
        name = {person: shown_name(row.entries) or "（氏名空欄）" for person, row in newest.items()}
        return [DoubleLine(row, (name[row.first_id], name[row.second_id])) for row in rows]


@dataclass(frozen=True)
class DoubleFound:
    """One pair: both people as they are now, every fact, and the 統合 that was proposed of them, if it stands."""

    double: Double
    people: tuple[SheetView, SheetView]
    facts: tuple[Fact, ...]
    union: PersonUnion | None


def get_double(actor: Actor, double_id: UUID) -> DoubleFound:
    """One pair. Http404 for none. Three statements and the record, which names both."""
    with audit.reading(actor, Permission.DOUBLE_DECIDE, purpose=PURPOSE) as seen:
        double = _ours().filter(public_id=double_id).first()
        if double is None:
            raise Http404
        newest = newest_rows(BY_PERSON_ID, [double.first_id, double.second_id])
        first, second = newest[double.first_id], newest[double.second_id]
        seen.add(first.public_id, second.public_id)
        people = (sheet_view(first, clock.today()), sheet_view(second, clock.today()))
        return DoubleFound(
            double, people, facts_of(first.entries, second.entries), standing_unions(double.first_id, double.second_id).get((double.first_id, double.second_id))
        )


def standing_unions(*person_ids: int) -> dict[tuple[int, int], PersonUnion]:
    """By pair the 統合 that are proposed or in force: of these people, or of all. One statement."""
    rows = PersonUnion.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, ended_at__isnull=True, withdrawn_at__isnull=True)
    if person_ids:
        rows = rows.filter(stays__in=person_ids, given_up__in=person_ids)
    standing = [row for row in rows.select_related("filing", "undo_filing") if row.state is not UnionState.WITHDRAWN]
    return {(min(row.stays_id, row.given_up_id), max(row.stays_id, row.given_up_id)): row for row in standing}


def _ours() -> QuerySet[Double]:
    return Double.objects.filter(municipality_code=settings.INSTALLATION.municipality_code)
