"""抑止の画面 — what is blocked for a person or their household: set, changed, released, lifted for a while. 標準仕様3.1."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daicho import audit, city, clock
from daicho.residents.commands import blocks as commands
from daicho.residents.errors import CannotDo
from daicho.residents.permissions import Permission
from daicho.residents.queries.block_page import BlockFound, BlockPage, block_page
from daicho.residents.rules.blocks import KIND_JA, PROCESS_JA, SET_BY_OFFICERS, STRENGTH_JA, BlockKind, Process, Strength, Term
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.screens.answers import go
from daicho.residents.screens.counter import Counter
from daicho.residents.screens.for_visitor import for_visitor
from daicho.residents.screens.search import kana_of
from daicho.ui.dates import wareki_text
from daicho.ui.forms import BoundForm, Choice, FieldGroup, FieldSpec, Kind, Problem, Width
from daicho.values.dates import BadDate, JapaneseDate

_STRENGTHS = tuple(Choice(strength, STRENGTH_JA[strength]) for strength in Strength)
_KIND = FieldSpec("kind", "種別", Kind.SELECT, required=True, choices=tuple(Choice(kind, KIND_JA[kind]) for kind in SET_BY_OFFICERS))
_WHOLE = FieldSpec("whole_household", "世帯全員を抑止する", Kind.CHECKBOX, hint="世帯に後から入った人も抑止します。")
_REASON = FieldSpec("reason", "理由", required=True, width=Width.FULL, max_length=300, hint="処理が抑止された職員に、この理由が表示されます。")


def _group(process: Process) -> FieldGroup:
    return FieldGroup(
        process,
        PROCESS_JA[process],
        (
            FieldSpec(f"strength_{process}", f"{PROCESS_JA[process]}の水準", Kind.RADIO, choices=_STRENGTHS),
            FieldSpec(f"starts_{process}", "開始日", Kind.DATE, required=True, width=Width.MEDIUM),
            FieldSpec(f"ends_{process}", "終了日", Kind.DATE, width=Width.MEDIUM, hint="過ぎても自動では終わりません。職員が解除します。"),
        ),
        _NOTES.get(process, ""),
    )


_NOTES = {Process.INQUIRY: "エラーにすると、見る権限のない職員の検索・照会には、この人がいないものとして扱われます。"}
TERMS = tuple(_group(process) for process in Process)
SPECS = (_KIND, _WHOLE, _REASON, *(spec for group in TERMS for spec in group.fields))
_TERM_SPECS = tuple(spec for group in TERMS for spec in group.fields)


@require_GET
@audit.personal
@for_visitor((Permission.BLOCK_SET, Permission.BLOCK_LIFT))
def blocks(request: HttpRequest, counter: Counter, public_id: UUID) -> HttpResponse:
    """Every block of the person and the household, those that stand first."""
    found = block_page(counter.actor, public_id)
    context = {
        **_head(found),
        "blocks": found.blocks,
        "words": {"kind": KIND_JA, "process": PROCESS_JA, "strength": STRENGTH_JA},
        "may_set": counter.actor.may(Permission.BLOCK_SET),
        "may_lift": counter.actor.may(Permission.BLOCK_LIFT),
        "minutes": city.setting("block_lift_minutes", clock.today()),
        "now": clock.now(),
    }
    return render(request, "residents/blocks.html", context)


@require_http_methods(["GET", "POST"])
@audit.personal
@for_visitor(Permission.BLOCK_SET)
def new(request: HttpRequest, counter: Counter, public_id: UUID) -> HttpResponse:
    """A new block, of the person or of the household."""
    form = BoundForm(SPECS, _fresh())
    if request.method == "GET":
        return _form_page(request, block_page(counter.actor, public_id), form)
    form, terms = _read(BoundForm(SPECS, request.POST).with_missing())
    if form.unknown_names() or form.value("kind") not in {*SET_BY_OFFICERS, ""}:
        return HttpResponseBadRequest()
    if not form.has_errors:
        wanted = commands.BlockForm(BlockKind(form.value("kind")), form.value("reason"), terms, form.value("whole_household") == "yes")
        form = _tried(form, lambda: commands.set_block(counter.actor, public_id, wanted))
    if form.has_errors:
        return _form_page(request, block_page(counter.actor, public_id), form, status=422)
    return go(request, "blocks", public_id, say="抑止を設定し、証明書を発行する各システムに連携しました。")


@require_http_methods(["GET", "POST"])
@audit.personal
@for_visitor(Permission.BLOCK_SET)
def change(request: HttpRequest, counter: Counter, public_id: UUID, block_id: UUID) -> HttpResponse:
    """Other processes, strengths or days of a block that stands."""
    page = block_page(counter.actor, public_id)
    found = next((one for one in page.blocks if one.block.public_id == block_id and one.stands), None)
    if found is None:
        return go(request, "blocks", public_id, say="この抑止は、もう解除されています。", level="error")
    if request.method == "GET":
        typed = _typed({term.process: (term.strength, term.starts_on, term.ends_on) for term in found.terms})
        return _form_page(request, page, BoundForm(_TERM_SPECS, {**_fresh(), **typed}), found)
    form, terms = _read(BoundForm(_TERM_SPECS, request.POST).with_missing())
    if form.unknown_names():
        return HttpResponseBadRequest()
    if not form.has_errors:
        form = _tried(form, lambda: commands.change_block(counter.actor, block_id, terms))
    if form.has_errors:
        return _form_page(request, page, form, found, status=422)
    return go(request, "blocks", public_id, say="抑止の内容を変更し、連携しました。変更前の内容は履歴に残ります。")


def _tried(form: BoundForm, command: Callable[[], object]) -> BoundForm:
    """The form with what the command refused, at its fields."""
    try:
        command()
    except commands.NotAsTyped as refused:
        return form.with_problems(Problem(field, message) for field, message in refused.faults)
    except CannotDo as refused:
        return form.with_problems([Problem("", refused.message)])
    return form


@require_POST
@for_visitor(Permission.BLOCK_SET)
def release(request: HttpRequest, counter: Counter, public_id: UUID, block_id: UUID) -> HttpResponse:
    """本解除."""
    try:
        commands.release_block(counter.actor, block_id, request.POST.get("reason", ""))
    except CannotDo as refused:
        return go(request, "blocks", public_id, say=refused.message, level="error")
    return go(request, "blocks", public_id, say="抑止を解除し、連携しました。")


@require_POST
@for_visitor(Permission.BLOCK_LIFT)
def lift(request: HttpRequest, counter: Counter, public_id: UUID, block_id: UUID) -> HttpResponse:
    """一時解除, told to nobody else."""
    try:
        lifted = commands.lift_block(counter.actor, block_id, request.POST.get("reason", ""))
    except CannotDo as refused:
        return go(request, "blocks", public_id, say=refused.message, level="error")
    assert lifted.until is not None
    return go(request, "blocks", public_id, say=f"{clock.jst(lifted.until):%H:%M}まで一時解除しました。その後は自動で抑止に戻ります。")


@require_POST
@for_visitor(Permission.BLOCK_LIFT)
def ask_lift(request: HttpRequest, counter: Counter, public_id: UUID, block_id: UUID) -> HttpResponse:
    """Of 支援措置: for this visitor, to be approved by a second officer."""
    assert counter.visit is not None
    try:
        commands.ask_lift(counter.actor, counter.visit, block_id, request.POST.get("reason", ""), request.POST.get("identity_check", ""))
    except CannotDo as refused:
        return go(request, "blocks", public_id, say=refused.message, level="error")
    return go(request, "blocks", public_id, say="一時解除を申請しました。別の職員が承認すると、この受付に限り処理できます。", level="info")


def _head(found: BlockPage) -> dict[str, object]:
    entries = found.person.entries
    return {"person": found.person, "name": shown_name(entries) or "（氏名空欄）", "kana": kana_of(entries)}


def _form_page(request: HttpRequest, page: BlockPage, form: BoundForm, changing: BlockFound | None = None, status: int = 200) -> HttpResponse:
    context = {**_head(page), "form": form, "terms": TERMS, "changing": changing, "kinds": KIND_JA}
    return render(request, "residents/block_form.html", context, status=status)


def _fresh() -> dict[str, str]:
    """A new block stops certificates and warns of everything else; nothing is hidden until somebody says so."""
    today = clock.today()
    strengths = {Process.FILING: Strength.ALERT, Process.CERTIFICATE: Strength.ERROR, Process.INQUIRY: Strength.NONE, Process.BROWSING: Strength.ERROR}
    return _typed({process: (strength, today, None) for process, strength in strengths.items()})


def _typed(terms: Mapping[str, tuple[str, date, date | None]]) -> dict[str, str]:
    typed: dict[str, str] = {}
    for process, (strength, starts_on, ends_on) in terms.items():
        typed |= {f"strength_{process}": strength, f"starts_{process}": wareki_text(starts_on), f"ends_{process}": wareki_text(ends_on) if ends_on else ""}
    return typed


def _read(form: BoundForm) -> tuple[BoundForm, tuple[Term, ...]]:
    """The terms as typed, with every fault at its field."""
    faults: list[Problem] = []
    terms = []
    for process in Process:
        strength, starts_on, ends_on = form.value(f"strength_{process}"), *(_day(form, f"{name}_{process}", faults) for name in ("starts", "ends"))
        if strength not in set(Strength):
            faults.append(Problem(f"strength_{process}", "水準を選んでください（標準仕様3.1）。"))
        elif starts_on is not None:
            terms.append(Term(process, Strength(strength), starts_on, ends_on))
    return form.with_problems(faults), tuple(terms)


def _day(form: BoundForm, name: str, faults: list[Problem]) -> date | None:
    text = form.value(name)
    if not text:
        return None
    try:
        day = JapaneseDate.parse(text)
    except BadDate as bad:
        faults.append(Problem(name, str(bad)))
        return None
    if not day.is_calendar:
        faults.append(Problem(name, "暦にある年月日を入力してください（標準仕様3.1）。"))
        return None
    return day.first


_BLOCK = "person/<uuid:public_id>/blocks/<uuid:block_id>/"
ROUTES = [
    path("person/<uuid:public_id>/blocks/", blocks, name="blocks"),
    path("person/<uuid:public_id>/blocks/new/", new, name="block_new"),
    path(_BLOCK, change, name="block_change"),
    path(f"{_BLOCK}release/", release, name="block_release"),
    path(f"{_BLOCK}lift/", lift, name="block_lift"),
    path(f"{_BLOCK}ask-lift/", ask_lift, name="block_ask_lift"),
]
