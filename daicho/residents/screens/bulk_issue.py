"""まとめて交付の画面 — the orders, a new one by list or from a search, one order with its lines and files, and another officer's approval. F-2-17; decision 0052."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.certificates.catalogue import certificate as definition_of
from daicho.certificates.papers import PAPER_NAMES
from daicho.certificates.request import REQUESTER_JA, Omissible, Requester
from daicho.residents.commands import bulk_issue as commands
from daicho.residents.commands.bulk_issue import HOUSEHOLD, NEVER, PERSONAL, NotOrdered, Order
from daicho.residents.commands.bulk_work import erase, take_file
from daicho.residents.errors import CannotDo
from daicho.residents.models import BulkIssue, Visit
from daicho.residents.models.bulk_issue import BulkLineState, BulkState
from daicho.residents.permissions import Permission
from daicho.residents.queries.asking_rights import AskedFor, asked_for
from daicho.residents.queries.bulk_issue import BulkSummary, LineFound, atena_nos_of, get_bulk, list_bulk, list_waiting
from daicho.residents.rules.bulk_issue import UnreadableList, read_list
from daicho.residents.rules.csv_reading import decoded
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.screens.answers import go, personal_page
from daicho.residents.screens.counter import Counter
from daicho.residents.screens.for_visitor import for_visitor
from daicho.residents.screens.last_hop import BundleResponse, click_of
from daicho.staff.queries import actor_of
from daicho.ui.dates import wareki_text
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem, Width

STATES = {"waiting": "waiting", "ready": "info", "done": "success", "declined": "error", "withdrawn": "neutral", "erased": "neutral"}
LINES = {"waiting": "waiting", "issued": "success", "left": "error"}
_BIGGEST = 1_000_000


def _specs(requester: Requester) -> tuple[FieldSpec, ...]:
    today = clock.today()
    both = {item.omissible: item for code in (HOUSEHOLD, PERSONAL) for item in definition_of(code, today).omissible}
    offered = tuple(Choice(item.omissible, item.ja) for item in both.values() if requester in item.who_may_ask and item.omissible not in NEVER)
    forms = (Choice(PERSONAL, "個人票", "一人に1通"), Choice(HOUSEHOLD, "世帯連記式", "世帯ごとに1通。同じ世帯の人が並んでいれば、はじめの1人だけを数えます"))
    return (
        FieldSpec("certificate", "様式", Kind.RADIO, required=True, choices=forms),
        FieldSpec("people", "宛名番号", Kind.TEXTAREA, max_length=200_000, hint="1行に1人。並べた順に作成します。"),
        FieldSpec("file", "宛名番号のCSV", Kind.FILE, hint="1列目の宛名番号を読みます。選んだときは、上の欄は空にします。"),
        FieldSpec("shown", "記載する事項", Kind.CHECKBOXES, choices=offered, hint="選ばない事項は省略します（法第12条第5項）。番号は記載できません。"),
        FieldSpec("purpose", "使用目的", required=True, width=Width.FULL, max_length=200),
        FieldSpec("official", "公用", Kind.CHECKBOX),
        FieldSpec("source", "名簿", Kind.RADIO, choices=(Choice("list", "宛名番号の一覧"), Choice("search", "検索結果"))),
    )


@require_GET
def bulk_list(request: HttpRequest) -> HttpResponse:
    """The orders, newest first. Nobody is named."""
    return _list(request, list_bulk(actor_of(request)), may_order=True)


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for approval. Nobody is named."""
    return _list(request, list_waiting(actor_of(request)), may_order=False)


def _list(request: HttpRequest, found: list[BulkSummary], *, may_order: bool) -> HttpResponse:
    rows = [(one, STATES[one.row.state], PAPER_NAMES.get(one.row.kind, one.row.kind)) for one in found]
    return render(request, "residents/bulk_list.html", {"rows": rows, "may_order": may_order})


@require_GET
@for_visitor(Permission.BULK_ISSUE)
def new(request: HttpRequest, counter: Counter) -> HttpResponse:
    """A new order, for the visitor in hand."""
    assert counter.visit is not None
    return _form(request, counter, {"source": "list"})


@require_POST
@for_visitor(Permission.BULK_ISSUE)
def from_search(request: HttpRequest, counter: Counter) -> HttpResponse:
    """A new order with those who were chosen from a search, in the order in which they stood there."""
    assert counter.visit is not None
    try:
        chosen = [UUID(one) for one in request.POST.getlist("person")]
    except ValueError:
        return HttpResponseBadRequest()
    with audit.reading(counter.actor, Permission.BULK_ISSUE, subjects=tuple(dict.fromkeys(chosen))):
        numbers = atena_nos_of(chosen)
    return _form(request, counter, {"source": "search", "people": "\n".join(numbers)})


