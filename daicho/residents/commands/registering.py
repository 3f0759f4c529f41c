"""本登録 — the moment a filing becomes the register: versions, current rows, notices and audit in one transaction. design §3, §9; std 4.0.8."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction

from daicho import audit, city, clock, rows
from daicho.audit.actor import Actor
from daicho.residents.commands import commissioner, receiving, receiving_move_in, receiving_moving, unions
from daicho.residents.commands.applying import changes_of
from daicho.residents.commands.by_system import digests_of
from daicho.residents.commands.calling_in import call_in
from daicho.residents.commands.claims import release
from daicho.residents.commands.filings import EXAMINATION, Judged, examined, judge, law_of, locked, must_be_another
from daicho.residents.commands.head_letters import note_letters
from daicho.residents.commands.notices import post_notices
from daicho.residents.commands.number_requests import ask_for_change
from daicho.residents.commands.removals import note_removals
from daicho.residents.commands.typed import unseal
from daicho.residents.commands.writing import Recording, Written, moment_after, newest_recorded, subjects_of, write_changes
from daicho.residents.errors import CannotDo, HasProblems
from daicho.residents.models import CivilEvent
from daicho.residents.models import Filing as FilingRow
from daicho.residents.models.counter import FilingState
from daicho.residents.models.received import ReceivedKind
from daicho.residents.permissions import Permission
from daicho.residents.rules.changes import Changes
from daicho.residents.rules.definitions import EventDefinition
from daicho.residents.rules.outcome import effect_on, outcomes
from daicho.residents.rules.vocabulary import LEFT


@dataclass(frozen=True)
class Registered:
    """What became of one filing of a batch: the people it is about, or why it could not be registered."""

    filing: UUID
    people: tuple[UUID, ...] = ()
    refusal: str = ""


@transaction.atomic
def register(actor: Actor, filing: UUID) -> list[Written]:
    """本登録 of one examined filing. It is judged again against the register as it is now.

    Raises CannotDo (not examined, already registered: a double submit books once) or HasProblems.
    """
    audit.require(actor, Permission.FILING_REGISTER)
    row = locked(filing, FilingState.EXAMINED)
    must_be_another(actor, row)
    with rows.together():
        done = _register(actor, row)
    return _answered(done)


@transaction.atomic
def examine_and_register(actor: Actor, filing: UUID, seen: str) -> list[Written]:
    """照合して本登録, the officer's one act: both, or neither. As `filings.examine` and `register`."""
    audit.require(actor, Permission.FILING_REGISTER)
    with rows.together():
        done = _register(actor, examined(actor, filing, seen))
    return _answered(done)


@dataclass(frozen=True)
class _Done:
    """A filing that became the register; of one that only asked 機構 nothing was written yet."""

    definition: EventDefinition
    row: FilingRow
    judged: Judged
    written: list[Written]


def _register(actor: Actor, row: FilingRow) -> _Done:
    definition = law_of(row)
    judged = judge(definition, unseal(row.typed), row.visit, lock=True, cancels=row.cancels_id_no)
    standing = judged.standing({key: override["reason"] for key, override in row.overrides.items()})
    if standing:
        raise HasProblems(standing)
    if definition.awaits_number:
        return _asked(actor, definition, row, judged)
    changes = changes_of(definition, judged)
    recording = _record(definition, row, judged, changes)
    written = write_changes(recording, judged.situation, changes)
    note_removals(recording, written)
    note_letters(recording, judged.situation, changes, written)
    post_notices(actor, definition, recording, judged, written)
    call_in(actor, row, written)
    row.state, row.event_id_no = FilingState.REGISTERED, recording.event.pk
    rows.update(row, *EXAMINATION, "event_id_no")
    unions.follow(actor, definition, row, judged.filing)
    release(row)
    detail = {"filing_no": row.filing_no, "event": definition.code}
    audit.record(actor, Permission.FILING_REGISTER, subjects_of(written), digests=digests_of(written), detail=detail)
    return _Done(definition, row, judged, written)


def _asked(actor: Actor, definition: EventDefinition, row: FilingRow, judged: Judged) -> _Done:
    """個人番号の変更: 機構 is asked, and number_answers.py records the event when the number comes (番号法7条2項)."""
    people = ask_for_change(definition.asks_number or "", row, [m.atena_no for m in judged.filing.members if m.atena_no])
    row.state = FilingState.REGISTERED
    rows.update(row, *EXAMINATION)
    release(row)
    audit.record(actor, Permission.FILING_REGISTER, people, detail={"filing_no": row.filing_no, "event": definition.code, "step": "ask"})
    return _Done(definition, row, judged, [])


def _answered(done: _Done) -> list[Written]:
    """What was told and this filing answers: the notice or application it was begun from, a 転入通知 that came before its 転出, a withdrawal."""
    people, by = [m.atena_no for m in done.judged.filing.members if m.atena_no], done.row.examined_by or ""
    if not done.written:
        return []  # 機構 was asked; nothing is said of anybody yet
    for row in receiving.accepted(done.row, people, done.written[0].version.event_id, by):
        if row.kind == ReceivedKind.MOVING:
            receiving_moving.completed(row, by)
    if done.definition.code in LEFT:
        receiving_move_in.retry(people)
    elif done.row.cancels_id_no is not None:
        receiving_moving.event_cancelled(done.row.cancels_id_no, by)
    if done.definition.upon_commissioner_notice:
        commissioner.done_by(done.row, done.written[0].version.event_id, by)
    return done.written


def _record(definition: EventDefinition, row: FilingRow, judged: Judged, changes: Changes) -> Recording:
    assert judged.filing.effective_on is not None
    undone = [one for one in outcomes(judged.situation, changes) if one.undoes]
    standard_code, effect = definition.recorded_under(effect_on(one.before, one.after, judged.situation.today) for one in undone)
    recorded_at = moment_after(newest_recorded(judged.situation.persons))
    basis = definition.basis_for(judged.filing)
    event = CivilEvent(
        municipality_code=settings.INSTALLATION.municipality_code, code=definition.code, standard_code=standard_code,
        definition=definition.recorded_as, basis=basis.value, effect=effect.value, effective_on=judged.filing.effective_on,
        filed_on=judged.filing.filed_on if definition.keeps_filed_on(basis) else None,
        recorded_at=recorded_at, office_code=row.office_code,
        terminal=row.terminal, entered_by=row.entered_by, examined_by=row.examined_by or "", source="counter", filing_no=row.filing_no,
        request_key=row.request_key, cancels_id=row.cancels_id_no,
    )  # fmt: skip
    return Recording(event, recorded_at, judged.filing.effective_on)


def register_many(actor: Actor, filings: Sequence[UUID]) -> list[Registered]:
    """本登録 of the chosen filings, each in its own transaction, up to the city's cap (N-4.0.8-10, -11)."""
    cap = int(city.setting("approval_cap", clock.today()))
    if len(filings) > cap:
        raise CannotDo(f"一度に本登録できるのは{cap}件までです。{len(filings)}件が選ばれています。分けて行ってください。")
    done = []
    for filing in filings:
        try:
            done.append(Registered(filing, tuple(subjects_of(register(actor, filing)))))
        except CannotDo as refused:
            done.append(Registered(filing, refusal=refused.message))
    return done
