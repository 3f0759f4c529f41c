"""個人・世帯の照会 — one person's card with their household. std 2.2, 3.3; S1-04. Every person shown is on record first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.http import Http404

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.residents.models import NumberRequest, Person
from daicho.residents.permissions import Permission
from daicho.residents.queries.awaited import undone_request
from daicho.residents.queries.current import BY_HOUSEHOLD, BY_PERSON, CurrentRow, current_rows
from daicho.residents.queries.officer_notes import standing_memos
from daicho.residents.rules.birth import birth_text
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.fold import is_open
from daicho.residents.rules.officer_notes import Note


@dataclass(frozen=True)
class SheetView:
    """One sheet of a person as a screen shows it."""

    public_id: str
    atena_no: str
    juminhyo_no: int
    history_no: int
    entries: SheetEntries
    is_open: bool
    is_archived: bool = False  # it lies in the store of old 除票

    @property
    def birth_text(self) -> str:
        return birth_text(self.entries)


@dataclass(frozen=True)
class Pending:
    """A filing that holds this person or household: what it is, who entered it, when."""

    filing: str
    code: str
    entered_by: str
    filing_no: int


@dataclass(frozen=True)
class Card:
    """A person: the newest sheet, the older ones, the household today, and what is under way."""

    sheet: SheetView
    older: tuple[SheetView, ...]
    household: tuple[SheetView, ...]
    left: tuple[SheetView, ...]  # removed members, shown too (std 3.3)
    pending: tuple[Pending, ...]
    number_asked: NumberRequest | None  # 付番待ち: what is asked of 機構 and not done
    memos: tuple[Note, ...]


def card(actor: Actor, public_id: UUID) -> Card:
    """Read one person and the household. Raises Http404 for an unknown id. Five statements and the record."""
    with audit.reading(actor, Permission.PERSON_READ, subjects=(public_id,)) as seen:
        rows = current_rows(BY_PERSON, [public_id])
        if not rows:
            raise Http404
        sheets = [_view(row) for row in rows]
        newest = sheets[0]
        members = _household(newest.entries.household_no) if newest.entries.household_no else []
        seen.add(*(UUID(m.public_id) for m in members))
        return Card(
            newest,
            tuple(sheets[1:]),
            tuple(m for m in members if m.is_open),
            tuple(m for m in members if not m.is_open and m.public_id != newest.public_id),
            _pending(newest),
            undone_request(public_id),
            standing_memos(rows[0].person_id),
        )


def _household(household_no: str) -> list[SheetView]:
    """In its order, each person once: who went on on another sheet (帰化, 改製) or came back is shown as they are now."""
    rows = current_rows(BY_HOUSEHOLD, [household_no])
    newest = {row.person_id: row for row in sorted(rows, key=lambda row: row.history_no)}
    return [_view(row) for row in rows if newest[row.person_id] is row]


def _view(row: CurrentRow) -> SheetView:
    return sheet_view(row, clock.today())


def sheet_view(row: CurrentRow, on: date) -> SheetView:
    """A row as screens show it."""
    return SheetView(str(row.public_id), row.atena_no, row.juminhyo_no, row.history_no, row.entries, is_open(row.entries, on), row.is_archived)


_HOLDING = """
    SELECT DISTINCT f.public_id::text, f.code, f.entered_by, f.filing_no FROM residents_claim c JOIN residents_filing f ON f.id = c.filing_id
     WHERE c.municipality_code = %s AND ((c.kind = 'person' AND c.number = %s) OR (c.kind = 'household' AND c.number = %s)) ORDER BY f.filing_no
"""


def _pending(view: SheetView) -> tuple[Pending, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_HOLDING, [settings.INSTALLATION.municipality_code, view.atena_no, view.entries.household_no or ""])
        return tuple(Pending(*row) for row in cursor.fetchall())


def person_of(public_id: UUID) -> Person:
    """The person row of a page's id; Http404 when there is none."""
    person = Person.objects.filter(public_id=public_id, municipality_code=settings.INSTALLATION.municipality_code).first()
    if person is None:
        raise Http404
    return person
