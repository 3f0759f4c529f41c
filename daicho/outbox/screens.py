"""通知の画面 — how a room's notices stand, one of them from posting to reply, sending it again or withdrawing it with a reason. F-2-20; N-7.1.1.1-08, -11, -22; design §5.

Every room that posts has these screens. It brings its words, its rights, and its own queries: each reading is recorded there.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_GET, require_POST

from daicho import audit
from daicho.audit.actor import Actor
from daicho.outbox import commands
from daicho.outbox.commands import NotResendableError
from daicho.outbox.models import Delivery, RefusedMessage
from daicho.outbox.queries import STUCK, NoticeRow
from daicho.outbox.readings import Life
from daicho.staff.queries import actor_of
from daicho.ui import flash
from daicho.ui.dates import moment
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Width

ALL = "all"
WORK_LIST = "work_list"  # what holds its people until an officer decides
BADGES: Mapping[str, str] = {"pending": "waiting", "sent": "info", "acknowledged": "success", "refused": "error", "dead": "error", "withdrawn": "neutral"}
_HINT = "相手方へ確認した内容など。氏名や番号は書かないでください。"


@dataclass(frozen=True)
class NoticeLine:
    """A notice as it is drawn, its instants as texts."""

    row: NoticeRow
    kind_ja: str
    destination_ja: str
    badge: str
    posted: str
    next: str
    replied: str
    settled: str

    @property
    def reply(self) -> str:
        """What the counterpart said, "" while it has said nothing."""
        if self.row.reply_code == "ok":
            return "受け付けられました"
        return f"{self.row.reply_code}　{self.row.reply_reason_ja}" if self.row.reply_code else ""


REFUSALS: Mapping[str, str] = {
    "bad_signature": "署名を確認できない", "created_missing": "署名の時刻がない", "stale": "署名が古い", "expires_not_used": "署名の形が違う",
    "one_signature_expected": "署名が一つでない", "query_not_signed": "署名の届かない部分がある", "content_type": "電文の形式が違う",
    "too_large": "大きすぎる", "contract": "形式が取決めと異なる", "credential": "署名した者と送信元が違う", "not_allowed": "受け付けない種類",
    "different_content": "同じ番号で内容が違う", "replayed": "回答済みの照会", "forbidden": "法令上の根拠がない",
}  # fmt: skip
"""What is seen of a code of this house's own door; a room's codes are shown as they are."""


@dataclass(frozen=True)
class TurnedAway:
    """A message that was turned away at the door, as it is drawn: never its content."""

    row: RefusedMessage
    at: str
    why: str


class Listed(Protocol):
    """A room's query: one page, newest first, and whether older ones follow."""

    def __call__(
        self, actor: Actor, *, destination: str | None = None, states: Iterable[str] | None = None, before: int | None = None
    ) -> tuple[list[NoticeRow], bool]: ...


@dataclass(frozen=True)
class Act:
    """What an officer may do with a stuck notice: its command, words and form. Two forms of one page, so each has a prefix of its own."""

    command: Callable[..., None]
    name: str
    heading: str
    lead: str
    button: str
    key: str
    style: str
    done: str

    def form(self, data: Mapping[str, str | Sequence[str]]) -> BoundForm:
        reason = FieldSpec("reason", f"{self.heading}の理由", required=True, width=Width.FULL, max_length=200, hint=_HINT)
        return BoundForm((reason,), data, prefix=f"{self.name}-")


RESEND = Act(
    commands.resend,
    "resend",
    "再送",
    "元の順番のまま、もう一度送ります。",
    "この通知を再送する",
    "F9",
    "primary",
    "この通知を送信待ちに戻しました。順番が来ると自動で送信します。",
)
WITHDRAW = Act(
    commands.withdraw, "withdraw", "取下げ", "この通知を送らないことに決めます。元に戻せません。後の通知で訂正したとき、文書などで知らせたときに使います。",
    "この通知を取り下げる", "", "danger", "この通知を取り下げました。同じ人の後の通知は、順番が来ると自動で送信します。",
)  # fmt: skip


