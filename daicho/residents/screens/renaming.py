"""住所の一括変更 — the cases, a new one by rule or file, its before and after, and what each officer does with it. std 9.7; N-4.2.3.2-03…-07."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_POST

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.certificates.papers import PAPER_NAMES
from daicho.residents.commands import renaming
from daicho.residents.commands.letters import MOST
from daicho.residents.errors import CannotDo, HasProblems
from daicho.residents.models import Renaming
from daicho.residents.models.renaming import LineState
from daicho.residents.permissions import Permission
from daicho.residents.queries.renamings import Opened, Person, get_renaming, list_renamings
from daicho.residents.rules.identity_info import address_in_full
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.renaming import KINDS
from daicho.residents.rules.renaming_order import OF_ADDRESS, OF_DOMICILE
from daicho.residents.screens.answers import go, personal_page
from daicho.residents.screens.counter import at_counter
from daicho.residents.screens.letters_out import OFFER
from daicho.ui.forms import BoundForm, Choice, FieldGroup, FieldSpec, Kind, Width

STATES = {"staged": "waiting", "examined": "info", "done": "success", "dropped": "neutral", "cancel_asked": "warning", "cancelling": "info",
          "cancelled": "neutral"}  # fmt: skip
LINES = {"staged": "waiting", "held": "warning", "left": "error", "done": "success", "cancelled": "neutral", "stands": "error"}
MOST_PROBLEMS = 200
PRINTED = 5_000


def _groups() -> tuple[FieldGroup, ...]:
    towns = reverse("ui:candidates", args=["towns"])
    kinds = tuple(Choice(kind.value, ja) for kind, ja in KINDS)
    return (
        FieldGroup("case", "一括変更", (
            FieldSpec("title", "件名", required=True, hint="例　花園地区の住居表示の実施", max_length=60),
            FieldSpec("kind", "変更の種類", Kind.SELECT, required=True, choices=kinds),
            FieldSpec("effective_on", "実施日", Kind.DATE, required=True, hint="これからの日も入力できます。その日の初めに本処理されます。", width=Width.MEDIUM),
            FieldSpec("ground", "根拠", required=True, hint="告示の番号など。例　令和8年小樽市告示第12号", max_length=200),
            FieldSpec("source", "変更の指示", Kind.RADIO, required=True, choices=(Choice("rule", "規則で指定する"), Choice("file", "CSVで指定する"))),
        )),
        FieldGroup("rule", "規則で指定するとき", (
            FieldSpec("old", "変更前", Kind.ADDRESS, hint="町字（丁目まで）又は番地まで。それより後ろの番地・号はそのまま残ります。", candidates_url=towns),
            FieldSpec("new", "変更後", Kind.ADDRESS, hint="方書だけの変更では空欄", candidates_url=towns),
            FieldSpec("first_lot", "番地の範囲（から）", letters="digits", width=Width.TINY, max_length=6),
            FieldSpec("last_lot", "番地の範囲（まで）", letters="digits", width=Width.TINY, max_length=6),
            FieldSpec("old_building", "変更前の方書", hint="建物の名称、又は賃貸人（○○方）。部屋番号はそのまま残ります。", max_length=100),
            FieldSpec("new_building", "変更後の方書", max_length=100),
            FieldSpec("postal_code", "変更後の郵便番号", hint="空欄なら変わりません。", letters="digits", width=Width.SHORT, max_length=8),
        ), note="その場所に住む全員が対象です。"),
        FieldGroup("file", "CSVで指定するとき", (
            FieldSpec("file", "CSVのファイル", Kind.FILE, hint=f"1行目は列の名前。住所は「{'」「'.join(OF_ADDRESS)}」から使う列、本籍は「{'」「'.join(OF_DOMICILE)}」"),
        ), note="世帯番号も宛名番号もない行は、変更前の住所に住む全員が対象です。方書の列を置かなければ、方書は変わりません。"),
    )  # fmt: skip


@require_GET
def renamings(request: HttpRequest) -> HttpResponse:
    """The cases, newest first. Two statements of its own; nobody is named."""
    rows = [(one, STATES[one.row.state]) for one in list_renamings(at_counter(request).actor)]
    return render(request, "residents/renamings.html", {"rows": rows})


@require_GET
def new(request: HttpRequest) -> HttpResponse:
    audit.require(at_counter(request).actor, Permission.RENAMING_MANAGE)
    return _form(request, BoundForm.of_groups(_groups(), {"source": "rule"}), [])


@require_POST
def prepare(request: HttpRequest) -> HttpResponse:
    """抽出・仮処理. With any problem nothing is made: the form comes back as typed, and every line of the file that is wrong is named."""
    actor = at_counter(request).actor
    audit.require(actor, Permission.RENAMING_MANAGE)
    form = BoundForm.of_groups(_groups(), request.POST).with_overlong()
    typed = {spec.name: form.value(spec.name) for spec in form.specs if spec.kind is not Kind.FILE}
    given = request.FILES.get("file")
    if form.has_errors:
        return _form(request, form, [], status=422)
    try:
        row = renaming.prepare(actor, typed, given.read() if given else None)
    except HasProblems as wrong:
        of_lines = [one for one in wrong.problems if one.member is not None]
        again = [problem("Q028", "file", lines=len(of_lines))] if of_lines else []
        form = form.with_problems([*(one for one in wrong.problems if one.member is None), *again])
        return _form(request, form, of_lines, status=422)
    return go(request, "renaming", row.public_id, say="抽出し、仮処理しました。変更前と変更後を確認してください。")


def _form(request: HttpRequest, form: BoundForm, of_lines: list[Problem], status: int = 200) -> HttpResponse:
    context = {"form": form, "groups": _groups(), "of_lines": of_lines[:MOST_PROBLEMS], "more": len(of_lines) > MOST_PROBLEMS}
    return render(request, "residents/renaming_new.html", context, status=status)


@dataclass(frozen=True)
class Line:
    """One resident of a case as drawn."""

    person: Person
    name: str
    before: str
    after: str
    badge: str

    @property
    def state(self) -> str:
        return LineState(self.person.line.state).label


@require_GET
def case(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A case: what it asks for, how many are in each state, before and after of a page of them, and what met nobody. `print`: all on one page."""
    actor = at_counter(request).actor
    printed = "print" in request.GET
    state = request.GET.get("state", "")
    state = state if state in LineState.values else ""
    number = request.GET.get("page", "")
    page = max(1, int(number)) if number.isascii() and number.isdecimal() and len(number) < 7 else 1
    found = get_renaming(actor, public_id, state=state, page=page, size=PRINTED if printed else None)
    context = {
        "row": found.row,
        "badge_kind": STATES[found.row.state],
        "counts": [(value, label, LINES[value], found.counts[value]) for value, label in LineState.choices if found.counts.get(value)],
        "total": sum(found.counts.values()),
        "lines": [_line(found.row, one) for one in found.people],
        "unmet": found.unmet,
        "state": state,
        "page": page,
        "pages": found.pages,
        "printed": printed,
        "acts": _acts(actor, found),
        "waiting": found.waiting,
        "mark": renaming.mark(found.row),
        "is_due": found.row.effective_on <= clock.today(),
        "letters": _letters(found),
        "kinds": PAPER_NAMES,
        **OFFER,
    }
    return personal_page(request, "residents/renaming.html", context)


