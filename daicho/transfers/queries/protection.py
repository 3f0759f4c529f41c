"""発行抑止の照会 — of whom nothing is handed out, whom an officer may see, and which department has not confirmed it. 標準仕様3.2; domain §7, 事故の型2.

Who may not know gets the same statements whoever is asked for: the protected are left out by the database, not by what was found.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.transfers.models import IssueBlock, Person, municipality_code
from daicho.transfers.permissions import TransfersPermission, may_know
from daicho.transfers.queries.departments import names_on

PURPOSE = "発行抑止が各課に反映されたことの確認"


def hidden_from(actor: Actor) -> Q:
    """That a row of Person is not one of whom this officer may not know; nothing for who may know."""
    return Q() if may_know(actor) else ~Q(atena_no__in=_blocked())


def of_visible(actor: Actor) -> Q:
    """The same of rows that have a person, or none."""
    hidden = Person.objects.filter(municipality_code=municipality_code(), atena_no__in=_blocked()).values("pk")
    return Q() if may_know(actor) else Q(person__isnull=True) | ~Q(person__in=hidden)


def prohibited_from(atena_nos: Collection[str]) -> Mapping[str, date]:
    """From which day nothing is handed out, of those of whom that is so; the day may lie ahead. One query."""
    rows = IssueBlock.objects.filter(municipality_code=municipality_code(), atena_no__in=atena_nos, prohibited_from__isnull=False)
    return dict(rows.values_list("atena_no", "prohibited_from"))


def is_blocked(atena_no: str) -> bool:
    """Whether a 抑止 stands today. One query."""
    return _blocked().filter(atena_no=atena_no).exists()


def _blocked() -> QuerySet[IssueBlock, Any]:  # Any: Django's rows
    return IssueBlock.objects.filter(municipality_code=municipality_code(), prohibited_from__lte=clock.today()).values("atena_no")


@dataclass(frozen=True)
class Unreflected:
    """A department that holds somebody and has not confirmed what was told last: a 抑止, or (None) its release."""

    block: UUID
    person: UUID
    atena_no: str
    department_code: str
    department: str
    prohibited_from: date | None
    told_at: datetime


_UNREFLECTED = """
    WITH held AS (
        SELECT DISTINCT ON (r.person_id, r.department_code, r.purpose_code) r.person_id, r.department_code, r.outcome
          FROM transfers_issueblock b
          JOIN transfers_person p ON p.municipality_code = b.municipality_code AND p.atena_no = b.atena_no
          JOIN transfers_transferrecord r ON r.person_id = p.id AND r.outcome IN ('given', 'out_of_scope')
         WHERE b.municipality_code = %(code)s
         ORDER BY r.person_id, r.department_code, r.purpose_code, r.id DESC
    )
    SELECT b.public_id, p.public_id, b.atena_no, h.department_code, b.prohibited_from, b.told_at
      FROM transfers_issueblock b
      JOIN transfers_person p ON p.municipality_code = b.municipality_code AND p.atena_no = b.atena_no
      JOIN (SELECT DISTINCT person_id, department_code FROM held WHERE outcome = 'given') h ON h.person_id = p.id
     WHERE b.municipality_code = %(code)s
       AND NOT EXISTS (SELECT FROM transfers_blockreflection c WHERE c.block_id = b.id AND c.department_code = h.department_code AND c.told_at = b.told_at)
       AND (b.prohibited_from IS NOT NULL
            OR EXISTS (SELECT FROM transfers_blockreflection c WHERE c.block_id = b.id AND c.department_code = h.department_code))
     ORDER BY b.told_at, b.id, h.department_code
"""
"""A release is asked of those alone who had confirmed the 抑止: the others never had it."""


def unreflected(actor: Actor) -> list[Unreflected]:
    """Every one, the longest waiting first. Two queries and the record. Raises audit.Refused (recorded)."""
    with audit.reading(actor, TransfersPermission.BLOCK_CONFIRM, purpose=PURPOSE) as seen:
        with connection.cursor() as cursor:
            cursor.execute(_UNREFLECTED, {"code": municipality_code()})
            rows = cursor.fetchall()
        names = names_on(clock.today())
        found = [Unreflected(block, person, no, code, names.get(code, code), day, at) for block, person, no, code, day, at in rows]
        seen.add(*{one.person for one in found})
        seen.note(shown=len(found))
    return found
