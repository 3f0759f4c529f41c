"""自動の記録 — an event that no officer enters: what a job or a notice brings, as its definition says. design §3, §4; 標準4.1.3.1.2."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from django.conf import settings

from daicho import audit, rows
from daicho.audit.actor import Actor
from daicho.residents.commands.head_letters import note_letters
from daicho.residents.commands.notices import tell
from daicho.residents.commands.notices.telling import Telling
from daicho.residents.commands.removals import note_removals
from daicho.residents.commands.writing import Recording, Written, moment_after, newest_recorded, subjects_of, write_changes
from daicho.residents.models import CivilEvent
from daicho.residents.models import Filing as FilingRow
from daicho.residents.permissions import Permission
from daicho.residents.rules.changes import Changes
from daicho.residents.rules.definitions import EventDefinition
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.situation import Situation


def record_by_system(
    actor: Actor, definition: EventDefinition, situation: Situation, filing: Filing, changes: Changes, source: str, paper: FilingRow | None = None
) -> list[Written]:
    """Write, note, tell and audit one event in the caller's transaction, which holds the locks. `source` says what brought it.

    `paper`: the filing that asked for it, whose officers and office it bears (個人番号の変更).
    """
    assert filing.effective_on is not None
    moment = moment_after(newest_recorded(situation.persons))
    recording = Recording(_event(actor, definition, filing, moment, source, paper), moment, filing.effective_on)
    written = write_changes(recording, situation, changes)
    if paper is not None:
        paper.event_id_no = recording.event.pk
        rows.update(paper, "event_id_no")
    note_removals(recording, written)
    note_letters(recording, situation, changes, written)
    kinds = frozenset(notify.kind for notify in definition.notices if notify.when is None or notify.when(situation, filing))
    tell(Telling(actor, definition, kinds, recording, written))
    audit.record(actor, Permission.FILING_REGISTER, subjects_of(written), digests=digests_of(written), detail={"event": definition.code, "source": source})
    return written


def digests_of(written: Sequence[Written]) -> dict[str, str]:
    """What the audit trail carries beside the write: person and 履歴番号 → digest of the row (design §6)."""
    return {f"{w.person.public_id}:{w.version.history_no}": w.version.digest.hex() for w in written}


def _event(actor: Actor, definition: EventDefinition, filing: Filing, moment: datetime, source: str, paper: FilingRow | None) -> CivilEvent:
    event = CivilEvent(
        municipality_code=settings.INSTALLATION.municipality_code, code=definition.code, standard_code=definition.standard_code,
        definition=definition.recorded_as, basis=definition.basis_for(filing).value, effect=definition.effect.value, effective_on=filing.effective_on,
        filed_on=filing.filed_on, recorded_at=moment, office_code="", terminal=actor.terminal, entered_by=actor.name, examined_by="", source=source,
        request_key=uuid4(),
    )  # fmt: skip
    if paper is not None:
        event.filing_no, event.office_code, event.terminal = paper.filing_no, paper.office_code, paper.terminal
        event.entered_by, event.examined_by = paper.entered_by, paper.examined_by or ""
    return event
