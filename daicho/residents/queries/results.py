"""本登録の結果 — whom one filing changed, and who was told what because of it. design §3, §5; F-2-20."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from daicho import audit
from daicho.audit.actor import Actor
from daicho.certificates.letters.head import HEAD_CHANGED
from daicho.outbox import queries as outbox
from daicho.outbox.permissions import OutboxPermission
from daicho.residents.models import CivilEvent, Filing
from daicho.residents.permissions import Permission
from daicho.residents.queries.event_letters import EventLetters, read_event
from daicho.residents.rules.letters_of_events.occasion import Wrote
from daicho.rows import Columns


@dataclass(frozen=True)
class Result:
    """`letters`: the sheets that the event wrote, and the letters it gives occasion for."""

    letters: EventLetters
    notices: tuple[outbox.NoticeRow, ...] | None  # None: the officer may not see notices

    @property
    def event(self) -> CivilEvent:
        return self.letters.event

    @property
    def people(self) -> tuple[Wrote, ...]:
        return self.letters.happened.wrote

    @property
    def told_of_head(self) -> tuple[Wrote, ...]:
        """To whom 世帯主変更通知書 goes."""
        addressees = {offer.people[0] for offer in self.letters.offers if offer.code == HEAD_CHANGED.code}
        return tuple(one for one in self.people if one.public_id in addressees)


def result(actor: Actor, row: Filing) -> Result:
    """What 本登録 of this filing did. Four statements for people and letters, five where somebody is protected, and the record; two for the notices."""
    with audit.reading(actor, Permission.FILING_EXAMINE if actor.may(Permission.FILING_EXAMINE) else Permission.FILING_ENTER) as seen:
        letters = read_event(_event(row), row)
        seen.add(*(UUID(one.public_id) for one in letters.happened.wrote))
    return Result(letters, _notices(actor, letters.event.pk))


_EVENT = Columns(CivilEvent, "e")
_ONE_EVENT = f"SELECT {_EVENT.sql} FROM residents_civilevent e WHERE e.id = %s"


def _event(row: Filing) -> CivilEvent:
    with connection.cursor() as cursor:
        cursor.execute(_ONE_EVENT, [row.event_id_no])
        return _EVENT.instance(cursor.fetchone())


def _notices(actor: Actor, event_id: int) -> tuple[outbox.NoticeRow, ...] | None:
    """This room's own right to see its notices stands for the post room's (a notice names no person)."""
    if not actor.may(Permission.NOTICE_READ):
        return None
    return tuple(outbox.notices_because(actor.with_right(OutboxPermission.READ), event_id))
