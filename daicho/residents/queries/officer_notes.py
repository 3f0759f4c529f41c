"""職員の記載を読む — メモ, 付箋, 警告, 摘要 and 備考 of a person, with every wording. 標準1.1.14, 1.1.15; decision 0032. Every reading is on record first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404

from daicho import audit
from daicho.audit.actor import Actor
from daicho.residents.models import OfficerNote, SheetVersion
from daicho.residents.permissions import Permission
from daicho.residents.queries.blocks import hidden_from
from daicho.residents.queries.history import rows_of
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.officer_notes import MEMO, Note, Wording, notes_of_person, notes_of_sheet

MIGRATED = "移行"


@dataclass(frozen=True)
class SheetNotes:
    """One 住民票 and the notes on it."""

    juminhyo_no: int
    entries: SheetEntries
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class PersonNotes:
    """`memos` of the person; `sheets` with theirs, the newest first."""

    memos: tuple[Note, ...]
    sheets: tuple[SheetNotes, ...]


@dataclass(frozen=True)
class _Row:
    history_no: int
    recorded_at: datetime
    entries: SheetEntries
    by: str
    juminhyo_no: int


def officer_notes(actor: Actor, public_id: UUID) -> PersonNotes:
    """All of a person, those taken away too. Http404 for an unknown id. Two statements and the record."""
    with audit.reading(actor, Permission.PERSON_READ, subjects=(public_id,)):
        rows = rows_of([public_id], hidden_from(actor))
        if not rows:
            raise Http404
        written = list(OfficerNote.objects.filter(person=rows[0].person_id).order_by("note_no", "pk"))
        memos = notes_of_person(_wording(one) for one in written if one.kind == MEMO)
        return PersonNotes(memos, tuple(_of_sheets(rows, written)))


def standing_memos(person_id: int) -> tuple[Note, ...]:
    """Those that stand, for the card, whose reading is on record. One statement."""
    rows = OfficerNote.objects.filter(person=person_id, kind=MEMO).order_by("note_no", "pk")
    return tuple(note for note in notes_of_person(_wording(one) for one in rows) if note.stands)


def _of_sheets(rows: Sequence[SheetVersion], written: Sequence[OfficerNote]) -> Iterable[SheetNotes]:
    by_sheet: dict[int, list[SheetVersion]] = {}
    for row in rows:
        by_sheet.setdefault(row.sheet_id, []).append(row)
    for sheet_id, of_sheet in reversed(by_sheet.items()):
        upon = [(one.history_no or 0, _wording(one)) for one in written if one.sheet_id == sheet_id]
        number = of_sheet[0].sheet.juminhyo_no
        lines = [_Row(r.history_no, r.recorded_at, r.to_entries(), r.event.entered_by or MIGRATED, number) for r in of_sheet]
        yield SheetNotes(number, lines[-1].entries, notes_of_sheet(lines, upon))


def _wording(one: OfficerNote) -> Wording:
    return Wording(one.kind, one.note_no, one.before, one.text, one.recorded_by, one.recorded_at, one.recorded_by_id, one.terminal)
