"""操作履歴 — who did what with one person's record, where and for whom. F-1-13; 標準10.2."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from daicho import audit, clock
from daicho.audit.queries import Trace
from daicho.city.queries import terminals_on
from daicho.city.values import Terminal
from daicho.residents.permissions import Permission
from daicho.residents.queries.trail import trail_of
from daicho.residents.screens.counter import Counter
from daicho.residents.screens.for_visitor import for_visitor
from daicho.staff.permissions import label_of
from daicho.ui.dates import moment

_LOOKS = {"residents:certificate": "証明書の画面を開く", "residents:certificate_preview": "証明書の内容を確かめる"}
"""Screens that read under the right to issue, and issue nothing."""
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
    place: str
    terminal: str


@require_GET
@audit.personal
@for_visitor(Permission.AUDIT_READ)
def person_audit(request: HttpRequest, counter: Counter, public_id: UUID) -> HttpResponse:
    """One page, newest first; `before` pages."""
    before = request.GET.get("before", "")
    traces, more = trail_of(counter.actor, public_id, int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None)
    terminals = {terminal.code: terminal for terminal in terminals_on(clock.today())}
    rows = [_row(trace, terminals.get(trace.terminal)) for trace in traces]
    return render(request, "residents/person_audit.html", {"public_id": public_id, "rows": rows, "last": traces[-1].id if more else None})


def _row(trace: Trace, terminal: Terminal | None) -> Row:
    badge, outcome = OUTCOMES.get(trace.outcome, ("neutral", trace.outcome))
    action = _LOOKS.get(trace.screen) or label_of(trace.action)
    place, name = (terminal.office_name, terminal.name) if terminal else (trace.office_code, trace.terminal)
    return Row(trace, moment(trace.at), action, badge, outcome, trace.subject_count - 1, place, name)


ROUTES = [path("person/<uuid:public_id>/trail/", person_audit, name="person_audit")]
