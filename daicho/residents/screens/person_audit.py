"""操作履歴 — who did what with one person's record, where and for whom. F-1-13; 標準10.2."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from daicho import audit
from daicho.audit.queries import Trace
from daicho.residents.permissions import Permission
from daicho.residents.queries.trail import trail_of
from daicho.residents.screens.counter import Counter
from daicho.residents.screens.for_visitor import for_visitor
from daicho.residents.screens.moments import moment
from daicho.staff.permissions import label_of

OUTCOMES = {"done": ("success", "実施"), "refused": ("error", "拒否"), "failed": ("warning", "失敗")}


@dataclass(frozen=True)
class Row:
    """A row of the trail as it is drawn."""

    trace: Trace
    at: str
    action: str
    badge: str
    outcome: str
    others: int


@require_GET
@audit.personal
@for_visitor(Permission.AUDIT_READ)
def person_audit(request: HttpRequest, counter: Counter, public_id: UUID) -> HttpResponse:
    """One page, newest first; `before` pages."""
    before = request.GET.get("before", "")
    traces, more = trail_of(counter.actor, public_id, int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None)
    rows = [_row(trace) for trace in traces]
    return render(request, "residents/person_audit.html", {"public_id": public_id, "rows": rows, "last": traces[-1].id if more else None})


def _row(trace: Trace) -> Row:
    badge, outcome = OUTCOMES.get(trace.outcome, ("neutral", trace.outcome))
    return Row(trace, moment(trace.at), label_of(trace.action), badge, outcome, trace.subject_count - 1)


ROUTES = [path("person/<uuid:public_id>/trail/", person_audit, name="person_audit")]
