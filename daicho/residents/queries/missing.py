"""転入通知未着者 — of whom among those who left no 転入通知 has come. 住民基本台帳法第9条第1項; std 4.1.3.1.4; every reading is on record first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import connection

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.residents.permissions import Permission
from daicho.residents.queries.current import BY_PERSON, CurrentRow, current_rows
from daicho.residents.queries.sheet_view import SheetView, sheet_view
from daicho.residents.rules.vocabulary import MOVED_OUT

PAGE = 100


@dataclass(frozen=True)
class Missing:
    """Someone who left and of whom no 転入通知 has come."""

    sheet: SheetView
    days: int  # since the removal


@dataclass(frozen=True)
class MissingList:
    people: tuple[Missing, ...]
    more: bool


_MISSING = """
    SELECT p.public_id, c.sheet_id FROM residents_sheetcurrent c JOIN residents_person p ON p.id = c.person_id
     WHERE c.municipality_code = %s AND c.closed_on BETWEEN %s AND %s AND c.confirmed_move_out_date IS NULL AND c.removal_reason_code = ANY(%s)
     ORDER BY c.closed_on, p.atena_no LIMIT %s
"""


def missing_notices(actor: Actor, first: date, last: date, *, ex_officio: bool) -> MissingList:
    """転入通知未着者 among those removed from `first` to `last` by 国内転出, with `ex_officio` also by 職権消除 (N-4.1.3.1.4-02, -03).

    Two statements and the record, however many 除票 there are.
    """
    with audit.reading(actor, Permission.FILING_ENTER, purpose="転入通知未着者の照会") as seen:
        found, more = find_missing(first, last, ex_officio=ex_officio)
        people = tuple(_missing(row) for row in found)
        seen.add(*(UUID(one.sheet.public_id) for one in people))
        return MissingList(people, more)


def find_missing(first: date, last: date, *, ex_officio: bool) -> tuple[list[CurrentRow], bool]:
    """The 除票 themselves, at most a page, and whether there are more, for a command, which records the reading. Two statements."""
    reasons = [MOVED_OUT, "ex_officio_removal"] if ex_officio else [MOVED_OUT]
    with connection.cursor() as cursor:
        cursor.execute(_MISSING, [settings.INSTALLATION.municipality_code, first, min(last, clock.today()), reasons, PAGE + 1])
        found = cursor.fetchall()
    rows = {row.sheet_id: row for row in current_rows(BY_PERSON, [public_id for public_id, _ in found[:PAGE]])}
    return [rows[sheet_id] for _, sheet_id in found[:PAGE]], len(found) > PAGE


def _missing(row: CurrentRow) -> Missing:
    assert row.entries.closed_on is not None
    return Missing(sheet_view(row, clock.today()), (clock.today() - row.entries.closed_on).days)
