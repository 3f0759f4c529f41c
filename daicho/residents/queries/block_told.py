"""発行抑止を知らせたこと — which room was told what of somebody, and which has not acknowledged it. 標準仕様3.1, 3.2; domain §7, 事故の型2.

What each room was told last counts: whatever was told before is overtaken by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import connection

from daicho import audit
from daicho.audit.actor import Actor
from daicho.residents.permissions import Permission

PURPOSE = "発行抑止が各システムに届いたことの確認"
ACKNOWLEDGED = "acknowledged"
_RIGHTS = (Permission.PROTECTED_READ, Permission.SUPPORT_READ, Permission.SUPPORT_MANAGE, Permission.BLOCK_SET, Permission.BLOCK_LIFT)
"""Whoever has one of them may ask; the reading is recorded by the first that the officer has."""


@dataclass(frozen=True)
class Told:
    """What one room was told last of one person. `state`: of the notice, pending | sent | acknowledged | refused | dead | withdrawn."""

    person: UUID
    atena_no: str
    room: str
    prohibited_from: date | None
    notice_id: UUID
    told_at: datetime
    state: str
    settled_at: datetime | None
    reason_ja: str

    @property
    def is_acknowledged(self) -> bool:
        return self.state == ACKNOWLEDGED


_TOLD = """
    SELECT p.public_id, p.atena_no, t.room, t.prohibited_from, t.notice_id, t.told_at, d.state, d.settled_at, coalesce(d.reply_reason_ja, '')
      FROM (SELECT DISTINCT ON (person_id, room) * FROM residents_blocktold WHERE municipality_code = %s ORDER BY person_id, room, id DESC) t
      JOIN residents_person p ON p.id = t.person_id
      JOIN outbox_notice n ON n.municipality_code = t.municipality_code AND n.notice_id = t.notice_id
      JOIN outbox_delivery d ON d.notice_id = n.order_no AND d.destination = t.room
     WHERE {}
     ORDER BY t.told_at, t.id
"""


def told_of(actor: Actor, person: UUID) -> tuple[Told, ...]:
    """What every room was told last of one person. One query and the record. Raises audit.Refused (recorded)."""
    with audit.reading(actor, _right(actor), purpose=PURPOSE, subjects=(person,)) as seen:
        found = _asked("p.public_id = %s", [person])
        seen.note(rooms=len(found))
    return found


def not_acknowledged(actor: Actor) -> tuple[Told, ...]:
    """Everybody of whom a room has not acknowledged what it was told last, the longest waiting first. One query and the record. Raises audit.Refused."""
    with audit.reading(actor, _right(actor), purpose=PURPOSE) as seen:
        found = _asked("d.state <> %s", [ACKNOWLEDGED])
        seen.add(*{one.person for one in found})
        seen.note(shown=len(found))
    return found


def _right(actor: Actor) -> Permission:
    return next((right for right in _RIGHTS if actor.may(right)), Permission.PROTECTED_READ)


def _asked(which: str, parameters: Sequence[object]) -> tuple[Told, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_TOLD.format(which), [settings.INSTALLATION.municipality_code, *parameters])
        return tuple(Told(*row) for row in cursor.fetchall())
