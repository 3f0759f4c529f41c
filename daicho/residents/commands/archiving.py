"""除票用データベースへの移行 — old 除票 are moved to their own store, and come back when one is written on again. 標準1.1.5, 9.3; decision 0033.

Nothing is ever deleted by it: the database's own functions move whole sheets, and no role has another right to take a row away. So a 除票 is kept for
the 150 years of 令34条 and longer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import chain

from django.db import connection, transaction

from daicho import audit
from daicho.audit.actor import Actor
from daicho.residents.permissions import JobPermission
from daicho.residents.queries.archive import five_years_over
from daicho.residents.queries.situations import lock_current

YEARS = 5
_PEOPLE_AT_ONCE = 500


def archive_removed(actor: Actor, on: date) -> int:
    """Move every sheet that has been removed for five years on that day. Returns how many. Each portion of people is one transaction, so that a
    run which is cut off has moved whole sheets, and the next goes on."""
    audit.require(actor, JobPermission.REMOVED_ARCHIVE)
    moved = 0
    while sheets := _archive_some(actor, five_years_before(on)):
        moved += sheets
    return moved


def five_years_before(day: date) -> date:
    """The last day of removal whose five years are over."""
    try:
        return day.replace(year=day.year - YEARS)
    except ValueError:  # 29 February
        return day.replace(year=day.year - YEARS, day=28)


@transaction.atomic
def _archive_some(actor: Actor, closed_by: date) -> int:
    lock_current([], [atena_no for atena_no, _, _ in five_years_over(closed_by, _PEOPLE_AT_ONCE)])
    due = five_years_over(closed_by, _PEOPLE_AT_ONCE)  # once more, since somebody may have been cancelled until the lock
    sheets = list(chain.from_iterable(of_one for _, _, of_one in due))
    if not sheets:
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT residents_archive_sheets(%s::bigint[])", [sheets])
    audit.record(actor, JobPermission.REMOVED_ARCHIVE, [person for _, person, _ in due], detail={"sheets": len(sheets)})
    return len(sheets)


def bring_back(sheet_ids: Sequence[int]) -> None:
    """Into the living store, in the transaction that writes on them. No statement for none."""
    if sheet_ids:
        with connection.cursor() as cursor:
            cursor.execute("SELECT residents_bring_back_sheets(%s::bigint[])", [list(sheet_ids)])
