"""交付請求の一覧と受付の画面 — what is due first at the top; a new request, and its statement supplemented. 住民基本台帳法第12条–第12条の3."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daicho import audit, clock
from daicho.residents.commands import applications as commands
from daicho.residents.errors import CannotDo
from daicho.residents.permissions import Permission
from daicho.residents.queries.applications import application_by_no, get_application, list_applications
from daicho.residents.rules.application_states import STATE_JA, State
from daicho.residents.rules.applications import GROUND_JA, WAY_JA, Ground, Stated, Way
from daicho.residents.screens import application_form
from daicho.residents.screens.answers import go, personal_page
from daicho.residents.screens.counter import at_counter
from daicho.residents.screens.support_form import read_day
from daicho.staff.queries import actor_of
from daicho.ui.dates import wareki_text
from daicho.ui.forms import BoundForm, FieldSpec, Kind, Problem, Width

BADGES = {
    State.RECEIVED: "info", State.LACKING: "warning", State.ASKING: "waiting", State.EXAMINING: "info", State.APPROVED: "success", State.EXPIRED: "error",
    State.REFUSED: "neutral", State.ISSUED: "neutral", State.CAME_BACK: "error", State.RETURNED: "neutral", State.WITHDRAWN: "neutral",
}  # fmt: skip
RECEIVED_ON = FieldSpec("received_on", "受付した日", Kind.DATE, required=True, width=Width.MEDIUM)


@require_GET
def applications(request: HttpRequest) -> HttpResponse:
    """Requests that go on. Who asks is named; whom they ask about is not."""
    actor = actor_of(request)
    lines = [(line, BADGES[line.standing.state], STATE_JA[line.standing.state]) for line in list_applications(actor)]
    counter = at_counter(request)
    context = {"lines": lines, "grounds": GROUND_JA, "ways": WAY_JA, "words": (GROUND_JA, WAY_JA), "visit": counter.visit}
    return personal_page(request, "residents/applications.html", context)


@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """One of whatever state, by its number."""
    actor = actor_of(request)
    audit.require(actor, Permission.APPLICATION_RECEIVE)
    typed = request.POST.get("application_no", "").strip()
    if not typed.isdecimal() or len(typed) > 12:
        return go(request, "applications", say="請求番号を数字で入力してください。", level="warning")
    return go(request, "application", application_by_no(actor, int(typed)).public_id)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A request taken in: `ground` and `way` say which form. From the counter it hangs on the visit in hand."""
    counter = at_counter(request)
    audit.require(counter.actor, Permission.APPLICATION_RECEIVE)
    asked = request.GET if request.method == "GET" else request.POST
    try:
        ground, way = Ground(asked.get("ground", "")), Way(asked.get("way", ""))
    except ValueError:
        return go(request, "applications", say="請求の根拠と方法を選んでください。", level="warning")
    if ground is Ground.OWN and way is Way.COUNTER:
        return go(request, "visit", say="本人等の窓口での請求は、受付だけで交付できます。", level="info")
    groups = application_form.groups(ground, way)
    specs = (RECEIVED_ON, *(spec for group in groups for spec in group.fields))
    if request.method == "GET":
        return _form(request, ground, way, BoundForm(specs, {"received_on": wareki_text(clock.today())}))
    form = BoundForm(specs, request.POST).with_missing()
    form, stated = _read(form, ground, way)
    received_on, fault = read_day(form.value("received_on"))
    form = form.with_problems([Problem("received_on", fault)] if fault else [])
    if form.has_errors or received_on is None:
        return _form(request, ground, way, form, status=422)
    try:
        row = commands.receive(counter.actor, stated, received_on, counter.visit if way is Way.COUNTER else None)
    except commands.NotReceived as refused:
        return _form(request, ground, way, form.with_problems(Problem(*each) for each in refused.reasons), status=422)
    return go(request, "application", row.public_id, say=f"請求番号{row.application_no}で受け付けました。")


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The statement anew, with what was supplied."""
    actor = actor_of(request)
    found = get_application(actor, application_id)
    ground, way = Ground(found.rows.row.ground), Way(found.rows.row.way)
    specs = tuple(spec for group in application_form.groups(ground, way) for spec in group.fields)
    if request.method == "GET":
        return _form(request, ground, way, BoundForm(specs, application_form.typed_of(found.rows.stated)), application_id)
    form, stated = _read(BoundForm(specs, request.POST).with_overlong(), ground, way)
    if not form.has_errors:
        try:
            commands.write(actor, application_id, stated)
            return go(request, "application", application_id, say="記載を補いました。補う前の記載も残ります。")
        except CannotDo as refused:
            form = form.with_problems([Problem("", refused.message)])
    return _form(request, ground, way, form, application_id, status=422)


def _read(form: BoundForm, ground: Ground, way: Way) -> tuple[BoundForm, Stated]:
    if form.unknown_names(("csrfmiddlewaretoken", "ground", "way")):
        raise BadRequest("a field that the form does not have")
    try:
        return application_form.read(form, ground, way)
    except application_form.NotOfThisForm:
        raise BadRequest("a choice that the form does not have") from None


def _form(request: HttpRequest, ground: Ground, way: Way, form: BoundForm, application_id: UUID | None = None, status: int = 200) -> HttpResponse:
    context = {
        "form": form, "groups": application_form.groups(ground, way), "ground": ground, "way": way, "ground_ja": GROUND_JA[ground], "way_ja": WAY_JA[way],
        "application_id": application_id, "is_new": application_id is None,
    }  # fmt: skip
    if application_id is None:
        return render(request, "residents/application_form.html", context, status=status)
    return personal_page(request, "residents/application_form.html", context, status)


ROUTES = [
    path("applications/", applications, name="applications"),
    path("applications/find/", find, name="application_find"),
    path("applications/new/", new, name="application_new"),
    path("applications/<uuid:application_id>/edit/", edit, name="application_edit"),
]
