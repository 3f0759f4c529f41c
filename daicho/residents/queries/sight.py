"""視野の番 — the last door: what an officer may not know leaves no reading, whatever screen asked for it. domain §7; F-1-13.

Every query leaves the hidden out by itself (queries/blocks.hidden_from). This stands behind all of them, so that one that forgot shows nothing: its
reading ends as if there were nobody.
"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import Http404

from daicho.audit.readings import Reading
from daicho.residents.models import Person
from daicho.residents.permissions import may_know
from daicho.residents.queries.blocks import hidden_from


def keep_hidden(seen: Reading) -> None:
    """Http404 when a reading names somebody of whom this officer may not know. One or two statements, none for who may."""
    if may_know(seen.actor) or not seen.subjects:
        return
    hidden = hidden_from(seen.actor)
    if hidden and set(_public_ids(hidden)) & set(seen.subjects):
        raise Http404


def _public_ids(people: list[int]) -> list[UUID]:
    rows = Person.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, pk__in=people)
    return list(rows.values_list("public_id", flat=True))
