"""版の上の記載 — what officers wrote upon versions without a 異動: 備考, 摘要, 付箋 and 警告 as they stood. decision 0032."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings

from daicho.residents.models import OfficerNote, SheetVersion
from daicho.residents.rules.entries import NOTED, SheetEntries
from daicho.residents.rules.officer_notes import entry_value

UPON = """
    SELECT sheet_id, history_no, jsonb_object_agg(kind, text) AS texts FROM (
      SELECT DISTINCT ON (sheet_id, history_no, kind) sheet_id, history_no, kind,
             CASE WHEN text = '' THEN NULL WHEN kind = 'warning_info' THEN to_json(text)::text ELSE text END AS text
        FROM residents_officernote WHERE municipality_code = %s AND sheet_id IS NOT NULL ORDER BY sheet_id, history_no, kind, wording_no DESC
    ) wording GROUP BY sheet_id, history_no
"""
"""By sheet and version the last wordings upon it, as entries: for the proof and the rebuilding, which ask for the whole city."""


def laid_on(versions: Iterable[SheetVersion], known_at: datetime | None = None) -> dict[int, dict[str, str | None]]:
    """By version id the notes that were written upon it, as entries. One statement."""
    rows = {(row.sheet_id, row.history_no): row.pk for row in versions}
    notes = OfficerNote.objects.filter(sheet__in={sheet for sheet, _ in rows}, municipality_code=settings.INSTALLATION.municipality_code)
    found: dict[int, dict[str, str | None]] = defaultdict(dict)
    for one in (notes.filter(recorded_at__lte=known_at) if known_at else notes).order_by("pk"):
        version = rows.get((one.sheet_id or 0, one.history_no or 0))
        if version is not None:
            found[version][one.kind] = entry_value(one.kind, one.text)
    return found


def lay_notes(rows: Iterable[SheetVersion], known_at: datetime | None = None) -> None:
    """Into the rows, which are read and not kept. One statement."""
    rows = list(rows)
    laid = laid_on(rows, known_at)
    for row in rows:
        for name, value in laid.get(row.pk, {}).items():
            setattr(row, name, value)


def with_notes_known(entries: SheetEntries, rows: Sequence[SheetVersion], known_at: datetime | None) -> SheetEntries:
    """Of a day's fold: the notes of that stay as they were known, which belong to no day. `rows`: with their notes laid into them."""
    known = [row for row in rows if row.opened_on == entries.opened_on and (known_at is None or row.recorded_at <= known_at)]
    return entries.but(**{name: getattr(known[-1], name) for name in NOTED}) if known else entries
