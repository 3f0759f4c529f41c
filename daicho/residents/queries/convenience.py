"""コンビニ交付の履歴 — what konbini handed out or refused, of one person. std 1.3.8, 2.2.2; S5-03."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db.models import Q

from daicho import audit
from daicho.audit.actor import Actor
from daicho.residents.models import ConvenienceIssue
from daicho.residents.permissions import Permission


def convenience_of(actor: Actor, public_id: UUID) -> tuple[ConvenienceIssue, ...]:
    """Answers to this person's card, and papers that show them, newest first. One statement and the record, which names the holders too."""
    with audit.reading(actor, Permission.CERTIFICATE_ISSUE, subjects=(public_id,)) as seen:
        rows = ConvenienceIssue.objects.filter(municipality_code=settings.INSTALLATION.municipality_code)
        found = tuple(
            rows.filter(Q(person__public_id=public_id) | Q(on_paper__contains=[str(public_id)])).select_related("person").order_by("-answered_at", "-pk")
        )
        seen.add(*(row.person.public_id for row in found))
    return found
