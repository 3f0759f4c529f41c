"""通知の状況 — what officers of this room read: how each notice stands. Every reading is recorded before it is shown. F-2-09, F-2-20; 標準7.1.1.1.

No name, address or number is shown: people stand behind the handles of the post room, and so do the trail's subjects.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404

from daicho import audit
from daicho.juki_net.models import IdentityVersion, municipality_code
from daicho.juki_net.permissions import JukiNetPermission
from daicho.juki_net.rules.layouts import by_code
from daicho.outbox import queries as post_room
from daicho.outbox.models import Notice, RefusedMessage
from daicho.outbox.permissions import OutboxPermission
from daicho.outbox.queries import NoticeRow

PURPOSE = "住基ネットへの通知の状況の確認"
PAGE = 50


@dataclass(frozen=True)
class UpdateFacts:
    """What an update of 本人確認情報 was about, without saying whose."""

    request_control_no: str
    update_sequence_no: int
    reason_ja: str
    recorded_at: datetime


@dataclass(frozen=True)
class NoticeLife:
    """One notice from posting to reply. `update` is None for a 転入通知, of which nothing is kept here."""

    row: NoticeRow
    update: UpdateFacts | None


def list_notices(
    actor: audit.Actor, *, destination: str | None = None, states: Iterable[str] | None = None, before: int | None = None
) -> tuple[list[NoticeRow], bool]:
    """One page of notices, newest first, and whether older ones follow. Four queries at most. Raises audit.Refused (recorded)."""
    with audit.reading(actor, JukiNetPermission.NOTICE_READ, purpose=PURPOSE) as seen:
        rows = post_room.notices(_in_post_room(actor), destination=destination, states=states, before=before, limit=PAGE + 1)
        shown = rows[:PAGE]
        seen.add(*_subjects([row.order_no for row in shown]))
        seen.note(shown=len(shown))
    return shown, len(rows) > PAGE


def list_turned_away(actor: audit.Actor) -> list[RefusedMessage]:
    """What was turned away at this room's door, newest first; nobody is in it. Raises audit.Refused (recorded)."""
    with audit.reading(actor, JukiNetPermission.NOTICE_READ, purpose=PURPOSE) as seen:
        found = post_room.refused_messages(_in_post_room(actor))
        seen.note(turned_away=len(found))
    return found


def get_notice(actor: audit.Actor, notice_id: UUID) -> NoticeLife:
    """The life of one notice. Http404 when there is none (the attempt stays on record); audit.Refused (recorded)."""
    with audit.reading(actor, JukiNetPermission.NOTICE_READ, purpose=PURPOSE) as seen:
        notice = Notice.objects.filter(municipality_code=municipality_code(), notice_id=notice_id).first()
        if notice is None:
            raise Http404
        seen.add(*(UUID(hex=handle) for handle in notice.subjects))
        seen.note(notice_id=str(notice_id))
        [row] = post_room.notices(_in_post_room(actor), before=notice.order_no + 1, limit=1)
        update = _update_facts(notice)
    return NoticeLife(row, update)


def _in_post_room(actor: audit.Actor) -> audit.Actor:
    """This room's permission stands for that of the post room: all notices here are this room's own."""
    return actor.with_right(OutboxPermission.READ)


def _subjects(order_nos: list[int]) -> set[UUID]:
    found = Notice.objects.filter(order_no__in=order_nos).values_list("subjects", flat=True)
    return {UUID(hex=handle) for handles in found for handle in handles}


def _update_facts(notice: Notice) -> UpdateFacts | None:
    if notice.kind != "juki_update":
        return None
    version = IdentityVersion.objects.only("request_control_no", "update_sequence_no", "event_reason_code", "recorded_at").get(pk=notice.because_event)
    reason = by_code("update_reason")[version.event_reason_code].ja
    return UpdateFacts(version.request_control_no, version.update_sequence_no, reason, version.recorded_at)