def _opening(visit: Visit, asked: AskedFor | None) -> dict[str, str | list[str]]:
    """For a 交付請求 as it was approved."""
    if asked is None:
        return {"certificate": PERSONAL, "purpose": visit.purpose}
    kind = asked.kind if asked.kind in (PERSONAL, HOUSEHOLD) else ""
    return {"certificate": kind, "purpose": visit.purpose, "shown": sorted(asked.shown), "official": "yes" if asked.for_official_use else ""}


@require_POST
@for_visitor(Permission.BULK_ISSUE)
def order(request: HttpRequest, counter: Counter) -> HttpResponse:
    """The order is taken, or every problem is told and nothing is."""
    visit = counter.visit
    assert visit is not None
    form = BoundForm(_specs(Requester(visit.standing)), request.POST).with_missing()
    given = request.FILES.get("file")
    shown = set(form.cleaned_values("shown"))
    if form.unknown_names() or shown - set(Omissible) or form.value("certificate") not in {PERSONAL, HOUSEHOLD, ""}:
        return HttpResponseBadRequest()
    text, problem = form.value("people"), ""
    if given is not None:
        text, problem = _text_of(given.read(_BIGGEST + 1), typed=text)
    people: list[str] = []
    if problem:
        form = form.with_problems([Problem("file", problem)])
    else:
        try:
            people = read_list(text)
        except UnreadableList as unreadable:
            form = form.with_problems([Problem("people", each) for each in unreadable.problems[:20]])
    if form.has_errors:
        return _form(request, counter, form=form)
    asked = Order(
        people, form.value("purpose"), form.value("certificate") == HOUSEHOLD, frozenset(Omissible(each) for each in shown), form.value("official") == "yes",
        form.value("source") or "list",
    )  # fmt: skip
    try:
        row = commands.order(counter.actor, visit, asked)
    except NotOrdered as refused:
        names = {spec.name for spec in form.specs}
        problems = [Problem(name if name in names else "", message) for name, message in refused.reasons[:20]]
        return _form(request, counter, form=form.with_problems(problems))
    say = "申請しました。まもなく作成が始まります。" if row.state == BulkState.READY else "申請しました。ほかの職員が承認すると、作成が始まります。"
    return go(request, "bulk", row.public_id, say=say)


def _text_of(given: bytes, *, typed: str) -> tuple[str, str]:
    """The file as text, and what is wrong with it."""
    if typed:
        return "", "宛名番号の欄とCSVの両方があります。どちらか一つにしてください。"
    if len(given) > _BIGGEST:
        return "", "CSVのファイルが大きすぎます。"
    text = decoded(given)
    return (text, "") if text is not None else ("", "CSVのファイルを読めません。文字コードをUTF-8又はシフトJISにしてください。")


def _form(request: HttpRequest, counter: Counter, beside: Mapping[str, str] | None = None, *, form: BoundForm | None = None) -> HttpResponse:
    """As it was sent, or, without, as it opens: `beside` what the visit says."""
    visit = counter.visit
    assert visit is not None
    asked = asked_for(visit)
    drawn = form or BoundForm(_specs(Requester(visit.standing)), {**_opening(visit, asked), **(beside or {})})
    context = {"form": drawn, "visit": visit, "requester": REQUESTER_JA[Requester(visit.standing)], "allowed": _allowed(asked)}
    return render(request, "residents/bulk_new.html", context, status=422 if drawn.has_errors else 200)


def _allowed(asked: AskedFor | None) -> str:
    """What may still be issued for the visit's 交付請求; "" where it is for none."""
    if asked is None:
        return ""
    left = "、".join(f"{PAPER_NAMES.get(kind, kind)} {copies}通" for kind, copies in asked.left.items())
    return f"この交付請求で交付できる残りは、{left}です（{wareki_text(asked.until)}まで）。"


@dataclass(frozen=True)
class LineRow:
    """A line of an order as drawn."""

    found: LineFound
    name: str
    badge: str
    excess: str

    @property
    def state(self) -> str:
        return BulkLineState(self.found.line.state).label


@require_GET
def bulk(request: HttpRequest, bulk_id: UUID) -> HttpResponse:
    """An order: how far it is, its lines in order, who was left out and why, its files with the page of each copy."""
    actor = actor_of(request)
    permission = Permission.BULK_APPROVE if actor.may(Permission.BULK_APPROVE) and not actor.may(Permission.BULK_ISSUE) else Permission.BULK_ISSUE
    state, number, excess = request.GET.get("state", ""), request.GET.get("page", ""), "excess" in request.GET
    state = state if state in BulkLineState.values else ""
    page = max(1, int(number)) if number.isascii() and number.isdecimal() and len(number) < 7 else 1
    found = get_bulk(actor, bulk_id, permission, state=state, page=page, excess=excess)
    row = found.row
    context = {
        "row": row,
        "kind_ja": PAPER_NAMES.get(row.kind, row.kind),
        "requester": REQUESTER_JA[Requester(row.visit.standing)],
        "shown_ja": _shown_ja(row),
        "badge_kind": STATES[row.state],
        "counts": [(value, label, LINES[value], found.counts.get(value, 0)) for value, label in BulkLineState.choices],
        "total": sum(found.counts.values()),
        "done": sum(found.counts.get(each, 0) for each in (BulkLineState.ISSUED, BulkLineState.LEFT)),
        "lines": [_line(one) for one in found.lines],
        "files": [(one, str(uuid4())) for one in found.files],
        "state": state,
        "excess": excess,
        "page": page,
        "pages": found.pages,
        "acts": _acts(actor, row),
        "back": "bulk_list" if permission is Permission.BULK_ISSUE else "bulk_waiting",
    }
    return personal_page(request, "residents/bulk.html", context)