@dataclass(frozen=True)
class NoticeScreens:
    """The screens of one room."""

    namespace: str
    title: str
    lead: str
    kinds: Mapping[str, str]
    destinations: Mapping[str, str]
    listed: Listed
    life: Callable[[Actor, UUID], Life]
    turned_away: Callable[[Actor], list[RefusedMessage]]
    resend_right: str
    withdraw_right: str
    opened_by: Callable[[HttpRequest], Actor] = actor_of

    def routes(self) -> list[URLPattern]:
        return [
            path("notices/", require_GET(self._list), name="notices"),
            path("notices/turned-away/", require_GET(self._turned_away), name="notices_turned_away"),
            path("notices/<uuid:notice_id>/", audit.personal(require_GET(self._one)), name="notice"),
            path("notices/<uuid:notice_id>/resend/", require_POST(self._resend), name="notice_resend"),
            path("notices/<uuid:notice_id>/withdraw/", require_POST(self._withdraw), name="notice_withdraw"),
        ]

    @cached_property
    def _filters(self) -> tuple[FieldSpec, ...]:
        """By state, and by counterpart where there are several."""
        states = {WORK_LIST: "要対応（拒否・送信できず）", **dict(Delivery.State.choices)}
        by_state = FieldSpec("state", "状態", Kind.RADIO, choices=_any_of(states))
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
            states={ALL: None, WORK_LIST: STUCK}.get(state, [state]),
            before=int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None,
        )
        context = {
            "screens": self,
            "lines": [self._line(row) for row in rows],
            "filters": BoundForm(self._filters, chosen),
            "older": {**chosen, "before": rows[-1].order_no} if more else None,
        }
        return render(request, "outbox/notices.html", context)

    def _turned_away(self, request: HttpRequest) -> HttpResponse:
        """What others sent us and we did not take, newest first: who is at the door in vain, and why (F-2-20)."""
        rows = self.turned_away(self.opened_by(request))
        lines = [TurnedAway(row, moment(row.refused_at), REFUSALS.get(row.code, row.code)) for row in rows]
        return render(request, "outbox/turned_away.html", {"screens": self, "lines": lines})

    def _one(self, request: HttpRequest, notice_id: UUID) -> HttpResponse:
        """The life of one notice; with what the officer may do when it is stuck."""
        return self._page(request, notice_id)

    def _resend(self, request: HttpRequest, notice_id: UUID) -> HttpResponse:
        """Send a stuck notice again, in its old place."""
        return self._act(request, notice_id, RESEND, self.resend_right)

    def _withdraw(self, request: HttpRequest, notice_id: UUID) -> HttpResponse:
        """Give a stuck notice up: it holds its people no longer (decision 0004)."""
        return self._act(request, notice_id, WITHDRAW, self.withdraw_right)

    def _act(self, request: HttpRequest, notice_id: UUID, act: Act, right: str) -> HttpResponse:
        form = act.form(request.POST).with_missing()
        if form.has_errors:
            return self._page(request, notice_id, {act.name: form}, status=422)
        try:
            act.command(notice_id, self.opened_by(request), form.value("reason"), right=right)
        except NotResendableError as refused:
            flash.say(request, "error", str(refused))
        else:
            flash.say(request, "success", act.done)
        return HttpResponseRedirect(reverse(f"{self.namespace}:notice", args=[notice_id]))

    def _page(self, request: HttpRequest, notice_id: UUID, sent: Mapping[str, BoundForm] | None = None, status: int = 200) -> HttpResponse:
        actor = self.opened_by(request)
        life = self.life(actor, notice_id)
        acts = [
            (act, (sent or {}).get(act.name) or act.form({}))
            for act, right in ((RESEND, self.resend_right), (WITHDRAW, self.withdraw_right))
            if life.row.is_stuck and actor.may(right)
        ]
        has_errors = any(form.has_errors for _, form in acts)
        return render(
            request, "outbox/notice.html", {"screens": self, "life": life, "line": self._line(life.row), "acts": acts, "has_errors": has_errors}, status=status
        )

    def _line(self, row: NoticeRow) -> NoticeLine:
        kind, destination = self.kinds.get(row.kind, row.kind), self.destinations.get(row.destination, row.destination)
        instants = (moment(instant) for instant in (row.posted_at, row.next_at, row.replied_at, row.settled_at))
        return NoticeLine(row, kind, destination, BADGES[row.state], *instants)


def _any_of(labels: Mapping[str, str]) -> tuple[Choice, ...]:
    return (Choice(ALL, "すべて"), *(Choice(value, label) for value, label in labels.items()))


def _known(value: str, known: Container[str]) -> str:
    return value if value in known else ALL
