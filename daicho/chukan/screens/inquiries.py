"""情報提供の記録 — what was asked of us and what we answered: by day, by asker, by result; one record with all that 番号法第23条 wants. S3-05, S3-10."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from daicho import audit, clock
from daicho.chukan.models import Inquiry
from daicho.chukan.permissions import ChukanPermission
from daicho.chukan.queries import inquiries as queries
from daicho.chukan.screens.words import reasons_of, result_of
from daicho.staff.queries import actor_of
from daicho.ui.dates import moment
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem, Width
from daicho.values.dates import BadDate, JapaneseDate

ALL = "all"


@dataclass(frozen=True)
class Line:
    """A record as it is drawn."""

    row: Inquiry
    received: str
    asked: str
    badge: str
    result: str
    reasons: str


@require_GET
@audit.personal
def inquiries(request: HttpRequest) -> HttpResponse:
    """The list. What is not a known value of a filter is no filter; a day that cannot be read is a problem at its field."""
    actor = actor_of(request)
    specs = _specs()
    form = BoundForm(specs, {spec.name: request.GET.get(spec.name, ALL if spec.kind is Kind.RADIO else "") for spec in specs})
    day, form = _day_of(form)
    wanted = queries.Wanted(day, _chosen(form, "inquirer"), _chosen(form, "result"))
    found = queries.listed(actor, wanted, _uuid(request.GET.get("before", "")))
    context = {
        "form": form,
        "lines": [line_of(row) for row in found.rows],
        "counts": [(str(result.label), found.counts.get(result.value, 0)) for result in Inquiry.Result],
        "older": {**{spec.name: form.value(spec.name) for spec in specs}, "before": str(found.next_before)} if found.next_before else None,
        "may_read_person": actor.may(ChukanPermission.PERSON_READ),
    }
    return render(request, "chukan/inquiries.html", context)


@require_GET
@audit.personal
def inquiry(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """One record."""
    actor = actor_of(request)
    row = queries.one(actor, inquiry_id)
    decision = getattr(row, "decision", None)
    context = {
        "line": line_of(row),
        "decision": decision,
        "decided": moment(decision.decided_at) if decision else "",
        "answered": moment(row.answered_at),
        "may_read_person": actor.may(ChukanPermission.PERSON_READ),
    }
    return render(request, "chukan/inquiry.html", context)


def line_of(row: Inquiry) -> Line:
    badge, result = result_of(row)
    return Line(row, moment(row.received_at), moment(row.asked_at), badge, result, reasons_of(row))


def _specs() -> tuple[FieldSpec, ...]:
    known = queries.inquirers(clock.today())
    return (
        FieldSpec("day", "受付の日", Kind.DATE, width=Width.MEDIUM, max_length=40, hint="例：R8.4.1。空欄のときは全ての日。"),
        FieldSpec("inquirer", "情報照会者", Kind.SELECT, choices=(Choice("", "すべて"), *(Choice(code, name) for code, name in known)), width=Width.LONG),
        FieldSpec("result", "結果", Kind.RADIO, choices=(Choice(ALL, "すべて"), *(Choice(r.value, str(r.label)) for r in Inquiry.Result))),
    )


def _day_of(form: BoundForm) -> tuple[date | None, BoundForm]:
    text = form.value("day").strip()
    if not text:
        return None, form
    try:
        return JapaneseDate.parse(text).certain(), form
    except BadDate as bad:
        return None, form.with_problems([Problem("day", str(bad))])


def _chosen(form: BoundForm, name: str) -> str | None:
    value = form.value(name)
    return value if value in {choice.value for choice in form.spec(name).choices} - {ALL, ""} else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


ROUTES = [path("inquiries/", inquiries, name="inquiries"), path("inquiries/<uuid:inquiry_id>/", inquiry, name="inquiry")]
