"""有効な移転許可 — which grants hold on a day, and whom they were told of. D-R1. No person is shown: the feeds read here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet

from daicho.transfers.models import FeedPosition, TransferGrant, TransferRecord, municipality_code
from daicho.transfers.rules.grants import Direction, Grant


def in_force_on(day: date) -> QuerySet[TransferGrant]:
    """Approved, not revoked, and within its days."""
    approved = TransferGrant.objects.filter(municipality_code=municipality_code(), approved_at__isnull=False, revoked_at__isnull=True)
    return approved.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)


def grants_in_force(direction: Direction, day: date) -> list[Grant]:
    """One query."""
    return [row.to_value() for row in in_force_on(day).filter(direction=direction).order_by("pk")]


def find_grant(department_code: str, purpose_code: str, direction: Direction, day: date) -> Grant | None:
    """The grant in force for that purpose of that department. One query."""
    row = in_force_on(day).filter(department_code=department_code, purpose_code=purpose_code, direction=direction).first()
    return row.to_value() if row else None


def is_in_force(grant_no: int, day: date) -> bool:
    """One query."""
    return in_force_on(day).filter(pk=grant_no).exists()


_TOLD = """
    SELECT DISTINCT ON (person_id, department_code, purpose_code) person_id, department_code, purpose_code, outcome FROM transfers_transferrecord
     WHERE person_id = ANY(%s) AND outcome IN ('given', 'out_of_scope') ORDER BY person_id, department_code, purpose_code, id DESC
"""


def told_before(person_ids: Sequence[int]) -> frozenset[tuple[int, str, str]]:
    """(person, department, purpose) of who was told of them last, and not that they are out of its range. One query, none for nobody."""
    if not person_ids:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(_TOLD, [list(person_ids)])
        return frozenset((person, department, purpose) for person, department, purpose, outcome in cursor.fetchall() if outcome == TransferRecord.Outcome.GIVEN)


def positions_of(grant: Grant) -> list[FeedPosition]:
    """Its own, and those of grants before it for the same purpose whose last minutes nobody told yet. One query."""
    line = Q(grant__department_code=grant.department_code, grant__purpose_code=grant.purpose_code, grant__direction=grant.direction)
    mine = FeedPosition.objects.filter(line, municipality_code=municipality_code(), finished=False)
    return list(mine.filter(Q(grant=grant.no) | Q(grant__valid_to__lt=grant.valid_from)).order_by("pk"))
