"""書戻しの記載 — what a department tells becomes a version of the sheet, in the transaction of its receipt; and transfers is told what became of it. G-26, D-R6."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.conf import settings

from daicho import audit, clock, outbox
from daicho.audit.actor import Actor
from daicho.contracts.department_items_v1 import DepartmentItemsOutcomeV1, DepartmentItemsV1
from daicho.residents.commands.filings import Judged
from daicho.residents.commands.notices import post_notices
from daicho.residents.commands.notices.transfers import TRANSFERS
from daicho.residents.commands.typed import keep_numbers
from daicho.residents.commands.writing import Recording, Written, moment_after, write_changes
from daicho.residents.models import CivilEvent, Person, SheetCurrent
from daicho.residents.permissions import IntakePermission
from daicho.residents.queries.situations import gather
from daicho.residents.rules.definitions import EventDefinition
from daicho.residents.rules.department_items import read_items
from daicho.residents.rules.events import event_on
from daicho.residents.rules.events.department_entry import WRITTEN_BY_DEPARTMENT
from daicho.residents.rules.filing import Filing, Member
from daicho.values.dates import JapaneseDate


def write_department_items(actor: Actor, told: DepartmentItemsV1) -> Written | None:
    """Write the entries of one notice, or answer with every reason why not; None then. Inside the caller's transaction, which holds the receipt.

    Raises audit.Refused when `actor` is not the intake. A person whom a 仮登録 holds is written to all the same: no filing asserts these entries.
    """
    audit.require(actor, IntakePermission.DEPARTMENT_WRITE)
    definition = event_on(WRITTEN_BY_DEPARTMENT, clock.today())
    values, problems = read_items(told.items)
    filing = Filing(definition.code, JapaneseDate.of(clock.today()), None, {}, (Member(told.atena_no, values),))
    situation = gather(definition, filing, lock=True)
    judged = Judged(filing, situation, (*problems, *definition.check(situation, filing)))
    reasons = [problem.message for problem in judged.problems if problem.blocks]
    written = None if reasons else _write(actor, definition, replace(judged, filing=keep_numbers(definition, filing)), told)
    _answer(told, written, reasons)
    _record(actor, told, written)
    return written


def _write(actor: Actor, definition: EventDefinition, judged: Judged, told: DepartmentItemsV1) -> Written:
    recording = _recording(definition, judged.filing, told)
    written = write_changes(recording, judged.situation, definition.apply(judged.situation, judged.filing))
    post_notices(actor, definition, recording, judged, written)
    [one] = written
    return one


def _recording(definition: EventDefinition, filing: Filing, told: DepartmentItemsV1) -> Recording:
    assert filing.effective_on is not None
    code = settings.INSTALLATION.municipality_code
    newest = SheetCurrent.objects.filter(municipality_code=code, person__atena_no=told.atena_no).order_by("-recorded_at").first()
    recorded_at = moment_after(newest.recorded_at if newest else None)
    event = CivilEvent(
        municipality_code=code, code=definition.code, standard_code=definition.standard_code, definition=definition.recorded_as,
        basis=definition.basis.value, effect=definition.effect.value, effective_on=filing.effective_on, recorded_at=recorded_at, office_code="",
        terminal="", entered_by=told.department_name, examined_by="", source=TRANSFERS, request_key=UUID(told.request_no),
    )  # fmt: skip
    return Recording(event, recorded_at, filing.effective_on)


def _answer(told: DepartmentItemsV1, written: Written | None, reasons: Sequence[str]) -> None:
    """In the queue of the person's other notices, where there is such a person."""
    person = Person.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, atena_no=told.atena_no).first()
    outcome = DepartmentItemsOutcomeV1(told.request_no, written.version.history_no if written else None, clock.now(), tuple(reasons))
    subjects = outbox.subject_handles(TRANSFERS, [person.public_id] if person else [])
    outbox.post(outcome, to=TRANSFERS, subjects=subjects, because=written.version.event_id if written else None)


def _record(actor: Actor, told: DepartmentItemsV1, written: Written | None) -> None:
    detail = {"request_no": told.request_no, "department": told.department_name}
    if written is None:
        audit.record(actor, IntakePermission.DEPARTMENT_WRITE, outcome=audit.Outcome.REFUSED, detail=detail)
        return
    digests = {f"{written.person.public_id}:{written.version.history_no}": written.version.digest.hex()}
    audit.record(actor, IntakePermission.DEPARTMENT_WRITE, [written.person.public_id], digests=digests, detail=detail)
