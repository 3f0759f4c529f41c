"""交付請求の画面 — one request: what it says and lacks, whose sheets it is about, its money, its steps, and the officer's decision. 住民基本台帳法第12条–第12条の3; domain §7."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from daicho import audit, city, clock
from daicho.residents.commands import application_decisions
from daicho.residents.commands import applications as commands
from daicho.residents.commands.application_letters import put_out_refusal
from daicho.residents.errors import CannotDo
from daicho.residents.permissions import Permission, may_know
from daicho.residents.queries.applications import ApplicationFound, get_application, is_in_hand
from daicho.residents.queries.current import CurrentRow
from daicho.residents.queries.search import Hit, search
from daicho.residents.rules.application_allowed import BY_LIST, Allowed
from daicho.residents.rules.application_states import CLOSED, STATE_JA, STEP_JA, State, StepKind
from daicho.residents.rules.applications import BEARER_LINKS, CLAIMS, GROUND_JA, OWN_STANDINGS, PROFESSIONS, RETURN_CHECKS, WAY_JA, Ground, Way
from daicho.residents.rules.birth import birth_text
from daicho.residents.rules.money_orders import MoneyOrder
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.representation import AUTHORITIES
from daicho.residents.rules.search_keys import SearchForm, read_search
from daicho.residents.rules.visits import DOCUMENT_WORDS
from daicho.residents.rules.vocabulary import word
from daicho.residents.screens.answers import go, personal_page
from daicho.residents.screens.application_form import KINDS, SHOWN, remissions_today
from daicho.residents.screens.applications import BADGES
from daicho.residents.screens.counter import at_counter
from daicho.residents.screens.letters_out import OFFER, answer_letters
from daicho.residents.screens.refusal_text import refusal_text
from daicho.residents.screens.support_form import read_day
from daicho.residents.screens.warnings import short_blocks
from daicho.staff.queries import actor_of
from daicho.ui.dates import wareki_text
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem, Width

STEP = (
    FieldSpec("kind", "処理", Kind.SELECT, required=True, choices=tuple(Choice(kind, STEP_JA[kind]) for kind in StepKind)),
    FieldSpec("done_on", "処理した日", Kind.DATE, required=True, width=Width.MEDIUM),
    FieldSpec("due_on", "回答の期限", Kind.DATE, width=Width.MEDIUM, hint="照会・催促のとき。空欄なら市の設定の日数です。"),
    FieldSpec("note", "内容", required=True, width=Width.FULL, max_length=500, hint="照会した事項と方法、発送した物と方法、返戻の理由など"),
)
ORDER = (
    FieldSpec("order_number", "記号番号", required=True, width=Width.MEDIUM, max_length=40, letters="latin"),
    FieldSpec("order_amount", "金額", required=True, width=Width.SHORT, max_length=5, letters="digits", unit="円"),
    FieldSpec("order_issued_on", "発行日", Kind.DATE, width=Width.MEDIUM),
)
CANDIDATE = (
    FieldSpec("place", "何人目", Kind.NUMBER, required=True, width=Width.TINY),
    FieldSpec("name", "氏名", Kind.NAME, max_length=100),
    FieldSpec("birth", "生年月日", width=Width.MEDIUM, max_length=40),
    FieldSpec("atena_no", "宛名番号", width=Width.MEDIUM, letters="digits", max_length=20),
)
Forms = Mapping[str, BoundForm]


@require_GET
def application(request: HttpRequest, application_id: UUID) -> HttpResponse:
    return _page(request, application_id)


@require_POST
def step(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """A step of the request, or the page again with what stands in its way."""
    form = BoundForm(STEP, request.POST).with_missing()
    days, form = _days(form, "done_on", "due_on")
    if form.unknown_names() or form.value("kind") not in {*StepKind, ""}:
        raise BadRequest("a field or step that the form does not have")
    if not form.has_errors and days["done_on"] is not None:
        try:
            commands.add_step(actor_of(request), application_id, commands.StepForm(form.value("kind"), days["done_on"], form.value("note"), days["due_on"]))
            return go(request, "application", application_id, say=f"{STEP_JA[StepKind(form.value('kind'))]}ことを記録しました。")
        except CannotDo as refused:
            form = form.with_problems([Problem("kind", refused.message)])
    return _page(request, application_id, {"step": form}, status=422)


@require_POST
def order(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """定額小為替 that came, or went back (`back`: its number)."""
    actor = actor_of(request)
    try:
        if number := request.POST.get("back", ""):
            commands.return_order(actor, application_id, number)
            return go(request, "application", application_id, say="定額小為替を返したことを記録しました。")
        form = BoundForm(ORDER, request.POST).with_missing()
        days, form = _days(form, "order_issued_on")
        if form.has_errors:
            return _page(request, application_id, {"order": form}, status=422)
        amount = form.value("order_amount")
        commands.add_order(actor, application_id, MoneyOrder(form.value("order_number"), int(amount) if amount.isdecimal() else 0, days["order_issued_on"]))
    except commands.NotReceived as refused:
        return _page(request, application_id, {"order": form.with_problems(Problem(*each) for each in refused.reasons)}, status=422)
    except CannotDo as refused:
        return go(request, "application", application_id, say=refused.message, level="error")
    return go(request, "application", application_id, say="定額小為替を記録しました。")


@require_POST
def take(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """処理を始める."""
    try:
        visit = commands.take_in_hand(actor_of(request), application_id)
    except CannotDo as refused:
        return go(request, "application", application_id, say=refused.message, level="error")
    return go(request, "application", application_id, say=f"受付{visit.visit_no}で、この請求の処理を始めました。")


@require_POST
def candidates(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Who of the register may be meant by one of the names, searched for under the 受付 of this request."""
    counter = at_counter(request)
    audit.require(counter.actor, Permission.CERTIFICATE_ISSUE)
    form = BoundForm(CANDIDATE, request.POST).with_overlong()
    if form.unknown_names() or not form.value("place").isdecimal():
        raise BadRequest("a field that the form does not have")
    if counter.visit is None or counter.visit.application is None or counter.visit.application.public_id != application_id:
        return go(request, "application", application_id, say="先に「処理を始める」を押してください。", level="warning")
    keys, problems = read_search(SearchForm(name=form.value("name"), birth=form.value("birth"), atena_no=form.value("atena_no")))
    if problems:
        return _page(request, application_id, {"candidate": form.with_problems(Problem(*each) for each in problems)}, status=422)
    found = search(counter.actor, keys)
    return _page(request, application_id, {"candidate": form}, hits=found.hits)


