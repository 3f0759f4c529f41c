"""支援措置の画面 — the list, a new application from somebody's card, the case with its steps, and the approval of temporary lifts. 標準仕様1.1.16, 2.2.4, 3.4."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daicho import audit, clock
from daicho.certificates.papers import PAPER_NAMES
from daicho.residents.commands import blocks as block_commands
from daicho.residents.commands import support as commands
from daicho.residents.errors import CannotDo
from daicho.residents.permissions import Permission
from daicho.residents.queries.block_page import waiting_lifts
from daicho.residents.queries.block_told import not_acknowledged
from daicho.residents.queries.people import persons_by_atena_no
from daicho.residents.queries.persons import Card, card
from daicho.residents.queries.sheet_view import SheetView
from daicho.residents.queries.support import CaseFound, get_case, list_cases, step_of
from daicho.residents.rules.letters_of_cases.support import letter_of
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.support import BY_ITSELF, GROUND_JA, NEEDS_PERIOD, STATE_JA, STEP_JA, Ground, State, StepKind, extendable_from, last_day
from daicho.residents.rules.support_details import AFFAIR_JA, PLACE_JA, STANDING_JA, Companion, Details, Standing, is_narrowed
from daicho.residents.screens import support_form
from daicho.residents.screens.answers import go, personal_page
from daicho.residents.screens.counter import Counter
from daicho.residents.screens.for_visitor import for_visitor
from daicho.residents.screens.letters_out import OFFER
from daicho.residents.screens.search import kana_of
from daicho.staff.queries import actor_of
from daicho.ui.chrome import SYSTEM_LABELS
from daicho.ui.dates import wareki_text
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem, Width

BADGES = {
    State.PROVISIONAL: "waiting", State.SUPPORT: "warning", State.FORMER_PROVISIONAL: "waiting", State.EXPIRED: "error", State.ENDED: "neutral",
}  # fmt: skip
_BY_HAND = tuple(kind for kind in StepKind if kind not in BY_ITSELF and kind is not StepKind.ENDED)
STEP = (
    FieldSpec("kind", "処理", Kind.SELECT, required=True, choices=tuple(Choice(kind, STEP_JA[kind]) for kind in _BY_HAND)),
    FieldSpec("on", "処理した日", Kind.DATE, required=True, width=Width.MEDIUM),
    FieldSpec("starts_on", "期間の開始年月日", Kind.DATE, width=Width.MEDIUM, hint="決定・修正のとき。終了年月日は、空欄なら開始から1年になります。"),
    FieldSpec("ends_on", "期間の終了年月日", Kind.DATE, width=Width.MEDIUM, hint="延長は、前の終了日の翌日から1年です。違うときだけ入力します。"),
    FieldSpec("note", "内容", width=Width.FULL, max_length=500),
)
END = (
    FieldSpec("ground", "終了の理由", Kind.RADIO, required=True, choices=tuple(Choice(ground, GROUND_JA[ground]) for ground in Ground)),
    FieldSpec("on", "終了した日", Kind.DATE, required=True, width=Width.MEDIUM),
    FieldSpec("note", "終了を認めた経緯", required=True, width=Width.FULL, max_length=500),
)


STATE_WORDS = {"pending": "送信待ち", "sent": "送信済み・応答待ち", "refused": "拒否", "dead": "送信できず", "withdrawn": "取下げ"}


@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    """Everybody protected, whose period ends first at the top, and the lifts that wait for a second officer."""
    actor = actor_of(request)
    found = list_cases(actor)
    context = {
        "lines": [
            (line, shown_name(line.person.entries) or "（氏名空欄）", BADGES[line.standing.state], STATE_JA[line.standing.state]) for line in found.lines
        ],
        "counts": [(STATE_JA[state], count) for state, count in sorted(found.counts.items())],
        "lifts": waiting_lifts(actor) if actor.may(Permission.SUPPORT_MANAGE) else (),
        "due": sum(line.is_due for line in found.lines),
        "may_manage": actor.may(Permission.SUPPORT_MANAGE),
        **OFFER,
        "untold": [(one, SYSTEM_LABELS.get(one.room, one.room), STATE_WORDS.get(one.state, one.state)) for one in not_acknowledged(actor)],
    }
    return personal_page(request, "residents/support_list.html", context)


@require_http_methods(["GET", "POST"])
@audit.personal
@for_visitor(Permission.SUPPORT_MANAGE)
def new(request: HttpRequest, counter: Counter, public_id: UUID) -> HttpResponse:
    """申出の受付, from the card of the applicant."""
    found = card(counter.actor, public_id)
    members = [one for one in found.household if one.public_id != str(public_id)]
    relations = support_form.relation_specs(members)
    specs = (*support_form.SPECS, *relations)
    if request.method == "GET":
        return _new_page(request, found, members, BoundForm(specs, support_form.opening(found.sheet)))
    form = BoundForm(specs, request.POST).with_missing()
    if form.unknown_names():
        raise BadRequest("a field that the form does not have")
    form, case = _received(counter, found, members, form)
    if case is None:
        return _new_page(request, found, members, form, status=422)
    return go(request, "support", case, say="申出を受け付け、仮支援措置を始めました。証明書を発行する各システムに連携しました。")


def _received(counter: Counter, found: Card, members: Sequence[SheetView], form: BoundForm) -> tuple[BoundForm, UUID | None]:
    together = [one for one in members if form.value(f"with_{one.public_id}") == "yes"]
    companions = tuple(_companion(one, form.value(f"relation_{one.public_id}")) for one in together)
    try:
        form, typed = support_form.read(form, found.sheet.atena_no, companions, ("applied_on", "forwarded_received_on"))
    except ValueError:
        raise BadRequest("a box that the form does not have") from None
    form, opponents = _opponents(form, typed.details)
    if form.has_errors or form.value("standing") not in set(Standing):
        return form, None
    application = commands.Application(
        UUID(found.sheet.public_id), typed.days["applied_on"], Standing(form.value("standing")), typed.asked, typed.details,
        tuple((UUID(one.public_id), form.value(f"relation_{one.public_id}")) for one in together), opponents, form.value("first_municipality"),
        typed.days.get("forwarded_received_on"),
    )  # fmt: skip
    try:
        return form, commands.receive_application(counter.actor, application).public_id
    except CannotDo as refused:
        return form.with_problems([Problem("", refused.message)]), None


def _companion(one: SheetView, relation: str) -> Companion:
    e = one.entries
    return Companion(
        one.atena_no, shown_name(e) or "", kana_of(e), e.foreign_alias or "", e.foreign_alias_kana or "", one.birth_text, e.sex_code or "",
        e.previous_address or "", relation,
    )  # fmt: skip


def _opponents(form: BoundForm, details: Details) -> tuple[BoundForm, tuple[UUID, ...]]:
    """The other side, of those who have the 宛名番号 that was typed."""
    numbers = [one.atena_no for one in details.opponents if one.atena_no]
    known = persons_by_atena_no(numbers)
    faults = [
        Problem(f"opponent{n}_atena_no", "この宛名番号の人は当市の記録にありません。番号を確かめるか、空欄にしてください（標準仕様1.1.16）。")
        for n in support_form.OPPONENTS
        if (typed := form.value(f"opponent{n}_atena_no")) and typed not in known
    ]
    return form.with_problems(faults), tuple(known.values())


def _new_page(request: HttpRequest, found: Card, members: Sequence[SheetView], form: BoundForm, status: int = 200) -> HttpResponse:
    context = {
        "person": found.sheet, "name": shown_name(found.sheet.entries) or "（氏名空欄）", "kana": kana_of(found.sheet.entries), "form": form,
        "groups": support_form.GROUPS, "members": members,
    }  # fmt: skip
    return render(request, "residents/support_new.html", context, status=status)


@require_GET
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """支援措置データベース: one case, for 支援措置責任者 (N-1.1.16-03, N-3.4-03)."""
    return _case_page(request, case_id)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The application written anew."""
    actor = actor_of(request)
    audit.require(actor, Permission.SUPPORT_MANAGE)
    found = get_case(actor, case_id)
    if request.method == "GET":
        form = BoundForm(support_form.DETAIL_SPECS, support_form.typed_of(found.details, found.asked, found.not_needed_told_on))
        return _edit_page(request, found, form)
    form = BoundForm(support_form.DETAIL_SPECS, request.POST).with_missing()
    if form.unknown_names():
        raise BadRequest("a field that the form does not have")
    try:
        form, typed = support_form.read(form, found.details.applicant.atena_no, found.details.companions, ("not_needed_told_on",))
    except ValueError:
        raise BadRequest("a box that the form does not have") from None
    form, opponents = _opponents(form, typed.details)
    if not form.has_errors:
        details = Details(typed.details.applicant, found.details.companions, typed.details.opponents, found.details.agency)
        try:
            commands.write_application(actor, case_id, typed.asked, details, opponents, typed.days.get("not_needed_told_on"))
            return go(request, "support", case_id, say="申出書の記載を直しました。直す前の記載は履歴に残ります。")
        except CannotDo as refused:
            form = form.with_problems([Problem("", refused.message)])
    return _edit_page(request, found, form, status=422)


