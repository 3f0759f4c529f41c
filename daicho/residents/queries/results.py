"""本登録の結果 — whom one filing changed, and who was told what because of it. design §3, §5; F-2-20."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from daicho import audit
from daicho.audit.actor import Actor
from daicho.outbox import queries as outbox
from daicho.outbox.permissions import OutboxPermission
from daicho.residents.models import CivilEvent, Filing, HeadLetter
from daicho.residents.models.head_letter import LetterKind
from daicho.residents.permissions import Permission
from daicho.residents.queries.current import entries_of, entry_columns
from daicho.residents.rules.entries import SheetEntries
from daicho.rows import Columns


@dataclass(frozen=True)
class ChangedSheet:
    """One person's version that the event wrote. `follows`: only 世帯主氏名 followed from others; `asserted`: what the event said itself."""

    public_id: str
    atena_no: str
    history_no: int
    entries: SheetEntries
    opened: bool
    follows: bool
    asserted: frozenset[str]


@dataclass(frozen=True)
class Result:
    event: CivilEvent
    people: tuple[ChangedSheet, ...]
    notices: tuple[outbox.NoticeRow, ...] | None  # None: the officer may not see notices
    told_of_head: tuple[ChangedSheet, ...] = ()  # to whom 世帯主変更通知書 goes


def result(actor: Actor, row: Filing) -> Result:
    """What 本登録 of this filing did. Three statements for the people, the letters and the record, two for the notices."""
    with audit.reading(actor, Permission.FILING_EXAMINE if actor.may(Permission.FILING_EXAMINE) else Permission.FILING_ENTER) as seen:
        event = _event(row)
        people = _people(event.pk)
        seen.add(*(UUID(p.public_id) for p in people))
        addressees = set(HeadLetter.objects.filter(event=event, kind=LetterKind.CHANGED).values_list("addressee__atena_no", flat=True))
    return Result(event, people, _notices(actor, event.pk), tuple(p for p in people if p.atena_no in addressees))


_EVENT = Columns(CivilEvent, "e")
_ONE_EVENT = f"SELECT {_EVENT.sql} FROM residents_civilevent e WHERE e.id = %s"


def _event(row: Filing) -> CivilEvent:
    with connection.cursor() as cursor:
        cursor.execute(_ONE_EVENT, [row.event_id_no])
        return _EVENT.instance(cursor.fetchone())


_WRITTEN = f"""
    SELECT p.public_id::text, p.atena_no, v.history_no, v.asserts IS NULL, ARRAY(SELECT jsonb_object_keys(v.asserts)),
           coalesce(v.asserts = '{{}}', false) AND NOT EXISTS (
             SELECT FROM residents_annulment a JOIN residents_sheetversion of ON of.id = a.version_id
              WHERE a.event_id = v.event_id AND of.sheet_id = v.sheet_id AND of.asserts IS DISTINCT FROM '{{}}'), {entry_columns("v")}
      FROM residents_sheetversion v JOIN residents_person p ON p.id = v.person_id WHERE v.event_id = %s ORDER BY v.id
"""


def _people(event_id: int) -> tuple[ChangedSheet, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_WRITTEN, [event_id])
        return tuple(
            ChangedSheet(public_id, atena_no, history_no, entries_of(entries), opened, follows, frozenset(asserted))
            for public_id, atena_no, history_no, opened, asserted, follows, *entries in cursor.fetchall()
        )


def _notices(actor: Actor, event_id: int) -> tuple[outbox.NoticeRow, ...] | None:
    """This room's own right to see its notices stands for the post room's (a notice names no person)."""
    if not actor.may(Permission.NOTICE_READ):
        return None
    return tuple(outbox.notices_because(actor.with_right(OutboxPermission.READ), event_id))