def _letters(found: Opened) -> Mapping[str, object]:
    """What the page says of letters: whether they can be put out now, in how many piles, and what was (N-9.7-04)."""
    ahead, done = found.row.state in ("staged", "examined"), found.row.state == "done"
    return {"can": ahead or done, "ahead": ahead, "parts": -(-found.households // MOST), "households": found.households, "told": found.letters}


def _line(row: Renaming, one: Person) -> Line:
    return Line(one, shown_name(one.entries) or "（氏名空欄）", _text(one, one.line.before), _text(one, one.line.after), LINES[one.line.state])


def _text(one: Person, said: Mapping[str, str | None]) -> str:
    """An address as it is read, with what of it changes; of a 本籍 that alone."""
    if "registered_domicile" in said:
        return said["registered_domicile"] or ""
    address = said.get("address", one.entries.address)
    text = address_in_full(address, said.get("address_building", one.entries.address_building))
    postal = said.get("address_postal_code")
    return f"〒{postal[:3]}-{postal[3:]}　{text}" if postal else text


def _acts(actor: Actor, found: Opened) -> frozenset[str]:
    """What this officer may do with a case now; nobody examines what they entered (F-1-02)."""
    row, mine = found.row, found.row.entered_by_id_no == actor.account_id
    acts = {
        "staged": {"stage", "drop"} | ({"examine"} if not mine and found.waiting else set()),
        "examined": {"refresh"} | (set() if found.counts.get("done") else {"drop"}),
        "done": {"cancel"} if found.counts.get("done") else set(),
        "cancel_asked": {"keep"} | ({"examine_cancel"} if row.cancel_asked_by_id_no != actor.account_id else set()),
        "cancelling": {"refresh"},
        "cancelled": {"cancel"} if found.counts.get("stands") else set(),
    }
    return frozenset(acts.get(row.state, ()))


def _act(request: HttpRequest, public_id: UUID, act: Callable[[Actor], object], say: str) -> HttpResponse:
    try:
        act(at_counter(request).actor)
    except CannotDo as refused:
        return go(request, "renaming", public_id, say=refused.message, level="error")
    return go(request, "renaming", public_id, say=say)


@require_POST
def stage(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """抽出し直す."""
    return _act(request, public_id, lambda actor: renaming.stage_again(actor, public_id), "抽出し直しました。変更前と変更後を確認してください。")


@require_POST
def examine(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """照合: 本処理 follows by itself."""
    seen = request.POST.get("seen", "")
    say = "照合しました。実施日が来ていれば、まもなく本処理が始まります。"
    return _act(request, public_id, lambda actor: renaming.examine(actor, public_id, seen), say)


@require_POST
def drop(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """取りやめ, before 本処理."""
    reason = request.POST.get("reason", "")
    return _act(request, public_id, lambda actor: renaming.drop(actor, public_id, reason), "取りやめました。住民票は変わっていません。")


@require_POST
def cancel(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """取消しを求める, after 本処理."""
    reason = request.POST.get("reason", "")
    say = "取消しを求めました。ほかの職員が照合すると、全員の異動が取り消されます。"
    return _act(request, public_id, lambda actor: renaming.ask_to_cancel(actor, public_id, reason), say)


@require_POST
def examine_cancel(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """取消しの照合."""
    return _act(request, public_id, lambda actor: renaming.examine_cancel(actor, public_id), "照合しました。まもなく取消しの処理が始まります。")


@require_POST
def keep(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """取消しをやめる."""
    return _act(request, public_id, lambda actor: renaming.keep(actor, public_id), "取消しをやめました。")


ROUTES = [
    path("renamings/", renamings, name="renamings"),
    path("renamings/new/", new, name="renaming_new"),
    path("renamings/prepare/", prepare, name="renaming_prepare"),
    path("renamings/<uuid:public_id>/", case, name="renaming"),
    path("renamings/<uuid:public_id>/stage/", stage, name="renaming_stage"),
    path("renamings/<uuid:public_id>/examine/", examine, name="renaming_examine"),
    path("renamings/<uuid:public_id>/drop/", drop, name="renaming_drop"),
    path("renamings/<uuid:public_id>/cancel/", cancel, name="renaming_cancel"),
    path("renamings/<uuid:public_id>/examine-cancel/", examine_cancel, name="renaming_examine_cancel"),
    path("renamings/<uuid:public_id>/keep/", keep, name="renaming_keep"),
]
