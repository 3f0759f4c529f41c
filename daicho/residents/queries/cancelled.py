"""取り消す異動 — a recorded event as a 取消し is about it: what it was, of whom it said something. std 4.6.0.1-02, -03."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.http import Http404

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.residents.models import CivilEvent, SheetVersion
from daicho.residents.permissions import Permission
from daicho.residents.queries.history import rows_of
from daicho.residents.rules.annulling import resting_on
from daicho.residents.rules.definitions import NoticeKind
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.events import event_recorded_as
from daicho.residents.rules.situation import RecordedEvent

_TOLD = """
    SELECT p.atena_no FROM residents_sheetversion v JOIN residents_person p ON p.id = v.person_id
     WHERE v.event_id = %s AND (v.asserts IS NULL OR v.asserts <> '{}') GROUP BY p.atena_no ORDER BY min(v.id)
"""
"""Of whom the event said something, in its own order; those whose 世帯主氏名 only followed are left out."""


def recorded_event(number: int) -> RecordedEvent | None:
    """One event with the people it is about. Two statements."""
    found = recorded_events([number]).get(number)
    if found is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_TOLD, [number])
        return replace(found, told=tuple(atena_no for (atena_no,) in cursor.fetchall()))


def recorded_events(numbers: Iterable[int]) -> dict[int, RecordedEvent]:
    """Events by number. One statement, none for none."""
    wanted = sorted(numbers)
    rows = CivilEvent.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, pk__in=wanted) if wanted else ()
    return {row.pk: _recorded(row) for row in rows}


def _recorded(row: CivilEvent) -> RecordedEvent:
    definition = event_recorded_as(row.definition)
    kinds = {notify.kind for notify in definition.notices} if definition else set()
    return RecordedEvent(row.pk, row.code, row.standard_code, row.effective_on, row.recorded_at, row.cancels_id is not None, NoticeKind.MOVE_IN_NOTICE in kinds)


@dataclass(frozen=True)
class Resting:
    """A later version on somebody's sheets that must be cancelled first."""

    public_id: str
    history_no: int
    event: CivilEvent


@dataclass(frozen=True)
class Told:
    """One of the people of whom the event said something. `stands`: it is not cancelled of them yet."""

    public_id: str
    entries: SheetEntries
    stands: bool
    resting: tuple[Resting, ...]


@dataclass(frozen=True)
class ToCancel:
    """An event chosen from somebody's history, with everybody whom its 取消し may be about."""

    event: CivilEvent
    people: tuple[Told, ...]


def to_cancel(actor: Actor, public_id: UUID, history_no: int) -> ToCancel:
    """The event of one row of a person's history. Http404 when there is no such row. Three statements and the record."""
    with audit.reading(actor, Permission.HISTORY_READ, subjects=(public_id,)) as seen:
        event = event_at(public_id, history_no)
        people = people_of(event.pk)
        seen.add(*people)
        rows: dict[UUID, list[SheetVersion]] = {one: [] for one in people}
        for row in rows_of(list(people)):
            rows[row.person.public_id].append(row)
        return ToCancel(event, tuple(_told(str(one), rows[one], event) for one in people))


def event_at(public_id: UUID, history_no: int) -> CivilEvent:
    """The event that wrote this row. Http404 when there is no such row."""
    code = settings.INSTALLATION.municipality_code
    row = SheetVersion.objects.filter(municipality_code=code, person__public_id=public_id, history_no=history_no).select_related("event").first()
    if row is None:
        raise Http404("その履歴番号の記録はありません。異動履歴の画面で選び直してください。")
    return row.event


def people_of(event_no: int) -> tuple[UUID, ...]:
    """Public ids of those of whom the event said something, in its order. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_TOLD.replace("p.atena_no", "p.public_id"), [event_no])
        return tuple(public_id for (public_id,) in cursor.fetchall())


def find_event(number: int | None) -> CivilEvent | None:
    """The event that a 取消し is about; None for another filing, without asking."""
    return CivilEvent.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, pk=number).first() if number else None


def _told(public_id: str, rows: Sequence[SheetVersion], event: CivilEvent) -> Told:
    versions = [row.to_value() for row in rows]
    wrote = [v for v in versions if v.event_no == event.pk and v.annulled_at is None]
    found = {v.history_no for target in wrote for v in resting_on(versions, target, clock.today())}
    resting = tuple(Resting(public_id, row.history_no, row.event) for row in rows if row.history_no in found)
    return Told(public_id, rows[-1].to_entries(), bool(wrote), resting)
