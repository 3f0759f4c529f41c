"""この人の操作履歴 — who read or wrote one person's record; reading it is itself a reading. F-1-13; 標準10.2."""

from __future__ import annotations

from uuid import UUID

from daicho import audit
from daicho.audit.actor import Actor
from daicho.audit.permissions import AuditPermission
from daicho.audit.queries import Trace, of_person
from daicho.residents.permissions import Permission
from daicho.residents.queries.blocks import hidden_from
from daicho.residents.queries.persons import person_of

PAGE = 50


def trail_of(actor: Actor, public_id: UUID, before: int | None = None) -> tuple[tuple[Trace, ...], bool]:
    """One page of the trail, newest first, and whether older rows follow. Http404 for an unknown person. Two statements and the record.

    This room's permission stands for that of the trail: only rows of its own persons are read.
    """
    audit.require(actor, Permission.AUDIT_READ, (public_id,))
    person_of(public_id, hidden_from(actor))
    traces = of_person(actor.with_right(AuditPermission.ENTRY_READ), public_id, before_id=before, limit=PAGE + 1)
    return traces[:PAGE], len(traces) > PAGE
