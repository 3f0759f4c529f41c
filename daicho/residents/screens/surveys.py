"""実態調査の画面 — the cases, one case with its steps, a new one from somebody's card, and the 職権消除 it leads to. 住民基本台帳法第34条; A-03."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daicho import audit, clock
from daicho.certificates.papers import PAPER_NAMES
from daicho.residents.commands import surveys as commands
from daicho.residents.errors import CannotDo
from daicho.residents.permissions import Permission
from daicho.residents.queries.persons import card
from daicho.residents.queries.surveys import FINISHED, get_survey, list_surveys
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.survey import ANNOUNCED, DEMAND, DEMANDED, ENDED, INVESTIGATING, MAY_REMOVE, REMOVED, REMOVING, STEPS
from daicho.residents.screens.answers import go, personal_page, to_visit
from daicho.residents.screens.counter import Counter, at_counter
from daicho.residents.screens.for_visitor import RETURN_TO, for_visitor
from daicho.residents.screens.letters_out import OFFER
from daicho.residents.screens.standing import standing_of
from daicho.staff.queries import actor_of
from daicho.ui.dates import wareki_text
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem, Width
from daicho.values.dates import BadDate, JapaneseDate

BADGES = {
    INVESTIGATING: "info", DEMANDED: "waiting", ANNOUNCED: "waiting", MAY_REMOVE: "warning", REMOVING: "info", REMOVED: "neutral", ENDED: "neutral",
}  # fmt: skip
STEP = (
    FieldSpec("kind", "処理", Kind.SELECT, required=True, choices=tuple(Choice(value, label) for value, label in STEPS)),
    FieldSpec("done_on", "処理した日", Kind.DATE, required=True, width=Width.MEDIUM),
    FieldSpec("note", "結果・内容", Kind.TEXT, required=True, max_length=500, hint="だれが、どこで、何を確かめたか"),
)


@require_GET
def surveys(request: HttpRequest) -> HttpResponse:
    """Every case, those that go on first. Nobody is named."""
    lines = [(line, BADGES[line.state]) for line in list_surveys(actor_of(request))]
    return render(request, "residents/surveys.html", {"lines": lines})


@require_http_methods(["GET", "POST"])
@audit.personal
@for_visitor(Permission.SURVEY_MANAGE)
def new(request: HttpRequest, counter: Counter, public_id: UUID) -> HttpResponse:
    """A case about some of the household whose card it was begun from."""
    found = card(counter.actor, public_id)
    people = [(one, shown_name(one.entries) or "（氏名空欄）") for one in found.household]
    if request.method == "GET":
        return render(request, "residents/survey_new.html", {"people": people, "own": found.sheet.public_id, "chosen": (), "ground": "", "refused": ""})
    chosen = request.POST.getlist("person")
    if not set(chosen) <= {one.public_id for one, _ in people}:
        raise BadRequest("someone who does not live there")
    try:
        survey = commands.open_survey(counter.actor, [UUID(one) for one in chosen], request.POST.get("ground", ""))
    except CannotDo as refused:
        context = {"people": people, "own": "", "chosen": chosen, "ground": request.POST.get("ground", ""), "refused": refused.message}
        return render(request, "residents/survey_new.html", context, status=422)
    return go(request, "survey", survey.public_id, say=f"調査番号{survey.pk}で実態調査を始めました。")


@require_GET
def survey(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    return _page(request, survey_id, BoundForm(STEP, {"done_on": wareki_text(clock.today())}))


@require_POST
def add_step(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """A step of the case, or the page again with what stands in its way and everything that was typed."""
    form = BoundForm(STEP, request.POST).with_missing()
    done_on = _day(form.value("done_on"))
    if done_on is None and not form.problems:
        form = form.with_problems([Problem("done_on", "処理した日を、暦にある年月日で入力してください。例　令和8年4月1日")])
    if form.problems or done_on is None:
        return _page(request, survey_id, form, 422)
    try:
        commands.add_step(actor_of(request), survey_id, commands.StepForm(form.value("kind"), done_on.certain(), form.value("note")))
    except CannotDo as refused:
        return _page(request, survey_id, form.with_problems([Problem("", refused.message)]), 422)
    return go(request, "survey", survey_id, say="調査の経過を記録しました。")


def _day(text: str) -> JapaneseDate | None:
    try:
        day = JapaneseDate.parse(text)
    except BadDate:
        return None
    return day if day.is_calendar else None


@require_POST
def remove(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """職権消除の入力を始める."""
    counter = at_counter(request)
    audit.require(counter.actor, Permission.FILING_ENTER)
    if counter.visit is None:
        request.session[RETURN_TO] = reverse("residents:survey", args=[survey_id])
        return to_visit(request)
    try:
        filing = commands.begin_removal(counter.actor, counter.visit, survey_id)
    except CannotDo as refused:
        return go(request, "survey", survey_id, say=refused.message, level="error")
    return go(request, "filing", filing.public_id, say="実態調査の経過を写しました。確かめて仮登録してください。", level="info")


def _page(request: HttpRequest, survey_id: UUID, form: BoundForm, status: int = 200) -> HttpResponse:
    found = get_survey(actor_of(request), survey_id)
    people = [(one, shown_name(one.entries) or "（氏名空欄）", standing_of(one.entries, clock.today())) for one in found.people]
    context = {
        "found": found,
        "people": people,
        "form": form,
        "badge_kind": BADGES[found.state],
        "goes_on": found.state not in FINISHED and found.state != REMOVING,
        "may_remove": found.state == MAY_REMOVE,
        "may_demand": any(step.kind == DEMAND for step in found.steps) and found.state not in FINISHED,
        "letters": found.letters,
        "kinds": PAPER_NAMES,
        **OFFER,
    }
    return personal_page(request, "residents/survey.html", context, status)


ROUTES = [
    path("surveys/", surveys, name="surveys"),
    path("surveys/new/<uuid:public_id>/", new, name="survey_new"),
    path("surveys/<uuid:survey_id>/", survey, name="survey"),
    path("surveys/<uuid:survey_id>/step/", add_step, name="survey_step"),
    path("surveys/<uuid:survey_id>/remove/", remove, name="survey_remove"),
]
