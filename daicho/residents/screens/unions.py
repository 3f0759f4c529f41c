"""宛名番号の統合の画面 — one union: approved, withdrawn, and undone by two officers. 住民基本台帳法第8条; decision 0038."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_POST

from daicho import audit, clock
from daicho.residents.commands import unions as commands
from daicho.residents.errors import CannotDo
from daicho.residents.models import PersonUnion
from daicho.residents.models.double import UnionState
from daicho.residents.permissions import Permission
from daicho.residents.queries.unions import get_union
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.screens.answers import go, to_visit
from daicho.residents.screens.counter import at_counter
from daicho.residents.screens.for_visitor import RETURN_TO
from daicho.residents.screens.standing import standing_of
from daicho.staff.queries import actor_of
from daicho.ui.forms import BoundForm, FieldSpec, Problem

UNDO = (FieldSpec("reason", "統合を取り消す理由", required=True, max_length=500, hint="例：別人であることが、戸籍の附票により分かった"),)
BADGES = {
    UnionState.PROPOSED: "waiting", UnionState.UNITED: "success", UnionState.UNDOING: "waiting", UnionState.UNDONE: "neutral", UnionState.WITHDRAWN: "neutral",
}  # fmt: skip


@require_GET
@audit.personal
def union(request: HttpRequest, union_id: UUID) -> HttpResponse:
    return _page(request, union_id, BoundForm(UNDO, {}))


@require_POST
@audit.personal
def approve(request: HttpRequest, union_id: UUID) -> HttpResponse:
    return _done(request, union_id, commands.approve, "統合しました。")


@require_POST
@audit.personal
def withdraw(request: HttpRequest, union_id: UUID) -> HttpResponse:
    return _done(request, union_id, commands.withdraw, "提案を取り下げました。")


@require_POST
@audit.personal
def approve_undo(request: HttpRequest, union_id: UUID) -> HttpResponse:
    return _done(request, union_id, commands.approve_undo, "統合を取り消しました。二つの宛名番号は、統合の前と同じです。")


def _done(request: HttpRequest, union_id: UUID, command: Callable[[audit.Actor, UUID], PersonUnion], said: str) -> HttpResponse:
    try:
        command(actor_of(request), union_id)
    except CannotDo as refused:
        return _page(request, union_id, BoundForm(UNDO, {}).with_problems([Problem("", refused.message)]), 422)
    return go(request, "union", union_id, say=said)


@require_POST
@audit.personal
def undo(request: HttpRequest, union_id: UUID) -> HttpResponse:
    """統合の取消しの提案; of a union with a removal the officer goes on in the form of its 取消し."""
    counter = at_counter(request)
    audit.require(counter.actor, Permission.DOUBLE_DECIDE)
    if counter.visit is None:
        request.session[RETURN_TO] = reverse("residents:union", args=[union_id])
        return to_visit(request)
    form = BoundForm(UNDO, request.POST).with_missing()
    if form.has_errors:
        return _page(request, union_id, form, 422)
    try:
        row = commands.propose_undo(counter.actor, counter.visit, union_id, form.value("reason"))
    except CannotDo as refused:
        return _page(request, union_id, form.with_problems([Problem("", refused.message)]), 422)
    if row.undo_filing is not None:
        said = "職権消除の取消しを用意しました。確かめて仮登録してください。ほかの職員の照合と本登録で、統合も終わります。"
        return go(request, "filing", row.undo_filing.public_id, say=said, level="info")
    return go(request, "union", union_id, say="統合の取消しを提案しました。ほかの職員が承認すると終わります。")


def _page(request: HttpRequest, union_id: UUID, form: BoundForm, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    found = get_union(actor, union_id)
    row, state = found.union, found.state
    people = [
        (label, view, shown_name(view.entries) or "（氏名空欄）", standing_of(view.entries, clock.today()))
        for label, view in (("残す宛名番号", found.stays), ("統合でなくなる宛名番号", found.given_up))
    ]
    may, approves = actor.may(Permission.DOUBLE_DECIDE), actor.may(Permission.UNION_APPROVE)
    context = {
        "row": row,
        "state": state.label,
        "badge_kind": BADGES[state],
        "people": people,
        "form": form,
        "may_approve": state is UnionState.PROPOSED and row.filing is None and approves and actor.account_id != row.proposed_by_id_no,
        "may_withdraw": may and ((state is UnionState.PROPOSED and row.filing is None) or (state is UnionState.UNDOING and row.undo_filing is None)),
        "may_undo": may and state is UnionState.UNITED,
        "may_approve_undo": state is UnionState.UNDOING and row.undo_filing is None and approves and actor.account_id != row.undo_by_id_no,
        "waits_for": row.filing if state is UnionState.PROPOSED else row.undo_filing if state is UnionState.UNDOING else None,
    }
    return render(request, "residents/union.html", context, status=status)


ROUTES = [
    path("unions/<uuid:union_id>/", union, name="union"),
    path("unions/<uuid:union_id>/approve/", approve, name="union_approve"),
    path("unions/<uuid:union_id>/withdraw/", withdraw, name="union_withdraw"),
    path("unions/<uuid:union_id>/undo/", undo, name="union_undo"),
    path("unions/<uuid:union_id>/approve-undo/", approve_undo, name="union_approve_undo"),
]
