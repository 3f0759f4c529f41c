"""連携の状況 — notices to the other systems with their state; one from posting to reply; sending it again with a reason. F-2-20; design §5."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from daicho import audit
from daicho.outbox.commands import NotResendableError
from daicho.outbox.models import Delivery
from daicho.outbox.queries import NoticeRow
from daicho.residents.commands.resending import resend_notice
from daicho.residents.permissions import Permission
from daicho.residents.queries.notices import get_notice, list_notices
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.screens.answers import go
from daicho.residents.screens.counter import at_counter
from daicho.residents.screens.moments import moment
from daicho.residents.screens.words import DESTINATIONS, NOTICE_BADGES, NOTICE_KINDS
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem, Width

ALL = "all"
STATE = FieldSpec("state", "状態", Kind.RADIO, choices=(Choice(ALL, "すべて"), *(Choice(value, label) for value, label in Delivery.State.choices)))
REASON = FieldSpec("reason", "再送する理由", required=True, width=Width.FULL, max_length=200, hint="相手方へ確認した内容など。氏名や番号は書かないでください。")


@dataclass(frozen=True)
class Line:
    """A notice as it is drawn."""

    row: NoticeRow
    kind_ja: str
    destination_ja: str
    badge: str
    posted: str
    next: str
    replied: str
    settled: str


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """The list, filtered by `state`; `before` pages. What is not a known value of a filter is no filter."""
    state = request.GET.get("state", ALL)
    state = state if state in Delivery.State.values else ALL
    before = request.GET.get("before", "")
    rows, more = list_notices(
        at_counter(request).actor,
        states=None if state == ALL else [state],
        before=int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None,
    )
    context = {
        "lines": [_line(row) for row in rows],
        "last": rows[-1].order_no if more else None,
        "filters": BoundForm((STATE,), {"state": state}),
        "state": state,
    }
    return render(request, "residents/notices.html", context)


@require_GET
@audit.personal
def notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """The life of one notice; with the form to send it again when it is stuck and the officer may."""
    return _page(request, notice_id, BoundForm((REASON,), {}))


@require_POST
def resend(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Send a stuck notice again, in its old place."""
    form = BoundForm((REASON,), request.POST).with_missing()
    if len(form.value("reason")) > 200:
        form = form.with_problems([Problem("reason", "再送する理由は200文字以内で入力してください。", True)])
    if form.has_errors:
        return _page(request, notice_id, form, status=422)
    try:
        resend_notice(at_counter(request).actor, notice_id, form.value("reason"))
    except NotResendableError as refused:
        return go(request, "notices", say=str(refused), level="error")
    return go(request, "notice", notice_id, say="この通知を送信待ちに戻しました。順番が来ると自動で送信します。")


def _page(request: HttpRequest, notice_id: UUID, form: BoundForm, status: int = 200) -> HttpResponse:
    actor = at_counter(request).actor
    life = get_notice(actor, notice_id)
    people = [(public, shown_name(entries) or "（氏名空欄）") for public, entries in life.people]
    may_resend = life.row.can_be_resent and actor.may(Permission.NOTICE_RESEND)
    context = {"life": life, "line": _line(life.row), "people": people, "form": form, "may_resend": may_resend}
    return render(request, "residents/notice.html", context, status=status)


def _line(row: NoticeRow) -> Line:
    return Line(
        row, NOTICE_KINDS.get(row.kind, row.kind), DESTINATIONS.get(row.destination, row.destination), NOTICE_BADGES[row.state], moment(row.posted_at),
        moment(row.next_at), moment(row.replied_at), moment(row.settled_at),
    )  # fmt: skip


ROUTES = [
    path("notices/", notices, name="notices"),
    path("notices/<uuid:notice_id>/", notice, name="notice"),
    path("notices/<uuid:notice_id>/resend/", resend, name="notice_resend"),
]
