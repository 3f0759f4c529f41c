"""受付中 — the visitor an officer is serving now. design §3; F-1-01."""

from __future__ import annotations

from django.conf import settings
from django.db import connection

from daicho.audit.actor import Actor
from daicho.residents.models import Visit
from daicho.rows import Columns

_VISIT = Columns(Visit, "v")
_IN_HAND = f"""
    SELECT {_VISIT.sql} FROM residents_visit v
     WHERE v.municipality_code = %s AND v.opened_by_id_no = %s AND v.closed_at IS NULL ORDER BY v.visit_no DESC LIMIT 1
"""


def current_visit(actor: Actor) -> Visit | None:
    """The newest visit that this officer opened and did not close. One statement. No resident is read."""
    with connection.cursor() as cursor:
        cursor.execute(_IN_HAND, [settings.INSTALLATION.municipality_code, actor.account_id])
        row = cursor.fetchone()
    return None if row is None else _VISIT.instance(row)
