"""通知の読取り — a room's officers read how its notices stand. Every reading is recorded before it is shown. F-2-09, F-2-20; 標準7.1.1.1.

No name, address or number is shown: people stand behind the handles of the post room, and so do the trail's subjects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.http import Http404

from daicho import audit
from daicho.outbox import queries
from daicho.outbox.models import Notice, RefusedMessage, municipality_code
from daicho.outbox.permissions import OutboxPermission
from daicho.outbox.queries import NoticeRow

PAGE = 50


@dataclass(frozen=True)
class PaperOffer:
    """That the room can put this notice on paper: where to, under which name for once, and what the button says."""

    action: str
    once: str
    label: str


@dataclass(frozen=True)
class Life:
    """One notice: how it stands, what the room knows of it (heading → text), and whom it is about (public id, name) where it may say so."""

    row: NoticeRow
    facts: Mapping[str, str] = field(default_factory=dict)
    people: Sequence[tuple[str, str]] = ()
    paper: PaperOffer | None = None


def _nothing_more(_notice: Notice) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True)
class NoticeReadings:
    """The readings of one room: its right, its purpose, and what it adds to one notice (without saying whose it is)."""

    right: str
    purpose: str
    facts: Callable[[Notice], Mapping[str, str]] = _nothing_more

    def listed(
        self, actor: audit.Actor, *, destination: str | None = None, states: Iterable[str] | None = None, before: int | None = None
    ) -> tuple[list[NoticeRow], bool]:
        """One page of notices, newest first, and whether older ones follow. Four queries at most. Raises audit.Refused (recorded)."""
        with audit.reading(actor, self.right, purpose=self.purpose) as seen:
            rows = queries.notices(_in_post_room(actor), destination=destination, states=states, before=before, limit=PAGE + 1)
            shown = rows[:PAGE]
            seen.add(*_subjects([row.order_no for row in shown]))
            seen.note(shown=len(shown))
        return shown, len(rows) > PAGE

    def turned_away(self, actor: audit.Actor) -> list[RefusedMessage]:
        """What was turned away at this room's door, newest first; nobody is in it. Raises audit.Refused (recorded)."""
        with audit.reading(actor, self.right, purpose=self.purpose) as seen:
            found = queries.refused_messages(_in_post_room(actor))
            seen.note(turned_away=len(found))
        return found

    def life(self, actor: audit.Actor, notice_id: UUID) -> Life:
        """The life of one notice. Http404 when there is none (the attempt stays on record); audit.Refused (recorded)."""
        with audit.reading(actor, self.right, purpose=self.purpose) as seen:
            notice = Notice.objects.filter(municipality_code=municipality_code(), notice_id=notice_id).first()
            if notice is None:
                raise Http404
            seen.add(*(UUID(hex=handle) for handle in notice.subjects))
            seen.note(notice_id=str(notice_id))
            [row] = queries.notices(_in_post_room(actor), before=notice.order_no + 1, limit=1)
            facts = self.facts(notice)
        return Life(row, facts)


def _in_post_room(actor: audit.Actor) -> audit.Actor:
    """The room's permission stands for that of the post room: all notices here are the room's own."""
    return actor.with_right(OutboxPermission.READ)


def _subjects(order_nos: list[int]) -> set[UUID]:
    found = Notice.objects.filter(order_no__in=order_nos).values_list("subjects", flat=True)
    return {UUID(hex=handle) for handles in found for handle in handles}
