"""消除の処理 — what became a 除票 by an event is noted, in the event's transaction. 住民基本台帳法第8条; std 1.1.5 (N-1.1.5-11)."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings

from daicho import clock, rows
from daicho.residents.commands.writing import Recording, Written
from daicho.residents.models import Removal
from daicho.residents.rules.fold import is_open


def note_removals(recording: Recording, written: Sequence[Written]) -> None:
    """Of those who were residents until now. Whose day lies ahead is found by the job when it comes. One statement, none for nobody."""
    today = clock.jst(recording.recorded_at).date()
    rows.insert([_removal(recording, w) for w in written if w.before is not None and is_open(w.before, today) and not is_open(w.entries, today)])


def _removal(recording: Recording, w: Written) -> Removal:
    return Removal(
        municipality_code=settings.INSTALLATION.municipality_code, sheet_id=w.sheet_id, event=recording.event, history_no=w.version.history_no,
        closed_on=w.entries.closed_on, processed_at=recording.recorded_at,
    )  # fmt: skip
