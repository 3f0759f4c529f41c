"""来た消除 — whose sheet has closed on a day that was planned, and of whom nobody was told yet. 住民基本台帳法第24条; std 1.1.5; design §4.

Planned is a closing that was recorded before its day and still counts. It was processed when a `Removal` names that version or a later
one; an event that closes a sheet on the day or after it tells of it itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import connection

from daicho.residents.queries.current import BY_ATENA_NO, BY_HOUSEHOLD, CurrentRow, current_rows
from daicho.residents.queries.situations import histories
from daicho.residents.rules.fold import Version, is_open
from daicho.residents.rules.situation import Household, PersonState, Situation

_DUE = """
    SELECT coalesce(c.household_no, ''), c.closed_on, p.atena_no, c.sheet_id, planned.id
      FROM residents_sheetcurrent c JOIN residents_person p ON p.id = c.person_id
      JOIN LATERAL (
        SELECT v.id, v.history_no FROM residents_sheetversion v LEFT JOIN residents_annulment a ON a.version_id = v.id
         WHERE v.sheet_id = c.sheet_id AND a.version_id IS NULL AND (v.asserts IS NULL OR jsonb_exists(v.asserts, 'closed_on'))
           AND (v.recorded_at AT TIME ZONE 'Asia/Tokyo')::date < v.closed_on
         ORDER BY v.history_no DESC LIMIT 1
      ) planned ON true
     WHERE c.municipality_code = %s AND c.closed_on <= %s
       AND NOT EXISTS (SELECT FROM residents_removal r WHERE r.sheet_id = c.sheet_id AND r.history_no >= planned.history_no)
"""


@dataclass(frozen=True)
class Leaver:
    """Someone whose sheet closed: 宛名番号, the sheet, and the version that planned it."""

    atena_no: str
    sheet_id: int
    version_id: int


@dataclass(frozen=True)
class Due:
    """Those of one household ("" = of none) whose sheets closed on one day."""

    household_no: str
    closed_on: date
    leavers: tuple[Leaver, ...]


def due_removals(until: date, household_no: str | None = None) -> list[Due]:
    """What is due by a day, oldest first; of one household when named. One statement."""
    statement, wanted = _DUE, [settings.INSTALLATION.municipality_code, until]
    if household_no is not None:
        statement, wanted = f"{_DUE} AND coalesce(c.household_no, '') = %s", [*wanted, household_no]
    with connection.cursor() as cursor:
        cursor.execute(statement, wanted)
        return _grouped(cursor.fetchall())


def _grouped(rows: Iterable[tuple[str, date, str, int, int]]) -> list[Due]:
    groups: dict[tuple[date, str], list[Leaver]] = {}
    for household_no, closed_on, *leaver in rows:
        groups.setdefault((closed_on, household_no), []).append(Leaver(*leaver))
    return [Due(household_no, closed_on, tuple(leavers)) for (closed_on, household_no), leavers in sorted(groups.items())]


def sheets_of(due: Due) -> dict[int, CurrentRow]:
    """The closed sheets as they are now, by sheet id. One statement."""
    closed = {leaver.sheet_id for leaver in due.leavers}
    return {row.sheet_id: row for row in current_rows(BY_ATENA_NO, [leaver.atena_no for leaver in due.leavers]) if row.sheet_id in closed}


def household_on_the_day(due: Due) -> Situation:
    """The household with those who left and those who live there on the day it happened. Two statements."""
    closed = {leaver.sheet_id for leaver in due.leavers}
    rows = [row for row in current_rows(BY_HOUSEHOLD, [due.household_no]) if row.sheet_id in closed or is_open(row.entries, due.closed_on)]
    known = histories([row.atena_no for row in rows])
    persons = {row.atena_no: _state(row, known[row.atena_no], due.closed_on) for row in rows}
    return Situation(
        today=due.closed_on,
        municipality_code=settings.INSTALLATION.municipality_code,
        city_prefix=settings.INSTALLATION.prefecture_name + settings.INSTALLATION.municipality_name,
        persons=persons,
        households={due.household_no: Household(due.household_no, tuple(persons))},
    )


def _state(row: CurrentRow, versions: tuple[Version, ...], day: date) -> PersonState:
    return PersonState(row.atena_no, row.entries, is_open(row.entries, day), row.spell_id, row.history_no, versions, str(row.public_id))
