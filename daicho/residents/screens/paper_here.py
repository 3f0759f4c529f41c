"""この端末の用紙 — what lies at this terminal, copies whose print nobody has judged, spoiled sheets, and the count. domain §4.2; decision 0052."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from daicho import audit
from daicho.certificates.papers import PAPER_NAMES
from daicho.residents.commands import paper_stock as commands
from daicho.residents.commands.paper_stock import Said
from daicho.residents.commands.print_results import Judged, came_out_well
from daicho.residents.errors import CannotDo
from daicho.residents.models import CertificateIssue
from daicho.residents.permissions import Permission
from daicho.residents.queries.paper_stock import latest_moves, place_here, unchecked, unconfirmed
from daicho.residents.rules.paper_stock import Kind
from daicho.residents.screens.answers import go
from daicho.residents.screens.paper_words import COUNT, PLAIN, REASON, SHEETS, kinds, sheets_in, tried
from daicho.staff.queries import actor_of
from daicho.ui.dates import moment
from daicho.ui.forms import BoundForm, FieldSpec, Problem

HERE = (Kind.SPOIL, Kind.GIVE_BACK)
RECORD = (kinds(HERE), SHEETS, REASON)
OWN = "own-"  # two forms of the page ask for sheets


@dataclass(frozen=True)
class CopyRow:
    """A copy that was printed here and that nobody has judged."""

    issue: CertificateIssue
    kind_ja: str
    issued: str


@require_GET
def paper(request: HttpRequest) -> HttpResponse:
    """The work list of this terminal."""
    audit.require(actor_of(request), Permission.PAPER_USE)
    return _page(request)


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """正しく印刷された: the copies chosen, on sheets that follow one another from the number given, or as scanned."""
    actor = actor_of(request)
    audit.require(actor, Permission.PAPER_USE)
    try:
        chosen = {UUID(one) for one in request.POST.getlist("copy")}
    except ValueError:
        return HttpResponseBadRequest()
    form = BoundForm(_confirm_specs(), request.POST).with_overlong()
    issues = [issue for issue in unconfirmed(actor) if issue.public_id in chosen]
    if len(issues) != len(chosen) or not issues:
        form = form.with_problems([Problem("", "正しく印刷された写しを、一覧から選んでください。")])
    if not form.has_errors:
        form = tried(form, lambda: came_out_well(actor, issues, Judged(form.value("sheets"), form.value("plain"))))
    if form.has_errors:
        return _page(request, confirm=form, status=422)
    return go(request, "paper", say=f"{len(issues)}通が正しく印刷されたことを記録しました。")


@require_POST
def record(request: HttpRequest) -> HttpResponse:
    """書損・紙詰まり of sheets that belong to no copy, and 返却."""
    actor = actor_of(request)
    audit.require(actor, Permission.PAPER_USE)
    form, sheets = sheets_in(BoundForm(RECORD, request.POST, prefix=OWN).with_missing())
    if not form.has_errors and form.value("kind") not in HERE:
        return HttpResponseBadRequest()
    if not form.has_errors:
        form = tried(form, lambda: commands.move(actor, Kind(form.value("kind")), sheets, Said(actor.terminal, form.value("reason"))))
    if form.has_errors:
        return _page(request, record=form, status=422)
    return go(request, "paper", say="用紙の処理を記録しました。")


@require_POST
def shred(request: HttpRequest) -> HttpResponse:
    """書損紙の裁断: all that lies here; the officer who was there confirms on their own screen."""
    actor = actor_of(request)
    audit.require(actor, Permission.PAPER_USE)
    try:
        commands.shred(actor)
    except CannotDo as refused:
        return go(request, "paper", say=refused.message, level="error")
    return go(request, "paper", say="書損紙の裁断を記録しました。立ち会った職員が、自分の画面で確認します。")


@require_POST
def check(request: HttpRequest, move_id: UUID) -> HttpResponse:
    """立会いの確認, by another officer."""
    actor = actor_of(request)
    audit.require(actor, Permission.PAPER_USE)
    back = "paper_stock" if request.POST.get("back") == "stock" and actor.may(Permission.PAPER_MANAGE) else "paper"
    try:
        commands.check(actor, move_id)
    except CannotDo as refused:
        return go(request, back, say=refused.message, level="error")
    return go(request, back, say="立会いを確認しました。")


@require_POST
def count(request: HttpRequest) -> HttpResponse:
    """棚卸 of this terminal."""
    actor = actor_of(request)
    audit.require(actor, Permission.PAPER_USE)
    form = counted(BoundForm(COUNT, request.POST))
    if not form.has_errors:
        form = tried(form, lambda: commands.count(actor, actor.terminal, int(form.value("counted")), form.value("explanation")))
    if form.has_errors:
        return _page(request, counting=form, status=422)
    return go(request, "paper", say="棚卸を記録しました。")


def counted(form: BoundForm) -> BoundForm:
    """With what is missing, and what is no number."""
    form = form.with_missing()
    if form.has_errors or (form.value("counted").isascii() and form.value("counted").isdecimal()):
        return form
    return form.with_problems([Problem("counted", "数えた枚数は、0以上の数字で入力してください。")])


def _confirm_specs() -> tuple[FieldSpec, ...]:
    hint = "1枚目の番号を入力します。2枚目からは続きの番号とみなします。続いていないときは、すべての番号を入力します。"
    return replace(SHEETS, required=False, hint=hint), PLAIN


def _page(
    request: HttpRequest, *, confirm: BoundForm | None = None, record: BoundForm | None = None, counting: BoundForm | None = None, status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    place = place_here(actor)
    context = {
        "place": place,
        "names": {place.code: place.name},
        "copies": [CopyRow(issue, PAPER_NAMES.get(issue.kind, issue.kind), moment(issue.issued_at)) for issue in unconfirmed(actor)],
        "chosen": set(request.POST.getlist("copy")),
        "confirm": confirm or BoundForm(_confirm_specs(), {"sheets": place.next_no}),
        "record": record or BoundForm(RECORD, {}, prefix=OWN),
        "counting": counting or BoundForm(COUNT, {}),
        "waiting": [line for line in unchecked(actor) if line.row.terminal == actor.terminal],
        "moves_listed": latest_moves(actor, actor.terminal),
        "own": actor.account_id,
        "may_manage": actor.may(Permission.PAPER_MANAGE),
    }
    return render(request, "residents/paper.html", context, status=status)


ROUTES = [
    path("paper/", paper, name="paper"),
    path("paper/confirm/", confirm, name="paper_confirm"),
    path("paper/record/", record, name="paper_record"),
    path("paper/shred/", shred, name="paper_shred"),
    path("paper/count/", count, name="paper_count"),
    path("paper/check/<uuid:move_id>/", check, name="paper_check"),
]