@require_POST
def match(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """One of those found is whom the request names."""
    audit.require(actor_of(request), Permission.CERTIFICATE_ISSUE)
    try:
        place, person = int(request.POST.get("place", "")), UUID(request.POST.get("person", ""))
    except ValueError:
        raise BadRequest("no place or person") from None
    try:
        commands.match(actor_of(request), application_id, place, person)
    except CannotDo as refused:
        return go(request, "application", application_id, say=refused.message, level="error")
    return go(request, "application", application_id, say=f"{place}人目の対象者の住民票を確かめました。")


@require_POST
def refusal(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """不交付決定通知書, to who asked."""
    actor = at_counter(request).actor
    audit.require(actor, Permission.CERTIFICATE_ISSUE)
    return answer_letters(request, lambda click: put_out_refusal(actor, application_id, click), ("application", application_id), "refusal.pdf")


@require_POST
def decide(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """審査の結果: approved within the request, or refused."""
    actor = actor_of(request)
    permission = Permission.APPLICATION_EXAMINE if actor.may(Permission.APPLICATION_EXAMINE) else Permission.CERTIFICATE_ISSUE
    found = get_application(actor, application_id, permission)
    specs = _decision_specs(found)
    form = BoundForm(specs, request.POST)
    days, form = _days(form.with_overlong(), "valid_until")
    approved = form.value("approved")
    if form.unknown_names() or approved not in ("yes", "no", ""):
        raise BadRequest("a field that the form does not have")
    if not approved:
        form = form.with_problems([Problem("approved", "交付を認めるか、認めないかを選んでください。")])
    if form.has_errors:
        return _page(request, application_id, {"decision": form}, status=422)
    given = _given(form, found, days["valid_until"]) if approved == "yes" else None
    try:
        application_decisions.decide(actor, application_id, application_decisions.Decision(given, form.value("reason"), request.POST.get("is_safe") == "yes"))
    except commands.NotReceived as refused:
        return _page(request, application_id, {"decision": form.with_problems(Problem(*each) for each in refused.reasons)}, status=422)
    except CannotDo as refused:
        return _page(request, application_id, {"decision": form.with_problems([Problem("", refused.message)])}, status=422)
    return go(request, "application", application_id, say="交付を認めました。" if given else "不交付を決定しました。")


def _given(form: BoundForm, found: ApplicationFound, until: date | None) -> Allowed:
    copies = {line.kind: form.value(f"copies_{line.kind}") for line in found.rows.stated.lines}
    return Allowed(
        frozenset(form.cleaned_values("people")), {kind: int(text) if text.isdecimal() else 0 for kind, text in copies.items()},
        frozenset(form.cleaned_values("shown") if found.rows.stated.shown else ()), until or clock.today(),
    )  # fmt: skip


def _days(form: BoundForm, *names: str) -> tuple[dict[str, date | None], BoundForm]:
    days, faults = {}, []
    for name in names:
        days[name], fault = read_day(form.value(name))
        faults += [Problem(name, fault)] if fault else []
    return days, form.with_problems(faults)


def _decision_specs(found: ApplicationFound) -> tuple[FieldSpec, ...]:
    stated = found.rows.stated
    people = tuple(Choice(str(key), _name(row), birth_text(row.entries)) for key, row in found.people.items())
    people = ((Choice(BY_LIST, "添付の一覧の人"),) if stated.names_by_list else ()) + people
    copies = tuple(
        FieldSpec(f"copies_{line.kind}", f"{KINDS.get(line.kind, line.kind)}の通数", width=Width.TINY, letters="digits", max_length=5, unit="通")
        for line in stated.lines
    )
    shown = (FieldSpec("shown", "認める記載事項", Kind.CHECKBOXES, choices=tuple(Choice(code, SHOWN.get(code, code)) for code in stated.shown)),)
    safe = (FieldSpec("is_safe", "請求者が本人であること、又は住所が相手方に伝わらないことを確かめた", Kind.CHECKBOX),)
    return (
        FieldSpec("approved", "審査の結果", Kind.RADIO, choices=(Choice("yes", "交付を認める"), Choice("no", "認めない（不交付）"))),
        FieldSpec("people", "交付を認める人", Kind.CHECKBOXES, choices=people),
        *copies,
        *(shown if stated.shown else ()),
        FieldSpec("valid_until", "交付の期限", Kind.DATE, width=Width.MEDIUM),
        *(safe if any(each.blocks for each in found.named) else ()),
        FieldSpec("reason", "審査の理由", required=True, width=Width.FULL, max_length=500),
    )  # fmt: skip


def _opening(found: ApplicationFound) -> dict[str, str | list[str]]:
    """The decision as the request asks for it."""
    until = clock.today() + timedelta(int(city.setting("application_valid_days", clock.today())))
    copies = {f"copies_{line.kind}": str(line.copies) for line in found.rows.stated.lines}
    people = [*([BY_LIST] if found.rows.stated.names_by_list else []), *(str(key) for key in found.people)]
    return {"people": people, "shown": list(found.rows.stated.shown), "valid_until": wareki_text(until), **copies}


def _name(row: CurrentRow) -> str:
    return shown_name(row.entries) or "（氏名空欄）"


def _page(request: HttpRequest, application_id: UUID, forms: Forms | None = None, hits: tuple[Hit, ...] = (), status: int = 200) -> HttpResponse:
    counter, forms = at_counter(request), forms or {}
    found = get_application(counter.actor, application_id)
    rows, state, today = found.rows, found.standing.state, wareki_text(clock.today())
    why_not = application_decisions.may_decide(counter.actor, rows, found.named) if may_know(counter.actor) else "-"
    open_state = state not in CLOSED and rows.decision is None
    context = {
        "found": found, "rows": rows, "stated": rows.stated, "badge_kind": BADGES[state], "state": STATE_JA[state], "facts": _facts(found),
        "words": {"ground": GROUND_JA, "way": WAY_JA, "step": STEP_JA, "kinds": KINDS, "shown": SHOWN},
        "named": {each.place: (each, _name(each.row), short_blocks([(block, None) for block in each.blocks])) for each in found.named},
        "step_form": forms.get("step") or BoundForm(STEP, {"done_on": today}), "order_form": forms.get("order") or BoundForm(ORDER, {}),
        "candidate_form": forms.get("candidate") or BoundForm(CANDIDATE, {}), "hits": [(hit, shown_name(hit.entries) or "（氏名空欄）", birth_text(hit.entries)) for hit in hits],
        "decision_form": forms.get("decision") or BoundForm(_decision_specs(found), _opening(found)),
        "may_decide": not why_not and (state is State.EXPIRED or open_state), "why_not": why_not if may_know(counter.actor) and open_state else "",
        "may_approve": state in (State.EXAMINING, State.EXPIRED), "may_edit": open_state, "goes_on": state not in CLOSED,
        "in_hand": is_in_hand(found, counter.visit), "may_take": counter.actor.may(Permission.CERTIFICATE_ISSUE) and state not in CLOSED,
        "may_bulk": rows.stated.names_by_list and rows.allowed is not None and is_in_hand(found, counter.visit) and counter.actor.may(Permission.BULK_ISSUE),
        "may_see": may_know(counter.actor), "is_mail": rows.row.way == Way.MAIL, "refusal_text": refusal_text(rows) if state is State.REFUSED else "",
        **OFFER,
    }  # fmt: skip
    return personal_page(request, "residents/application.html", context, status)


def _facts(found: ApplicationFound) -> list[tuple[str, str]]:
    """What the paper says, in the order of the form; what it does not say is left out."""
    s = found.rows.stated
    exemption = next((one.text for one in remissions_today() if one.code == s.exemption), s.exemption)
    said = [
        ("資格", word(OWN_STANDINGS, s.standing) if s.ground == Ground.OWN and s.standing else word(PROFESSIONS, s.profession) if s.profession else ""),
        ("統一用紙の番号", s.form_no), ("機関・法人・事務所の名称", s.organisation), ("代表者", s.representative), ("氏名", s.requester_name),
        ("住所・所在地", s.requester_address), ("電話番号", s.telephone),
        ("請求の任に当たっている者", "　".join(part for part in (s.bearer_title, s.bearer_name, s.bearer_address) if part)),
        ("その権限を示す書類", word(BEARER_LINKS, s.bearer_link) if s.bearer_link else ""),
        ("本人確認書類", "、".join(word(DOCUMENT_WORDS, each) for each in s.identity)),
        ("代理の権限", "　".join((word(AUTHORITIES, s.authority), s.authority_note)) if s.authority else ""),
        ("根拠となる法令", s.law), ("申出の理由の区分", word(CLAIMS, s.claim) if s.claim else ""), ("利用の目的・理由", s.purpose),
        ("請求事由", "事務の性質上、明らかにできない" if s.is_withheld else ""), ("理由を示す資料", s.evidence), ("受任の業務", s.task),
        ("紛争処理の代理業務", "はい" if s.is_dispute else ""), ("依頼者", s.client), ("基礎証明事項のほかが必要な理由", s.beyond_basic),
        ("対象者", "添付の一覧による" if s.names_by_list else ""), ("手数料の免除", exemption), ("返送先", s.return_to), ("返送先の確認", word(RETURN_CHECKS, s.return_check) if s.return_check else ""),
        ("ほかの場所へ返送する理由", s.return_note), ("返信用の封筒・切手", "ある" if s.has_envelope else ""),
    ]  # fmt: skip
    return [each for each in said if each[1]]


_ONE = "applications/<uuid:application_id>/"
ROUTES = [
    path(_ONE, application, name="application"),
    path(f"{_ONE}step/", step, name="application_step"),
    path(f"{_ONE}money/", order, name="application_money"),
    path(f"{_ONE}take/", take, name="application_take"),
    path(f"{_ONE}candidates/", candidates, name="application_candidates"),
    path(f"{_ONE}match/", match, name="application_match"),
    path(f"{_ONE}decide/", decide, name="application_decide"),
    path(f"{_ONE}refusal/", refusal, name="application_refusal"),
]