def _edit_page(request: HttpRequest, found: CaseFound, form: BoundForm, status: int = 200) -> HttpResponse:
    context = {"found": found, "form": form, "groups": support_form.DETAILS, "not_needed": support_form.NOT_NEEDED.name}
    return personal_page(request, "residents/support_edit.html", context, status)


@require_POST
def step(request: HttpRequest, case_id: UUID, public_id: UUID) -> HttpResponse:
    """One step of one protected person."""
    audit.require(actor_of(request), Permission.SUPPORT_MANAGE, (public_id,))
    form = BoundForm(STEP, request.POST).with_missing()
    if form.unknown_names() or form.value("kind") not in {*_BY_HAND, ""}:
        raise BadRequest("a field or step that the form does not have")
    days, faults = {}, []
    for name in ("on", "starts_on", "ends_on"):
        day, fault = support_form.read_day(form.value(name))
        days[name] = day
        faults += [Problem(name, fault)] if fault else []
    form = form.with_problems(faults)
    if form.has_errors or days["on"] is None:
        return _case_page(request, case_id, (public_id, form), status=422)
    kind, starts_on, ends_on = StepKind(form.value("kind")), days["starts_on"], days["ends_on"]
    period = (starts_on, ends_on or last_day(starts_on)) if kind in NEEDS_PERIOD and starts_on else None
    try:
        commands.add_step(actor_of(request), case_id, public_id, commands.StepForm(kind, days["on"], form.value("note"), period))
    except CannotDo as refused:
        return _case_page(request, case_id, (public_id, form.with_problems([Problem("kind", refused.message)])), status=422)
    return go(request, "support", case_id, say=f"{STEP_JA[kind]}を記録しました。")


