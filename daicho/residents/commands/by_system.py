"""自動の記録 — an event that no officer enters: what a job or a notice brings, as its definition says. design §3, §4; 標準4.1.3.1.2."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.conf import settings

from daicho import audit
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
from daicho.residents.rules.definitions import Effect, EventDefinition
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.outcome import effect_on, outcomes
from daicho.residents.rules.situation import Situation


@dataclass(frozen=True)
class Ordered:
    """Whose word an event rests on that no officer registers: who entered it and who examined it, where, by which 届出. `cancels`: the event it annuls."""

    entered_by: str
    examined_by: str = ""
    office_code: str = ""
    terminal: str = ""
    cancels: int | None = None
    filing_no: int | None = None

    @classmethod
    def on(cls, paper: FilingRow) -> Ordered:
        """As a filing was entered and examined, whose event is recorded later (個人番号の変更)."""
        return cls(paper.entered_by, paper.examined_by or "", paper.office_code, paper.terminal, filing_no=paper.filing_no)


def record_by_system(
    actor: Actor, definition: EventDefinition, situation: Situation, filing: Filing, changes: Changes, source: str, ordered: Ordered | None = None
) -> list[Written]:
    """Write, note, tell and audit one event in the caller's transaction, which holds the locks. `source` says what brought it;

    `ordered` on whose word, where it was not the actor's own.
    """
    assert filing.effective_on is not None
    moment = moment_after(newest_recorded(situation.persons))
    said = definition.recorded_under(_effects(situation, changes) if definition.turns else ())
    event = _event(definition, filing, said, moment, ordered or Ordered(actor.name, terminal=actor.terminal))
    event.source = source
    recording = Recording(event, moment, filing.effective_on)
    written = write_changes(recording, situation, changes)
    note_removals(recording, written)
    note_letters(recording, situation, changes, written)
    kinds = frozenset(notify.kind for notify in definition.notices if notify.when is None or notify.when(situation, filing))
    tell(Telling(actor, definition, kinds, recording, written))
    audit.record(actor, Permission.FILING_REGISTER, subjects_of(written), digests=digests_of(written), detail={"event": definition.code, "source": source})
    return written


def digests_of(written: Sequence[Written]) -> dict[str, str]:
    """What the audit trail carries beside the write: person and 履歴番号 → digest of the row (design §6)."""
    return {f"{w.person.public_id}:{w.version.history_no}": w.version.digest.hex() for w in written}


def _effects(situation: Situation, changes: Changes) -> list[Effect]:
    """What it does to each sheet that it leads back."""
    return [effect_on(one.before, one.after, situation.today) for one in outcomes(situation, changes) if one.undoes]


def _event(definition: EventDefinition, filing: Filing, said: tuple[str, Effect], moment: datetime, ordered: Ordered) -> CivilEvent:
    standard_code, effect = said
    return CivilEvent(
        municipality_code=settings.INSTALLATION.municipality_code, code=definition.code, standard_code=standard_code, definition=definition.recorded_as,
        basis=definition.basis_for(filing).value, effect=effect.value, effective_on=filing.effective_on, filed_on=filing.filed_on, recorded_at=moment,
        office_code=ordered.office_code, terminal=ordered.terminal, entered_by=ordered.entered_by, examined_by=ordered.examined_by,
        cancels_id=ordered.cancels, filing_no=ordered.filing_no, request_key=uuid4(),
    )  # fmt: skip
