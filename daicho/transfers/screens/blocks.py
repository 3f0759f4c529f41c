"""発行抑止の反映の画面 — which department holds somebody protected and has not confirmed that its own system knows. domain §7, 事故の型2; 標準仕様3.2."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_POST

from daicho import audit
from daicho.staff.queries import actor_of
from daicho.transfers.commands.blocking import confirm_reflection
from daicho.transfers.commands.errors import TransferRefused
from daicho.transfers.permissions import TransfersPermission
from daicho.transfers.queries.protection import Unreflected, unreflected
from daicho.ui import flash
from daicho.ui.dates import moment, wareki_text
from daicho.ui.forms import BoundForm, FieldSpec, Problem, Width

FORM = (FieldSpec("confirmed_with", "確認した相手", required=True, width=Width.LONG, max_length=100, hint="課の担当者など。住民の氏名は書かないでください。"),)


@dataclass(frozen=True)
class Line:
    """A department that has not confirmed, as it is drawn; each with a form of its own."""

    row: Unreflected
    what: str
    told: str
    form: BoundForm


@require_GET
@audit.personal
def blocks(request: HttpRequest) -> HttpResponse:
    """The list, the longest waiting first."""
    return _page(request)


@require_POST
@audit.personal
def confirm(request: HttpRequest, block: UUID, department: int) -> HttpResponse:
    """One department has it."""
    actor = actor_of(request)
    audit.require(actor, TransfersPermission.BLOCK_CONFIRM)
    form = _form(block, department, request.POST).with_missing().with_overlong()
    if form.unknown_names():
        return HttpResponseBadRequest()
    if not form.has_errors:
        try:
            confirm_reflection(actor, block, f"{department:04}", form.value("confirmed_with"))
        except TransferRefused as refused:
            form = form.with_problems(Problem(problem.field, problem.message) for problem in refused.problems)
        else:
            flash.say(request, "success", "反映の確認を記録しました。")
            return HttpResponseRedirect(reverse("transfers:blocks"))
    return _page(request, {(block, f"{department:04}"): form}, status=422)


def _page(request: HttpRequest, sent: dict[tuple[UUID, str], BoundForm] | None = None, status: int = 200) -> HttpResponse:
    rows = unreflected(actor_of(request))
    lines = [_line(row, (sent or {}).get((row.block, row.department_code))) for row in rows]
    return render(request, "transfers/blocks.html", {"lines": lines, "wrong": next(iter((sent or {}).values()), None)}, status=status)


def _line(row: Unreflected, form: BoundForm | None) -> Line:
    what = f"{wareki_text(row.prohibited_from)}から発行抑止" if row.prohibited_from else "抑止の解除"
    return Line(row, what, moment(row.told_at), form or _form(row.block, int(row.department_code), {}))


def _form(block: UUID, department: int, data) -> BoundForm:  # type: ignore[no-untyped-def]  # what BoundForm takes
    """Many forms of one page: each has a prefix of its own."""
    return BoundForm(FORM, data, prefix=f"{block.hex[:12]}-{department}-")


ROUTES = [
    path("blocks/", blocks, name="blocks"),
    path("blocks/<uuid:block>/<int:department>/confirm/", confirm, name="block_confirm"),
]
