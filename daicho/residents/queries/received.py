"""受信した転入通知の照会 — the list, one notice beside the register, and of whom none has come (未着者). std 4.1.3.1; every reading is on record first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.http import Http404

from daicho import audit, clock, vault
from daicho.audit.actor import Actor
from daicho.contracts import base
from daicho.contracts.move_in_received_v1 import MoveInReceivedV1
from daicho.residents.models import ReceivedMoveIn
from daicho.residents.models.counter import FilingState
from daicho.residents.models.received import ReceivedState
from daicho.residents.permissions import Permission
from daicho.residents.queries.current import BY_PERSON, CurrentRow, current_rows
from daicho.residents.queries.persons import SheetView, sheet_view
from daicho.residents.rules.vocabulary import MOVED_OUT

PAGE = 100
PURPOSE = "転入通知の受理"
UNDONE = (ReceivedState.WAITING, ReceivedState.HELD)
ENDED = (FilingState.WITHDRAWN, FilingState.REGISTERED)


def list_received(actor: Actor, *, all_states: bool = False) -> list[ReceivedMoveIn]:
    """Newest first, at most a page; without `all_states` what is still to be done, oldest first. Nobody is named. One statement."""
    audit.require(actor, Permission.FILING_ENTER)
    rows = ReceivedMoveIn.objects.filter(municipality_code=settings.INSTALLATION.municipality_code).select_related("filing")
    return list(rows.order_by("-received_at")[:PAGE] if all_states else rows.filter(state__in=UNDONE).order_by("received_at")[:PAGE])


def undone_count(actor: Actor) -> int:
    """How many wait for a clerk. One statement."""
    audit.require(actor, Permission.FILING_ENTER)
    return ReceivedMoveIn.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, state__in=UNDONE).count()


@dataclass(frozen=True)
class Received:
    """One notice with what it says, and the sheets of the person it is about, newest first (none: nobody has its code)."""

    row: ReceivedMoveIn
    message: MoveInReceivedV1
    sheets: tuple[SheetView, ...]

    @property
    def is_undone(self) -> bool:
        return self.row.state in UNDONE

    @property
    def filing_under_way(self) -> bool:
        return self.row.filing is not None and self.row.filing.state not in ENDED


def get_received(actor: Actor, public_id: UUID) -> Received:
    """One notice. Http404 when there is none. Two statements and the record."""
    with audit.reading(actor, Permission.FILING_ENTER, purpose=PURPOSE) as seen:
        rows = ReceivedMoveIn.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, public_id=public_id)
        row = rows.select_related("person", "filing").first()
        if row is None:
            raise Http404
        seen.note(received=str(public_id))
        sheets = [sheet_view(one, clock.today()) for one in current_rows(BY_PERSON, [row.person.public_id])] if row.person else []
        seen.add(*(UUID(one.public_id) for one in sheets))
        return Received(row, open_notice(row), tuple(sheets))


def open_notice(row: ReceivedMoveIn) -> MoveInReceivedV1:
    """What a notice says, unsealed. One statement."""
    message = base.decode("move_in_received", 1, vault.open_payload(row.payload_ref))
    assert isinstance(message, MoveInReceivedV1)
    return message


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
    reasons = [MOVED_OUT, "ex_officio_removal"] if ex_officio else [MOVED_OUT]
    with audit.reading(actor, Permission.FILING_ENTER, purpose="転入通知未着者の照会") as seen:
        with connection.cursor() as cursor:
            cursor.execute(_MISSING, [settings.INSTALLATION.municipality_code, first, min(last, clock.today()), reasons, PAGE + 1])
            found = cursor.fetchall()
        rows = {row.sheet_id: row for row in current_rows(BY_PERSON, [public_id for public_id, _ in found[:PAGE]])}
        people = tuple(_missing(rows[sheet_id]) for _, sheet_id in found[:PAGE])
        seen.add(*(UUID(one.sheet.public_id) for one in people))
        return MissingList(people, len(found) > PAGE)


def _missing(row: CurrentRow) -> Missing:
    assert row.entries.closed_on is not None
    return Missing(sheet_view(row, clock.today()), (clock.today() - row.entries.closed_on).days)
