"""印刷ログの画面 — of one day, by officer and form of output. 標準10.2 (N-10.2-14)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_http_methods

from daicho import audit, clock
from daicho.city.queries import place_names
from daicho.residents.permissions import Permission
from daicho.residents.queries.print_log import FORM_JA, print_log
from daicho.staff.queries import actor_of
from daicho.ui.dates import moment, wareki_text
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem, Width
from daicho.values.dates import BadDate, JapaneseDate

SPECS = (
    FieldSpec("day", "印刷した日", Kind.DATE, required=True, width=Width.MEDIUM),
    FieldSpec("login", "印刷者のユーザID", letters="latin", width=Width.MEDIUM, max_length=80),
    FieldSpec("form", "出力形式", Kind.SELECT, choices=tuple(Choice(form.value, ja) for form, ja in FORM_JA.items())),
)


@require_http_methods(["GET", "POST"])
def prints(request: HttpRequest) -> HttpResponse:
    """Today's at first; then what was asked for."""
    actor = actor_of(request)
    audit.require(actor, Permission.AUDIT_READ)
    form = BoundForm(SPECS, request.POST if request.method == "POST" else {"day": wareki_text(clock.today())}).with_missing()
    if form.unknown_names():
        return HttpResponseBadRequest()
    day = None
    try:
        read = JapaneseDate.parse(form.value("day"))
        day = read.certain() if read.is_calendar else None
    except BadDate:
        pass
    if day is None and not form.has_errors:
        form = form.with_problems([Problem("day", "印刷した日を、暦にある年月日で入力してください。例　令和8年4月1日")])
    if form.has_errors or day is None:
        return render(request, "residents/print_log.html", {"form": form, "rows": None}, status=422)
    names = place_names()
    lines = print_log(actor, day, login=form.value("login"), form=form.value("form"))
    rows = [(line, FORM_JA[line.form], moment(line.at), names.terminal(line.terminal, day)) for line in lines]
    return render(request, "residents/print_log.html", {"form": form, "rows": rows})


ROUTES = [path("prints/", prints, name="prints")]
