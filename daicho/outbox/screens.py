"""通知の画面 — how a room's notices stand, one of them from posting to reply, and sending it again with a reason. F-2-20; N-7.1.1.1-08, -11, -22; design §5.

Every room that posts has these screens. It brings its words, and its own queries and command: each reading is recorded there.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_GET, require_POST

from daicho import audit
from daicho.audit.actor import Actor
from daicho.outbox.commands import NotResendableError
from daicho.outbox.models import Delivery
from daicho.outbox.queries import NoticeRow
from daicho.staff.queries import actor_of
from daicho.ui import flash
from daicho.ui.dates import moment
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem, Width

ALL = "all"
BADGES: Mapping[str, str] = {"pending": "waiting", "sent": "info", "acknowledged": "success", "refused": "error", "dead": "error", "withdrawn": "neutral"}
_LONGEST = 200
_REASON = FieldSpec(
    "reason", "再送する理由", required=True, width=Width.FULL, max_length=_LONGEST, hint="相手方へ確認した内容など。氏名や番号は書かないでください。"
)


@dataclass(frozen=True)
class Line:
    """A notice as it is drawn, its instants as texts."""

    row: NoticeRow
    kind_ja: str
    destination_ja: str
    badge: str
    posted: str
    next: str
    replied: str
    settled: str


@dataclass(frozen=True)
class Life:
    """One notice: how it stands, what the room knows of it (heading → text), and whom it is about (public id, name) where it may say so."""

    row: NoticeRow
    facts: Mapping[str, str] = field(default_factory=dict)
    people: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class NoticeScreens:
    """The screens of one room. `listed(actor, destination=, states=, before=)` gives a page and whether older ones follow."""

    namespace: str
    title: str
    lead: str
    kinds: Mapping[str, str]
    destinations: Mapping[str, str]
    listed: Callable[..., tuple[list[NoticeRow], bool]]
    life: Callable[[Actor, UUID], Life]
    send_again: Callable[[Actor, UUID, str], None]
    resend_permission: str
    opened_by: Callable[[HttpRequest], Actor] = actor_of

    def routes(self) -> list[URLPattern]:
        return [
            path("notices/", require_GET(self._list), name="notices"),
            path("notices/<uuid:notice_id>/", audit.personal(require_GET(self._one)), name="notice"),
            path("notices/<uuid:notice_id>/resend/", require_POST(self._resend), name="notice_resend"),
        ]

    @cached_property
    def _filters(self) -> tuple[FieldSpec, ...]:
        """By state, and by counterpart where there are several."""
        by_state = FieldSpec("state", "状態", Kind.RADIO, choices=_any_of(dict(Delivery.State.choices)))
        by_destination = FieldSpec("destination", "相手方", Kind.RADIO, choices=_any_of(self.destinations))
        return (by_state, by_destination) if len(self.destinations) > 1 else (by_state,)

    def _list(self, request: HttpRequest) -> HttpResponse:
        """The list; `before` pages. What is not a known value of a filter is no filter."""
        chosen = {spec.name: _known(request.GET.get(spec.name, ALL), {choice.value for choice in spec.choices}) for spec in self._filters}
        destination, state = chosen.get("destination", ALL), chosen["state"]
        before = request.GET.get("before", "")
        rows, more = self.listed(
            self.opened_by(request),
            destination=None if destination == ALL else destination,
            states=None if state == ALL else [state],
            before=int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None,
        )
        context = {
            "screens": self,
            "lines": [self._line(row) for row in rows],
            "filters": BoundForm(self._filters, chosen),
            "older": {**chosen, "before": rows[-1].order_no} if more else None,
        }
        return render(request, "outbox/notices.html", context)

    def _one(self, request: HttpRequest, notice_id: UUID) -> HttpResponse:
        """The life of one notice; with the form to send it again when it is stuck and the officer may."""
        return self._page(request, notice_id, BoundForm((_REASON,), {}))

    def _resend(self, request: HttpRequest, notice_id: UUID) -> HttpResponse:
        """Send a stuck notice again, in its old place."""
        form = BoundForm((_REASON,), request.POST).with_missing()
        if len(form.value("reason")) > _LONGEST:
            form = form.with_problems([Problem("reason", f"再送する理由は{_LONGEST}文字以内で入力してください。", True)])
        if form.has_errors:
            return self._page(request, notice_id, form, status=422)
        try:
            self.send_again(self.opened_by(request), notice_id, form.value("reason"))
        except NotResendableError as refused:
            flash.say(request, "error", str(refused))
        else:
            flash.say(request, "success", "この通知を送信待ちに戻しました。順番が来ると自動で送信します。")
        return HttpResponseRedirect(reverse(f"{self.namespace}:notice", args=[notice_id]))

    def _page(self, request: HttpRequest, notice_id: UUID, form: BoundForm, status: int = 200) -> HttpResponse:
        actor = self.opened_by(request)
        life = self.life(actor, notice_id)
        may_resend = life.row.can_be_resent and actor.may(self.resend_permission)
        context = {"screens": self, "life": life, "line": self._line(life.row), "form": form, "may_resend": may_resend}
        return render(request, "outbox/notice.html", context, status=status)

    def _line(self, row: NoticeRow) -> Line:
        kind, destination = self.kinds.get(row.kind, row.kind), self.destinations.get(row.destination, row.destination)
        instants = (moment(instant) for instant in (row.posted_at, row.next_at, row.replied_at, row.settled_at))
        return Line(row, kind, destination, BADGES[row.state], *instants)


def _any_of(labels: Mapping[str, str]) -> tuple[Choice, ...]:
    return (Choice(ALL, "すべて"), *(Choice(value, label) for value, label in labels.items()))


def _known(value: str, known: Container[str]) -> str:
    return value if value in known else ALL
