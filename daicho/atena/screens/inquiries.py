"""照会の記録の画面 — what the departments' systems and chukan asked, for what, and what became of it. S4-07, F-1-43; F-1-13."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from daicho import audit
from daicho.atena.queries.inquiries import ASKERS, InquiryRow, list_inquiries
from daicho.atena.screens.words import ASKED_BY, OUTCOMES
from daicho.staff.queries import actor_of
from daicho.ui.dates import moment
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind

FILTER = (FieldSpec("asker", "照会元", Kind.RADIO, choices=tuple(Choice(value, label) for value, label in ASKERS.items())),)
DEPARTMENTS = "departments"


@dataclass(frozen=True)
class Line:
    """One question as it is drawn."""

    row: InquiryRow
    at: str
    by: str
    badge: str
    result: str


@require_GET
@audit.personal
def inquiries(request: HttpRequest) -> HttpResponse:
    """One page, newest first; `asker` filters, `before` pages."""
    asker = request.GET.get("asker", DEPARTMENTS)
    asker = asker if asker in ASKERS else DEPARTMENTS
    before = request.GET.get("before", "")
    rows, more = list_inquiries(actor_of(request), asker, int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None)
    context = {
        "lines": [_line(row) for row in rows],
        "filters": BoundForm(FILTER, {"asker": asker}),
        "older": {"asker": asker, "before": rows[-1].id} if more else None,
    }
    return render(request, "atena/inquiries.html", context)


def _line(row: InquiryRow) -> Line:
    badge = "error" if row.outcome == "refused" else "success" if row.integrated_atena_no else "neutral"
    return Line(row, moment(row.at), ASKED_BY.get(row.by, ""), badge, OUTCOMES.get(row.result, row.result))


ROUTES = [path("inquiries/", inquiries, name="inquiries")]
