"""取り消す異動 — a recorded event as a 取消し is about it: what it was, of whom it said something. std 4.6.0.1-02, -03."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.conf import settings
from django.db import connection

from daicho.residents.models import CivilEvent
from daicho.residents.rules.definitions import NoticeKind
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
