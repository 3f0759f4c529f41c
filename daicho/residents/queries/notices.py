"""連携の状況 — how the notices of this room stand, and whom one is about. Every reading is recorded before it is shown. F-2-20; design §5."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import Http404

from daicho import audit, outbox
from daicho.audit.actor import Actor
from daicho.outbox import queries as post_room
from daicho.outbox.models import Notice, RefusedMessage
from daicho.outbox.permissions import OutboxPermission
from daicho.outbox.queries import NoticeRow
from daicho.residents.models import CertificateIssue, CivilEvent, SheetVersion
from daicho.residents.permissions import Permission
from daicho.residents.queries.letters_put_out import ON_PAPER, letters_of, notice_case
from daicho.residents.rules.entries import SheetEntries

PURPOSE = "連携の状況の確認"
PAGE = 50


@dataclass(frozen=True)
class NoticeLife:
    """One notice from posting to reply: the event it came from, and whom it is about (public id, entries as that event left them)."""

    row: NoticeRow
    event: CivilEvent | None
    people: tuple[tuple[str, SheetEntries], ...]
    letters: tuple[CertificateIssue, ...] = ()  # that were put out instead of it


def list_notices(
    actor: Actor, *, destination: str | None = None, states: Iterable[str] | None = None, before: int | None = None
) -> tuple[list[NoticeRow], bool]:
    """One page, newest first, and whether older ones follow. No person is shown. Two statements. Raises audit.Refused (recorded)."""
    audit.require(actor, Permission.NOTICE_READ)
    rows = post_room.notices(_in_post_room(actor), destination=destination, states=states, before=before, limit=PAGE + 1)
    return rows[:PAGE], len(rows) > PAGE


def list_turned_away(actor: Actor) -> list[RefusedMessage]:
    """What was turned away at this room's door, newest first. No person is in it. One statement. Raises audit.Refused (recorded)."""
    audit.require(actor, Permission.NOTICE_READ)
    return post_room.refused_messages(_in_post_room(actor))


def get_notice(actor: Actor, notice_id: UUID) -> NoticeLife:
    """The life of one notice. Http404 when there is none; audit.Refused (recorded). The people only for who may read them."""
    with audit.reading(actor, Permission.NOTICE_READ, purpose=PURPOSE) as seen:
        notice = Notice.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, notice_id=notice_id).first()
        if notice is None:
            raise Http404
        seen.note(notice_id=str(notice_id))
        [row] = post_room.notices(_in_post_room(actor), before=notice.order_no + 1, limit=1)
        event = CivilEvent.objects.filter(pk=notice.because_event).first()
        people = _people(notice) if event and actor.may(Permission.PERSON_READ) else ()
        seen.add(*(UUID(public) for public, _ in people))
        letters = letters_of([notice_case(notice_id)]).get(notice_case(notice_id), ()) if row.kind in ON_PAPER else ()
    return NoticeLife(row, event, people, letters)


def _people(notice: Notice) -> tuple[tuple[str, SheetEntries], ...]:
    """Those of the event's persons whose handle the notice bears: a handle leads back to nobody by itself."""
    rows = list(SheetVersion.objects.filter(event_id=notice.because_event).select_related("person").order_by("pk"))
    handles = outbox.subject_handles(notice.destination, [row.person.public_id for row in rows])
    return tuple((str(row.person.public_id), row.to_entries()) for row, handle in zip(rows, handles, strict=True) if handle in notice.subjects)


def _in_post_room(actor: Actor) -> Actor:
    """This room's permission stands for that of the post room: all notices here are this room's own."""
    return actor.with_right(OutboxPermission.READ)
