"""用紙の出納 — the stock of the whole city: 入庫, 払出し, 廃棄, 亡失, each place's rest and count, and the story of a sheet. domain §4.2; decision 0052."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from daicho import audit, clock
from daicho.residents.commands import paper_stock as commands
from daicho.residents.commands.paper_stock import Said
from daicho.residents.permissions import Permission
from daicho.residents.queries.paper_stock import STORE, MoveLine, latest_moves, places, sheets_on, story_of, terminal_names, unchecked
from daicho.residents.rules.paper_stock import MOVES, Kind
from daicho.residents.screens.answers import go
from daicho.residents.screens.paper_here import counted
from daicho.residents.screens.paper_words import COUNT, REASON, SHEETS, kinds, sheets_in, tried
from daicho.staff.queries import actor_of
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Width
from daicho.ui.forms import Kind as FieldKind

OF_STORE = (Kind.RECEIVE, Kind.HAND_OUT, Kind.DISCARD, Kind.LOSE, Kind.FIND)
FIND = (FieldSpec("sheets", "用紙番号", required=True, max_length=200, hint="1枚の番号、又は範囲"),)
FOUND = "find-"  # two forms of the page ask for sheets


def _record_specs() -> tuple[FieldSpec, ...]:
    terminals = tuple(Choice(code, name) for code, name in terminal_names().items())
    return (
        kinds(OF_STORE),
        SHEETS,
        FieldSpec("terminal", "払い出す端末", FieldKind.SELECT, choices=terminals, hint="払出しのときに選びます。"),
        REASON,
        FieldSpec("proof", "廃棄の証明", width=Width.FULL, max_length=200, hint="廃棄のとき。例　溶解証明書の番号と日付"),
    )


@require_GET
def stock(request: HttpRequest) -> HttpResponse:
    """Every place with what lies there."""
    audit.require(actor_of(request), Permission.PAPER_MANAGE)
    return _page(request)


@require_POST
def record(request: HttpRequest) -> HttpResponse:
    """入庫 … 発見. What two officers see waits for the other one's word."""
    actor = actor_of(request)
    audit.require(actor, Permission.PAPER_MANAGE)
    form, sheets = sheets_in(BoundForm(_record_specs(), request.POST).with_missing())
    if not form.has_errors and form.value("kind") not in OF_STORE:
        return HttpResponseBadRequest()
    if not form.has_errors:
        kind = Kind(form.value("kind"))
        terminal = form.value("terminal") if kind is Kind.HAND_OUT else STORE
        form = tried(form, lambda: commands.move(actor, kind, sheets, Said(terminal, form.value("reason"), form.value("proof"))))
    if form.has_errors:
        return _page(request, record=form, status=422)
    by_two = MOVES[kind].by_two
    return go(request, "paper_stock", say=f"{MOVES[kind].ja}を記録しました。{'立ち会った職員が、自分の画面で確認します。' if by_two else ''}")


@require_POST
def count(request: HttpRequest) -> HttpResponse:
    """棚卸 of 保管庫."""
    actor = actor_of(request)
    audit.require(actor, Permission.PAPER_MANAGE)
    form = counted(BoundForm(COUNT, request.POST))
    if not form.has_errors:
        form = tried(form, lambda: commands.count(actor, STORE, int(form.value("counted")), form.value("explanation")))
    if form.has_errors:
        return _page(request, counting=form, status=422)
    return go(request, "paper_stock", say="保管庫の棚卸を記録しました。")


@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """The story of a sheet, from 入庫 on."""
    actor = actor_of(request)
    audit.require(actor, Permission.PAPER_MANAGE)
    form, sheets = sheets_in(BoundForm(FIND, request.POST, prefix=FOUND).with_missing())
    if form.has_errors:
        return _page(request, finding=form, status=422)
    return _page(request, finding=form, story=[line for one in sheets for line in story_of(actor, one)])


def _page(
    request: HttpRequest,
    *,
    record: BoundForm | None = None,
    counting: BoundForm | None = None,
    finding: BoundForm | None = None,
    story: list[MoveLine] | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    listed = places(actor)
    names = {place.code: place.name for place in listed}
    today: dict[str, list[tuple[str, int]]] = {}
    for one in sheets_on(actor, clock.today()):
        today.setdefault(one.terminal, []).append((MOVES[Kind(one.kind)].ja, one.count))
    context = {
        "places": [(place, today.get(place.code, [])) for place in listed],
        "names": names,
        "record": record or BoundForm(_record_specs(), {}),
        "counting": counting or BoundForm(COUNT, {}),
        "finding": finding or BoundForm(FIND, {}, prefix=FOUND),
        "story": story,
        "waiting": unchecked(actor),
        "moves_listed": latest_moves(actor),
        "own": actor.account_id,
        "may_use": actor.may(Permission.PAPER_USE),
    }
    return render(request, "residents/paper_stock.html", context, status=status)


ROUTES = [
    path("paper/stock/", stock, name="paper_stock"),
    path("paper/stock/record/", record, name="paper_stock_record"),
    path("paper/stock/count/", count, name="paper_stock_count"),
    path("paper/stock/find/", find, name="paper_stock_find"),
]
