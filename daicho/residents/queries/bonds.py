"""結び付けの読み — what is on record of a paper that is about to leave, and whether any may. A-05; certificates/binding.py.

It tells nobody of a person: the machine holds digests against one another. What is read here is no reading.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection

from daicho.certificates.binding import Bond, OfPerson
from daicho.residents.models import IssueStop


@dataclass(frozen=True)
class Recorded:
    """`bond` is None where no such paper was issued; `binding`: its digest as it was recorded. `stands_still`: nothing may leave."""

    bond: Bond | None
    binding: str
    stands_still: bool


_ROW = """
    i.public_id, i.request_digest, i.kind, i.certificate_no, i.stamp, i.document_digest, i.delivered_digest, i.binding, i.pages,
    (SELECT json_agg(json_build_array(p.public_id, s.history_no) ORDER BY s.place)
       FROM residents_certificatesubject s JOIN residents_person p ON p.id = s.person_id WHERE s.certificate_id = i.id)
"""
_RECORDED = f"""
    SELECT EXISTS (SELECT FROM residents_issuestop WHERE municipality_code = %(city)s AND lifted_at IS NULL), {_ROW}
      FROM (SELECT) nothing LEFT JOIN residents_certificateissue i ON i.public_id = %(once)s AND i.municipality_code = %(city)s
"""
_SEVERAL = f"""
    SELECT {_ROW} FROM unnest(%(copies)s::uuid[]) WITH ORDINALITY AS asked (public_id, place) JOIN residents_certificateissue i USING (public_id)
     WHERE i.municipality_code = %(city)s ORDER BY asked.place
"""


@dataclass(frozen=True)
class OfBundle:
    """What is on record of one of several papers that leave together."""

    bond: Bond
    binding: str
    pages: int


def recorded_bond(once: UUID) -> Recorded:
    """Of the copy of this name, as it was committed. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_RECORDED, {"once": once, "city": settings.INSTALLATION.municipality_code})
        stands_still, *row = cursor.fetchone()
    if row[0] is None:
        return Recorded(None, "", stands_still)
    found = _of_bundle(row)
    return Recorded(found.bond, found.binding, stands_still)


def recorded_bonds(copies: Sequence[str]) -> list[OfBundle]:
    """Of these copies, in their order; one that is not on record is left out. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_SEVERAL, {"copies": list(copies), "city": settings.INSTALLATION.municipality_code})
        return [_of_bundle(row) for row in cursor.fetchall()]


def _of_bundle(row: Sequence[Any]) -> OfBundle:  # Any: a row as the driver gives it, in the order of _ROW
    public_id, request, kind, certificate_no, stamp, unsigned, delivered, binding, pages, subjects = row
    told = json.loads(subjects) if isinstance(subjects, str) else subjects or []
    people = tuple(OfPerson(person, history_no) for person, history_no in told)
    return OfBundle(Bond(str(public_id), request, kind, certificate_no, people, stamp, unsigned, delivered), binding, pages)


def open_stops() -> Sequence[IssueStop]:
    """The stops that nobody lifted, oldest first; nothing is issued while there is one. One statement."""
    return IssueStop.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, lifted_at__isnull=True).order_by("pk")
