"""宛名番号の統合の照会 — which number leads to which, for searches, cards and the work list. std 1.1.13; decision 0038."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet
from django.http import Http404

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.residents.models import PersonUnion
from daicho.residents.models.double import UnionState
from daicho.residents.permissions import Permission
from daicho.residents.queries.current import BY_PERSON, newest_rows
from daicho.residents.queries.sheet_view import SheetView, sheet_view

PURPOSE = "二重登録の確認"
IN_FORCE = Q(approved_at__isnull=False, ended_at__isnull=True)
_PAGE = 100

_LED_ON = """
    WITH RECURSIVE led AS (
        SELECT given_up_id, stays_id FROM residents_personunion
         WHERE municipality_code = %s AND given_up_id = ANY(%s) AND approved_at IS NOT NULL AND ended_at IS NULL
        UNION SELECT led.given_up_id, u.stays_id FROM led JOIN residents_personunion u
            ON u.given_up_id = led.stays_id AND u.approved_at IS NOT NULL AND u.ended_at IS NULL)
    SELECT given_up_id, max(stays_id) FROM led WHERE NOT EXISTS (
        SELECT 1 FROM residents_personunion u WHERE u.given_up_id = led.stays_id AND u.approved_at IS NOT NULL AND u.ended_at IS NULL) GROUP BY given_up_id
"""


def led_on(person_ids: Sequence[int]) -> dict[int, int]:
    """Of those whose number was given up, the person who stays, at the end of the way. One statement, none for nobody."""
    if not person_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_LED_ON, [settings.INSTALLATION.municipality_code, list(person_ids)])
        return dict(cursor.fetchall())


@dataclass(frozen=True)
class Unions:
    """What a card says: to whom its number leads, and which lead to it. The caller records the reading of the person of the card."""

    leads_to: PersonUnion | None
    led_here: tuple[PersonUnion, ...]


def unions_of(public_id: UUID) -> Unions:
    """Of a person whose card is being shown. One statement."""
    rows = _ours().filter(IN_FORCE).filter(Q(given_up__public_id=public_id) | Q(stays__public_id=public_id))
    found = list(rows.select_related("stays", "given_up"))
    leads = next((row for row in found if row.given_up.public_id == public_id), None)
    return Unions(leads, tuple(row for row in found if row.stays.public_id == public_id))


def given_up(atena_nos: Iterable[str]) -> list[str]:
    """Those of these 宛名番号 that lead to another. One statement, none for nobody."""
    wanted = list(atena_nos)
    rows = _ours().filter(IN_FORCE, given_up__atena_no__in=wanted) if wanted else ()
    return [row.given_up.atena_no for row in rows.select_related("given_up")] if wanted else []  # type: ignore[union-attr]


@dataclass(frozen=True)
class UnionFound:
    """One 統合 with both people as they are now."""

    union: PersonUnion
    state: UnionState
    stays: SheetView
    given_up: SheetView


def list_unions(actor: Actor) -> list[PersonUnion]:
    """The newest first; nobody is named. One statement."""
    audit.require(actor, Permission.DOUBLE_DECIDE)
    return list(_ours().select_related("filing", "undo_filing").order_by("-proposed_at")[:_PAGE])


def get_union(actor: Actor, union_id: UUID) -> UnionFound:
    """One 統合. Http404 for none. Two statements and the record, which names both."""
    with audit.reading(actor, Permission.DOUBLE_DECIDE, purpose=PURPOSE) as seen:
        union = _ours().filter(public_id=union_id).select_related("filing", "undo_filing", "stays", "given_up").first()
        if union is None:
            raise Http404
        both = [union.stays.public_id, union.given_up.public_id]
        views = {row.public_id: sheet_view(row, clock.today()) for row in newest_rows(BY_PERSON, both).values()}
        seen.add(*both)
        return UnionFound(union, union.state, views[both[0]], views[both[1]])


def _ours() -> QuerySet[PersonUnion]:
    return PersonUnion.objects.filter(municipality_code=settings.INSTALLATION.municipality_code)
