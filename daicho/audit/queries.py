"""操作履歴の照会 — reading the trail is itself a reading. N-10.2-18, N-10.2-27."""

from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from daicho import audit
from daicho.audit.models import AuditEntry
from daicho.audit.permissions import AuditPermission


@dataclass(frozen=True)
class Trace:
    """One row of the trail as a screen shows it; `subject_count` others were shown in the same act."""

    id: int
    at: datetime
    login: str
    actor_name: str
    unit_name: str
    office_code: str
    terminal: str
    visit_no: str
    action: str
    purpose: str
    outcome: str
    screen: str
    subject_count: int
    shows_numbers: bool


def of_person(
    actor: audit.Actor,
    public_id: UUID,
    *,
    purpose: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    before_id: int | None = None,
    limit: int = 100,
) -> tuple[Trace, ...]:
    """Who did what to this person's record, newest first; `since` ≤ at < `until`, and the page that follows `before_id`.

    The reading of it is on record too, and shows at the next look. Raises Refused. Two statements.
    """
    with audit.reading(actor, AuditPermission.ENTRY_READ, purpose=purpose, subjects=(public_id,)) as seen:
        traces = _page(AuditEntry.objects.filter(subjects__contains=[public_id]), since, until, before_id, limit)
        seen.note(rows=len(traces))
    return traces


def entries(
    actor: audit.Actor,
    *,
    purpose: str,
    login: str = "",
    action: str = "",
    outcome: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    before_id: int | None = None,
    limit: int = 100,
) -> tuple[Trace, ...]:
    """What was done in this system, newest first: of one officer, of functions whose name begins so, with one outcome ("" = any).

    People are counted and not named. The reading is on record. Raises Refused. Two statements.
    """
    with audit.reading(actor, AuditPermission.ENTRY_READ, purpose=purpose) as seen:
        wanted = {"login": login, "action__startswith": action, "outcome": outcome}
        rows = AuditEntry.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, **{key: value for key, value in wanted.items() if value})
        traces = _page(rows, since, until, before_id, limit)
        seen.note(rows=len(traces), of=login, action=action, outcome=outcome)
    return traces


def _page(rows: QuerySet[AuditEntry], since: datetime | None, until: datetime | None, before_id: int | None, limit: int) -> tuple[Trace, ...]:
    if since is not None:
        rows = rows.filter(at__gte=since)
    if until is not None:
        rows = rows.filter(at__lt=until)
    if before_id is not None:
        rows = rows.filter(id__lt=before_id)
    names = [field.name for field in fields(Trace)]
    return tuple(Trace(**row) for row in rows.order_by("-id").values(*names)[:limit])


@dataclass(frozen=True)
class SealedSoFar:
    """When the trail was sealed last, and the oldest row that no seal covers yet; None = there is none."""

    made_at: datetime | None
    oldest_unsealed: datetime | None


_SEALED_SO_FAR = """
    SELECT s.made_at, (SELECT min(e.at) FROM audit_entry e WHERE e.written_in >= coalesce(s.sealed_below, '0')::xid8
                           AND NOT EXISTS (SELECT 1 FROM audit_leaf l WHERE l.entry_id = e.id))
      FROM (SELECT 1) one LEFT JOIN LATERAL (SELECT made_at, sealed_below FROM audit_seal WHERE municipality_code = %s ORDER BY no DESC LIMIT 1) s ON true
"""


def sealed_so_far() -> SealedSoFar:
    """How far the sealer has come (F-1-14). Only rows written since the last seal are looked at. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_SEALED_SO_FAR, [settings.INSTALLATION.municipality_code])
        [row] = cursor.fetchall()
    return SealedSoFar(*row)