@require_POST
def end(request: HttpRequest, case_id: UUID, public_id: UUID) -> HttpResponse:
    """終了 of one protected person."""
    audit.require(actor_of(request), Permission.SUPPORT_MANAGE, (public_id,))
    form = BoundForm(END, request.POST).with_missing()
    on, fault = support_form.read_day(form.value("on"))
    form = form.with_problems([Problem("on", fault)] if fault else [])
    if form.unknown_names() or form.value("ground") not in {*Ground, ""}:
        raise BadRequest("a field or ground that the form does not have")
    if form.has_errors or on is None or not form.value("ground"):
        return _case_page(request, case_id, None, (public_id, form), status=422)
    try:
        commands.end(actor_of(request), case_id, public_id, Ground(form.value("ground")), form.value("note"), on)
    except CannotDo as refused:
        return _case_page(request, case_id, None, (public_id, form.with_problems([Problem("ground", refused.message)])), status=422)
    return go(request, "support", case_id, say="支援措置を終了し、抑止の解除を各システムに連携しました。")


@require_POST
def forward(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """転送, or its acknowledgement."""
    audit.require(actor_of(request), Permission.SUPPORT_MANAGE)
    day, fault = support_form.read_day(request.POST.get("on", "").strip())
    try:
        if day is None:
            raise CannotDo(fault or "年月日を入力してください。")
        if number := request.POST.get("forward", ""):
            commands.acknowledge(actor_of(request), case_id, int(number), day)
            return go(request, "support", case_id, say="受領の確認を記録しました。")
        commands.forward(actor_of(request), case_id, request.POST.get("destination", ""), day)
    except CannotDo as refused:
        return go(request, "support", case_id, say=refused.message, level="error")
    except ValueError:
        raise BadRequest("no such forward") from None
    return go(request, "support", case_id, say="転送を記録しました。")


@require_POST
def decide(request: HttpRequest, lift_id: UUID) -> HttpResponse:
    """A second officer's word on a temporary lift."""
    try:
        lift = block_commands.decide_lift(actor_of(request), lift_id, approved="approve" in request.POST)
    except CannotDo as refused:
        return go(request, "supports", say=refused.message, level="error")
    return go(request, "supports", say=f"{clock.jst(lift.until):%H:%M}まで一時解除しました。" if lift.until else "申請を却下しました。")


def _case_page(
    request: HttpRequest, case_id: UUID, stepping: tuple[UUID, BoundForm] | None = None, ending: tuple[UUID, BoundForm] | None = None, status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    found = get_case(actor, case_id)
    today = wareki_text(clock.today())

    def form_of(specs: tuple[FieldSpec, ...], kept: tuple[UUID, BoundForm] | None, person: SheetView, start: dict[str, str]) -> BoundForm:
        return kept[1] if kept is not None and str(kept[0]) == person.public_id else BoundForm(specs, start)

    subjects = [
        (
            one, shown_name(one.person.entries) or "（氏名空欄）", BADGES[one.standing.state], STATE_JA[one.standing.state],
            form_of(STEP, stepping, one.person, {"on": today}), form_of(END, ending, one.person, {"on": today}),
            extendable_from(one.standing.until) if one.standing.until and one.standing.protects else None,
            PAPER_NAMES.get(letter_of([step_of(taken) for taken in one.steps]) or "", ""),
        )
        for one in found.subjects
    ]  # fmt: skip
    words = {"step": STEP_JA, "ground": GROUND_JA, "standing": STANDING_JA, "affair": AFFAIR_JA, "place": PLACE_JA}
    context = {
        "found": found, "subjects": subjects, "words": words, "may_manage": actor.may(Permission.SUPPORT_MANAGE), "narrowed": is_narrowed(found.asked),
        "kinds": PAPER_NAMES, **OFFER,
    }  # fmt: skip
    return personal_page(request, "residents/support.html", context, status)


_CASE = "support/<uuid:case_id>/"
ROUTES = [
    path("support/", cases, name="supports"),
    path("person/<uuid:public_id>/support/", new, name="support_new"),
    path(_CASE, case, name="support"),
    path(f"{_CASE}edit/", edit, name="support_edit"),
    path(f"{_CASE}forward/", forward, name="support_forward"),
    path(f"{_CASE}step/<uuid:public_id>/", step, name="support_step"),
    path(f"{_CASE}end/<uuid:public_id>/", end, name="support_end"),
    path("support/lifts/<uuid:lift_id>/", decide, name="support_lift"),
]
