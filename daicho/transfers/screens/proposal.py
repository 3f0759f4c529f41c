"""移転許可の申請 — 利用依頼 of a department, entered by one officer: from what the assessment offers, from an earlier grant, or anew. F-1-41; D-R1, D-R2."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.staff.queries import actor_of
from daicho.transfers.commands import grants as commands
from daicho.transfers.commands.errors import TransferRefused
from daicho.transfers.permissions import TransfersPermission
from daicho.transfers.queries.departments import departments_on
from daicho.transfers.queries.grants import get_grant
from daicho.transfers.rules.grants import METHODS_JA, Direction, Proposal, bases, offered
from daicho.transfers.rules.layouts import readable_items, writable_items
from daicho.transfers.rules.scope import SCOPES_JA, Scope
from daicho.transfers.screens.typed_days import read_day
from daicho.ui import flash
from daicho.ui.dates import wareki_text
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem, Width

Data = Mapping[str, str | Sequence[str]]


def specs_of(direction: Direction) -> tuple[FieldSpec, ...]:
    """The fields, and nothing else can be entered (F-1-04). One query."""
    items = readable_items() if direction is Direction.READ else writable_items()
    scopes = SCOPES_JA if direction is Direction.READ else {Scope.RESIDENTS: SCOPES_JA[Scope.RESIDENTS]}
    return (
        FieldSpec("department_code", "移転先", Kind.SELECT, required=True, choices=tuple(Choice(d.code, d.name) for d in departments_on(clock.today()))),
        FieldSpec("purpose_code", "事務コード", required=True, letters="latin", width=Width.TINY, max_length=3, hint="数字と英大文字の3文字。事務が課を移っても変えません。"),
        FieldSpec("purpose_ja", "移転先における用途", required=True, width=Width.FULL, max_length=100),
        FieldSpec(
            "basis_code", "法的根拠", Kind.SELECT, required=True, choices=tuple(Choice(b.code, b.ja) for b in bases().values() if b.direction is direction)
        ),
        FieldSpec(
            "items", "項目", Kind.CHECKBOXES, required=True, choices=tuple(Choice(item.identifier, item.ja) for item in items),
            hint="用途に必要な項目だけを選んでください。選んだ項目のほかは連携されません。",
        ),
        FieldSpec("scope", "対象となる本人の範囲", Kind.RADIO, required=True, choices=tuple(Choice(str(s), ja) for s, ja in scopes.items())),
        FieldSpec("method", "連携のタイミング", Kind.RADIO, required=True, choices=tuple(Choice(str(m), ja) for m, ja in METHODS_JA.items())),
        FieldSpec("valid_from", "開始日", Kind.DATE, required=True, width=Width.MEDIUM),
        FieldSpec("valid_to", "終了日", Kind.DATE, width=Width.MEDIUM, hint="決まっていなければ空欄"),
        FieldSpec("requested_on", "利用依頼の日", Kind.DATE, required=True, width=Width.MEDIUM),
        FieldSpec("request_reference", "利用依頼の文書番号", required=True, width=Width.MEDIUM, max_length=60),
    )  # fmt: skip


def _page(request: HttpRequest, direction: Direction) -> HttpResponse:
    actor = actor_of(request)
    audit.require(actor, TransfersPermission.GRANT_PROPOSE)
    if request.method == "POST":
        return _propose(request, actor, direction)
    data, caution = _begun(request, actor, direction)
    return _drawn(request, direction, BoundForm(specs_of(direction), data), caution)


@require_http_methods(["GET", "POST"])
def propose_reading(request: HttpRequest) -> HttpResponse:
    """移転の申請. `offered`: a place in the assessment's list; `grant`: an earlier grant to begin from."""
    return _page(request, Direction.READ)


@require_http_methods(["GET", "POST"])
def propose_writing(request: HttpRequest) -> HttpResponse:
    """書戻しの申請 (D-R6); as above."""
    return _page(request, Direction.WRITE)


def _begun(request: HttpRequest, actor: Actor, direction: Direction) -> tuple[Data, str]:
    """What the form begins with, and what to look at. Http404 for a place or grant that is not there or goes the other way."""
    today = wareki_text(clock.today())
    dates = {"valid_from": today, "requested_on": today}
    if (place := request.GET.get("offered", "")).isascii() and place.isdigit():
        if int(place) >= len(offered()) or offered()[int(place)].direction is not direction:
            raise Http404
        one = offered()[int(place)]
        return {**dates, **_of(one), "items": one.items}, one.caution
    if (no := request.GET.get("grant", "")).isascii() and no.isdigit() and len(no) < 19:
        view, _ = get_grant(actor, int(no))
        if view.row.direction != direction:
            raise Http404
        return {**dates, **_of(view.row), "items": tuple(view.row.items)}, ""
    return {**dates, "scope": str(Scope.RESIDENTS if direction is Direction.WRITE else Scope.FILE_ONE), "method": "real_time"}, ""


def _of(source: object) -> dict[str, str]:
    """The texts that an offer and a grant have in common."""
    return {name: str(getattr(source, name)) for name in ("department_code", "purpose_code", "purpose_ja", "basis_code", "scope", "method")}


def _propose(request: HttpRequest, actor: Actor, direction: Direction) -> HttpResponse:
    form = BoundForm(specs_of(direction), request.POST)
    if form.unknown_names():
        return HttpResponseBadRequest()
    form, days = _with_days(form.with_missing())
    if not form.has_errors:
        try:
            row = commands.propose(actor, _proposal(form, days, direction))
        except TransferRefused as refused:
            form = form.with_problems(Problem(problem.field, problem.message) for problem in refused.problems)
        else:
            flash.say(request, "success", "移転許可を申請しました。ほかの職員が承認すると、開始日から有効になります。")
            return HttpResponseRedirect(reverse("transfers:grant", args=[row.pk]))
    return _drawn(request, direction, form, "", status=422)


def _with_days(form: BoundForm) -> tuple[BoundForm, dict[str, date | None]]:
    days: dict[str, date | None] = {}
    for name in ("valid_from", "valid_to", "requested_on"):
        days[name], problems = read_day(form, name)
        form = form.with_problems(problems)
    return form, days


def _proposal(form: BoundForm, days: Mapping[str, date | None], direction: Direction) -> Proposal:
    valid_from, requested_on = days["valid_from"], days["requested_on"]
    assert valid_from is not None and requested_on is not None, "both are required"
    return Proposal(
        form.value("department_code"), form.value("purpose_code"), form.value("purpose_ja"), direction, form.value("basis_code"), form.cleaned_values("items"),
        form.value("scope"), form.value("method"), valid_from, days["valid_to"], requested_on, form.value("request_reference"),
    )  # fmt: skip


def _drawn(request: HttpRequest, direction: Direction, form: BoundForm, caution: str, status: int = 200) -> HttpResponse:
    is_reading = direction is Direction.READ
    context = {
        "form": form,
        "caution": caution,
        "heading": "移転許可の申請" if is_reading else "書戻しの許可の申請",
        "action": reverse("transfers:propose_reading" if is_reading else "transfers:propose_writing"),
    }
    return render(request, "transfers/proposal.html", context, status=status)


ROUTES = [
    path("grants/new/", propose_reading, name="propose_reading"),
    path("grants/new/write-back/", propose_writing, name="propose_writing"),
]
