"""転入通知未着者 — of whom no 転入通知 has come, in a period. 住民基本台帳法第9条第1項; std 4.1.3.1.4."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from daicho import audit, clock
from daicho.residents.permissions import Permission
from daicho.residents.queries.missing import missing_notices
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.screens.answers import personal_page
from daicho.residents.screens.counter import at_counter
from daicho.residents.screens.letters_out import OFFER
from daicho.residents.screens.standing import standing_of
from daicho.ui.dates import wareki_text
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem, Width
from daicho.values.dates import BadDate, JapaneseDate

A_YEAR = timedelta(days=365)
PERIOD = (
    FieldSpec("first", "消除日（から）", Kind.DATE, required=True, width=Width.MEDIUM),
    FieldSpec("last", "消除日（まで）", Kind.DATE, required=True, width=Width.MEDIUM),
    FieldSpec("ex_officio", "職権消除した人も", Kind.CHECKBOXES, choices=(Choice("yes", "職権で消除した人も載せる"),)),
)


@require_GET
def missing(request: HttpRequest) -> HttpResponse:
    """未着者: for which days. The last year at first."""
    today = clock.today()
    audit.require(at_counter(request).actor, Permission.FILING_ENTER)
    form = BoundForm(PERIOD, {"first": wareki_text(today - A_YEAR), "last": wareki_text(today)})
    return render(request, "residents/missing.html", {"form": form, "people": None})


@require_POST
def missing_found(request: HttpRequest) -> HttpResponse:
    """Those removed in these days of whom no 転入通知 has come (N-4.1.3.1.4-02, -03)."""
    counter = at_counter(request)
    audit.require(counter.actor, Permission.FILING_ENTER)
    form = BoundForm(PERIOD, request.POST)
    first, last, problems = period_of(form)
    if problems or first is None or last is None:
        return render(request, "residents/missing.html", {"form": form.with_problems(problems), "people": None}, status=422)
    found = missing_notices(counter.actor, first, last, ex_officio=bool(form.cleaned_values("ex_officio")))
    people = [(one, shown_name(one.sheet.entries) or "（氏名空欄）", standing_of(one.sheet.entries, clock.today())) for one in found.people]
    asked = {"first": form.value("first"), "last": form.value("last"), "ex_officio": "yes" if form.cleaned_values("ex_officio") else ""}
    return personal_page(request, "residents/missing.html", {"form": form, "people": people, "more": found.more, "asked": asked, **OFFER})


def period_of(form: BoundForm) -> tuple[date | None, date | None, list[Problem]]:
    days: list[date | None] = []
    problems = []
    for name in ("first", "last"):
        try:
            days.append(JapaneseDate.parse(form.value(name)).certain())
        except (BadDate, ValueError):
            days.append(None)
            problems.append(Problem(name, "消除日を、暦にある年月日で入力してください。例　令和8年4月1日"))
    first, last = days
    if first is not None and last is not None and first > last:
        problems.append(Problem("last", "消除日の終わりが、始まりより前です。日付を確認してください。"))
    return first, last, problems


ROUTES = [
    path("received/missing/", missing, name="missing"),
    path("received/missing/found/", missing_found, name="missing_found"),
]
