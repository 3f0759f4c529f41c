"""移転先の画面 — the departments under their names of today; a new name or number from a day on. D-R3, H-16."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from daicho import audit, clock
from daicho.staff.queries import actor_of
from daicho.transfers.commands.errors import TransferRefused
from daicho.transfers.commands.grants import register_department
from daicho.transfers.permissions import TransfersPermission
from daicho.transfers.queries.departments import departments_on
from daicho.transfers.screens.typed_days import read_day
from daicho.ui import flash
from daicho.ui.dates import wareki_text
from daicho.ui.forms import BoundForm, FieldSpec, Kind, Problem, Width

SPECS = (
    FieldSpec(
        "code", "移転先コード", required=True, letters="digits", width=Width.SHORT, max_length=4, hint="4桁。名称や番号が変わっても、同じ課は同じコードです。"
    ),
    FieldSpec("name", "名称", required=True, max_length=60, hint="部と課。例　福祉保険部　保険年金課"),
    FieldSpec("transfer_no", "評価書の移転先番号", letters="digits", width=Width.TINY, max_length=4, hint="ない課は空欄"),
    FieldSpec("valid_from", "開始日", Kind.DATE, required=True, width=Width.MEDIUM),
)


@require_http_methods(["GET", "POST"])
def departments(request: HttpRequest) -> HttpResponse:
    """The list; and for who may, the form."""
    actor = actor_of(request)
    audit.require(actor, TransfersPermission.DEPARTMENT_REGISTER if request.method == "POST" else TransfersPermission.GRANT_READ)
    form, status = BoundForm(SPECS, {"valid_from": wareki_text(clock.today())}), 200
    if request.method == "POST":
        form, status = BoundForm(SPECS, request.POST), 422
        if form.unknown_names():
            return HttpResponseBadRequest()
        day, problems = read_day(form, "valid_from")
        form = form.with_missing().with_problems(problems)
        if not form.has_errors and day is not None:
            try:
                register_department(actor, form.value("code"), form.value("name"), day, form.value("transfer_no"))
            except TransferRefused as refused:
                form = form.with_problems(Problem(problem.field, problem.message) for problem in refused.problems)
            else:
                flash.say(request, "success", "移転先を登録しました。")
                return HttpResponseRedirect(reverse("transfers:departments"))
    context = {"rows": departments_on(clock.today()), "form": form, "may_register": actor.may(TransfersPermission.DEPARTMENT_REGISTER)}
    return render(request, "transfers/departments.html", context, status=status)


ROUTES = [path("departments/", departments, name="departments")]
