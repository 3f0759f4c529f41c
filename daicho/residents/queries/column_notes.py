"""統合記載欄の記載 — 異動履歴 and 留意事項 of sheets, as a certificate prints them and as an officer reads them. std 1.1.14, 20.0.2, 20.0.3."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import connection

from daicho import audit
from daicho.audit.actor import Actor
from daicho.certificates.record import Note
from daicho.residents.models import SheetVersion
from daicho.residents.permissions import Permission
from daicho.residents.queries.blocks import hidden_from
from daicho.residents.queries.current import BY_PERSON, current_rows
from daicho.residents.rules.cautions import Caution, RemarkedVersion, cautions
from daicho.residents.rules.changes import Tie
from daicho.residents.rules.column_history import SPECIAL, HistoryRow, history_notes
from daicho.residents.rules.entries import SheetEntries

Placed = tuple[tuple[object, ...], Note]

# Every live version of the spells that have a remark at all: which of their entries still stand hangs on the later ones. Of the whole spell, since
# what is said of an entry goes over to the next sheet with it (改製, 帰化).
_VERSIONS = """
    SELECT v.spell_id, v.sheet_id, v.asserts IS NOT NULL, v.key, v.anchor, v.history_no, ARRAY(SELECT jsonb_object_keys(coalesce(v.asserts, '{}'))), coalesce(v.remark, ''),
           v.remark_tie, e.code, CASE WHEN jsonb_exists(v.asserts, 'planned_move_out_date') THEN v.closed_on END
      FROM residents_sheetversion v JOIN residents_civilevent e ON e.id = v.event_id
     WHERE v.spell_id = ANY(%s) AND NOT EXISTS (SELECT FROM residents_annulment a WHERE a.version_id = v.id)
       AND EXISTS (SELECT FROM residents_sheetversion w WHERE w.spell_id = v.spell_id AND w.remark IS NOT NULL)
"""


def cautions_of(sheets: Sequence[tuple[int, int]]) -> dict[int, tuple[Caution, ...]]:
    """By sheet, of `sheets` (sheet id, spell id): what was said on it and on those before it in its stay, nothing of a later one (改製原).

    One statement; the caller records the reading.
    """
    rows: dict[int, list[tuple[int, RemarkedVersion]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_VERSIONS, [sorted({spell for _, spell in sheets})])
        for spell_id, sheet_id, is_later, key, anchor, history_no, names, remark, tie, code, planned in cursor.fetchall():
            place = (is_later, key, anchor, history_no)
            version = RemarkedVersion(
                place, frozenset(names) if is_later else None, remark, Tie.from_json(json.loads(tie) if tie else None), code in SPECIAL, planned
            )
            rows.setdefault(spell_id, []).append((sheet_id, version))
    # A stay's sheets follow one another by their ids, and each begins with a row that says all: what came later is not on the paper of an earlier one.
    return {sheet: cautions(version for on, version in rows.get(spell, ()) if on <= sheet) for sheet, spell in sheets}


def column_notes(sheets: Sequence[tuple[int, int]], *, with_history: bool) -> Mapping[int, tuple[Note, ...]]:
    """By sheet what its column says but 備考, in 効力順: each 異動, then the 留意事項 tied to it. `sheets`: (sheet id, spell id).

    One statement, with the history one more.
    """
    said = cautions_of(sheets)
    history = _history([sheet for sheet, _ in sheets]) if with_history else {}
    return {sheet: _woven(history.get(sheet, ()), said[sheet]) for sheet, _ in sheets}


def _woven(history: Sequence[Placed], said: Sequence[Caution]) -> tuple[Note, ...]:
    """The 留意事項 behind the 異動 it is tied to; one of an earlier sheet's 異動 comes first."""
    on = {int(str(place[-1])): [note] for place, note in history}
    first = [caution.note for caution in said if caution.on not in on]
    for caution in said:
        if caution.on in on:
            on[caution.on].append(caution.note)
    ordered = [int(str(place[-1])) for place, _ in sorted(history, key=lambda pair: pair[0])]
    return (*first, *(note for number in ordered for note in on[number]))


def _history(sheet_ids: Sequence[int]) -> dict[int, tuple[Placed, ...]]:
    code = settings.INSTALLATION.municipality_code
    rows = (
        SheetVersion.objects.filter(municipality_code=code, sheet__in=list(sheet_ids)).select_related("event", "annulment").order_by("sheet_id", "history_no")
    )
    by_sheet: dict[int, list[SheetVersion]] = {}
    for row in rows:
        by_sheet.setdefault(row.sheet_id, []).append(row)
    return {sheet: history_notes(history_rows(of_sheet)) for sheet, of_sheet in by_sheet.items()}


def history_rows(of_sheet: Sequence[SheetVersion]) -> list[HistoryRow]:
    """The live versions of one sheet that say something, in 記載順, each with the row before it. A 取消し is no 異動 of the person's life."""
    found = []
    for before, row in zip([None, *of_sheet], of_sheet, strict=False):
        version = row.to_value()
        if version.annulled_at is None and not version.of_cancel and version.asserts != {}:
            asserted = None if version.asserts is None else frozenset(version.asserts)
            event = row.event
            entries = before.to_entries() if before is not None else None
            found.append(HistoryRow(version.place, event.code, event.definition, event.standard_code, event.effective_on, asserted, entries, version.entries))
    return found


@dataclass(frozen=True)
class Column:
    """The column of somebody's newest sheet: A and B in their order with what they hide, every 留意事項 with what it is tied to; 備考 is an entry."""

    entries: SheetEntries
    notes: tuple[Note, ...]
    cautions: tuple[Caution, ...]


def column_of(actor: Actor, public_id: UUID) -> Column | None:
    """For an officer who reads it all. None for an unknown id. Five statements and the record."""
    with audit.reading(actor, Permission.HISTORY_READ, subjects=(public_id,)):
        row = next(iter(current_rows(BY_PERSON, [public_id], hidden=hidden_from(actor))), None)
        if row is None:
            return None
        notes = column_notes([(row.sheet_id, row.spell_id)], with_history=True)[row.sheet_id]
        return Column(row.entries, notes, cautions_of([(row.sheet_id, row.spell_id)])[row.sheet_id])
