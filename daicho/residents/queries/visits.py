"""受付中 — the visitor an officer is serving now. design §3; F-1-01."""

from __future__ import annotations

from django.conf import settings

from daicho.audit.actor import Actor
from daicho.residents.models import Visit


def current_visit(actor: Actor) -> Visit | None:
    """The newest visit that this officer opened and did not close. One statement. No resident is read."""
    rows = Visit.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, opened_by_id_no=actor.account_id, closed_at__isnull=True)
    return rows.order_by("-visit_no").first()