def _line(one: LineFound) -> LineRow:
    excess = "、".join(f"{label}（{length}文字中{fitted}文字まで）" for label, length, fitted in one.line.excess)
    return LineRow(one, shown_name(one.person.entries) or "（氏名空欄）", LINES[one.line.state], excess)


def _shown_ja(row: BulkIssue) -> str:
    words = {item.omissible.value: item.ja for item in definition_of(row.kind, clock.jst(row.entered_at).date()).omissible}
    return "、".join(words.get(each, each) for each in row.request["shown"]) or "すべて省略"


def _acts(actor: Actor, row: BulkIssue) -> frozenset[str]:
    """What this officer may do with an order now; nobody approves what they ordered."""
    mine, orders = row.entered_by_id_no == actor.account_id, actor.may(Permission.BULK_ISSUE)
    acts = set()
    if row.state == BulkState.WAITING and actor.may(Permission.BULK_APPROVE) and not mine:
        acts |= {"approve", "decline"}
    if row.state in (BulkState.WAITING, BulkState.READY) and mine and orders:
        acts |= {"withdraw"}
    if row.state == BulkState.READY:
        acts |= {"refresh"}
    if row.state == BulkState.DONE and orders:
        acts |= {"print", "erase"}
    return frozenset(acts)


def _act(request: HttpRequest, bulk_id: UUID, act: Callable[[Actor], object], say: str) -> HttpResponse:
    try:
        act(actor_of(request))
    except CannotDo as refused:
        return go(request, "bulk", bulk_id, say=refused.message, level="error")
    return go(request, "bulk", bulk_id, say=say)


@require_POST
def approve(request: HttpRequest, bulk_id: UUID) -> HttpResponse:
    """承認, for the number of people that was shown."""
    people = request.POST.get("people", "")
    audit.require(actor_of(request), Permission.BULK_APPROVE)
    if not (people.isascii() and people.isdecimal() and len(people) < 8):
        return HttpResponseBadRequest()
    return _act(request, bulk_id, lambda actor: commands.approve(actor, bulk_id, int(people)), "承認しました。まもなく作成が始まります。")


@require_POST
def decline(request: HttpRequest, bulk_id: UUID) -> HttpResponse:
    """却下."""
    return _act(request, bulk_id, lambda actor: commands.decline(actor, bulk_id, request.POST.get("reason", "")), "却下しました。")


@require_POST
def withdraw(request: HttpRequest, bulk_id: UUID) -> HttpResponse:
    """取下げ."""
    return _act(request, bulk_id, lambda actor: commands.withdraw(actor, bulk_id, request.POST.get("reason", "")), "取り下げました。")


@require_POST
def take(request: HttpRequest, bulk_id: UUID, no: int) -> HttpResponse:
    """A file of the order, to be printed."""
    audit.require(actor_of(request), Permission.BULK_ISSUE)
    try:
        once = UUID(request.POST.get("once", ""))
    except ValueError:
        return HttpResponseBadRequest()
    try:
        return BundleResponse(take_file(actor_of(request), bulk_id, no, click_of(request, once)), once, filename=f"bulk-{no}.pdf")
    except CannotDo as refused:
        return go(request, "bulk", bulk_id, say=refused.message, level="error")


@require_POST
def erase_files(request: HttpRequest, bulk_id: UUID) -> HttpResponse:
    """消去: everything is printed."""
    return _act(request, bulk_id, lambda actor: erase(actor, bulk_id), "ファイルを消去しました。交付履歴はそのまま残ります。")


ROUTES = [
    path("bulk/", bulk_list, name="bulk_list"),
    path("bulk/waiting/", waiting, name="bulk_waiting"),
    path("bulk/new/", new, name="bulk_new"),
    path("bulk/from-search/", from_search, name="bulk_from_search"),
    path("bulk/order/", order, name="bulk_order"),
    path("bulk/<uuid:bulk_id>/", bulk, name="bulk"),
    path("bulk/<uuid:bulk_id>/approve/", approve, name="bulk_approve"),
    path("bulk/<uuid:bulk_id>/decline/", decline, name="bulk_decline"),
    path("bulk/<uuid:bulk_id>/withdraw/", withdraw, name="bulk_withdraw"),
    path("bulk/<uuid:bulk_id>/erase/", erase_files, name="bulk_erase"),
    path("bulk/<uuid:bulk_id>/file/<int:no>/", take, name="bulk_file"),
]
