"""操作履歴の照会 — reading the trail is itself a reading. N-10.2-18, N-10.2-27."""

from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

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
        rows = AuditEntry.objects.filter(subjects__contains=[public_id])
        if since is not None:
            rows = rows.filter(at__gte=since)
        if until is not None:
            rows = rows.filter(at__lt=until)
        if before_id is not None:
            rows = rows.filter(id__lt=before_id)
        names = [field.name for field in fields(Trace)]
        traces = tuple(Trace(**row) for row in rows.order_by("-id").values(*names)[:limit])
        seen.note(rows=len(traces))
    return traces
