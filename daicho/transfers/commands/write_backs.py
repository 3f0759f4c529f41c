"""書戻しの受付と決着 — what a department sends is judged here, goes to the register, and its outcome goes back. G-26, D-R6."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

from django.db.models import Max

from daicho import audit, clock, outbox, vault
from daicho.audit.actor import Actor
from daicho.contracts import base
from daicho.contracts.department_entry_v1 import DepartmentEntryOutcomeV1, DepartmentEntryV1
from daicho.contracts.department_items_v1 import DepartmentItemsOutcomeV1, DepartmentItemsV1
from daicho.outbox.errors import Refused
from daicho.transfers.commands.feeding import DEPARTMENTS, subject_of
from daicho.transfers.models import Person, TransferGrant, WriteBack, municipality_code
from daicho.transfers.permissions import TransfersPermission
from daicho.transfers.queries.departments import names_on
from daicho.transfers.queries.in_force import find_grant
from daicho.transfers.rules.entries import entry_problems, items_for_register
from daicho.transfers.rules.grants import Direction, Grant
from daicho.transfers.rules.strangers import plain

RESIDENTS = "residents"
WRITTEN, REFUSED = "written", "refused"
"""Identifiers of layouts/codes.csv, list write_back_result."""


def take_entry(actor: Actor, entry: DepartmentEntryV1) -> WriteBack:
    """Judge one entry and pass it on to the register, or refuse it with every reason; either way it is on record. Inside the receipt's transaction.

    Raises outbox Refused for a department that is none of the city's: nobody could be answered.
    """
    audit.require(actor, TransfersPermission.WRITE_BACK_TAKE)
    today = clock.today()
    names = names_on(today)
    if entry.department_code not in names:
        raise Refused("unknown_department", "この移転先コードの課は登録されていません。移転先コードを確認してください。")
    grant = find_grant(entry.department_code, plain(entry.purpose_code, 4), Direction.WRITE, today)
    person = Person.objects.select_for_update().filter(municipality_code=municipality_code(), atena_no=plain(entry.atena_no, 16)).first()
    value = person.to_value() if person else None
    problems = entry_problems(entry, grant, value, person is not None, _last_sequence_no(entry, person), today)
    row = _keep(entry, grant, person, [problem.message for problem in problems])
    if problems:
        _answer(row, person)
    else:
        assert person is not None
        _pass_on(row, entry, names[entry.department_code], person)
    subjects = [person.public_id] if person else []
    outcome = audit.Outcome.REFUSED if problems else audit.Outcome.DONE
    detail = {"write_back": str(row.public_id), "department": entry.department_code, "reasons": [problem.code for problem in problems]}
    audit.record(actor, TransfersPermission.WRITE_BACK_TAKE, subjects, outcome, detail=detail)
    return row


def settle(actor: Actor, outcome: DepartmentItemsOutcomeV1) -> WriteBack:
    """What the register made of it, to be told to the department. Inside the receipt's transaction."""
    audit.require(actor, TransfersPermission.WRITE_BACK_TAKE)
    rows = WriteBack.objects.select_for_update(of=["self"]).select_related("person")
    row = rows.filter(municipality_code=municipality_code(), public_id=UUID(outcome.request_no)).first()
    if row is None or row.state != WriteBack.State.PASSED_ON:
        raise Refused("unknown_write_back", "この書戻しは庁内連携にないか、すでに決着しています。")
    row.state = WriteBack.State.REFUSED if outcome.history_no is None else WriteBack.State.WRITTEN
    row.reasons, row.history_no, row.decided_at = list(outcome.reasons), outcome.history_no, clock.now()
    row.save(update_fields=["state", "reasons", "history_no", "decided_at"])
    _answer(row, row.person)
    subjects = [row.person.public_id] if row.person else []
    audit.record(actor, TransfersPermission.WRITE_BACK_TAKE, subjects, detail={"write_back": str(row.public_id), "state": row.state})
    return row


def _last_sequence_no(entry: DepartmentEntryV1, person: Person | None) -> int | None:
    """Of this department, purpose and person; what was refused does not count, and may come again under its number."""
    if person is None:
        return None
    counted = WriteBack.objects.filter(person=person, department_code=entry.department_code, purpose_code=plain(entry.purpose_code, 4))
    last: int | None = counted.filter(state__in=[WriteBack.State.PASSED_ON, WriteBack.State.WRITTEN]).aggregate(last=Max("sequence_no"))["last"]
    return last


def _keep(entry: DepartmentEntryV1, grant: Grant | None, person: Person | None, reasons: Sequence[str]) -> WriteBack:
    now = clock.now()
    return WriteBack.objects.create(
        department_code=entry.department_code, purpose_code=plain(entry.purpose_code, 3), entry_no=plain(entry.entry_no, 36), sequence_no=entry.sequence_no,
        grant=TransferGrant(pk=grant.no) if grant else None, person=person, items=[plain(item.item, 60) for item in entry.items],
        payload_ref=vault.seal_payload(base.encode(entry)), received_at=now, reasons=list(reasons), decided_at=now if reasons else None,
        state=WriteBack.State.REFUSED_HERE if reasons else WriteBack.State.PASSED_ON,
    )  # fmt: skip


def _pass_on(row: WriteBack, entry: DepartmentEntryV1, department_name: str, person: Person) -> None:
    message = DepartmentItemsV1(str(row.public_id), department_name, entry.atena_no, items_for_register(entry.items))
    outbox.post(message, to=RESIDENTS, subjects=outbox.subject_handles(RESIDENTS, [person.public_id]), because=row.pk)


def _answer(row: WriteBack, person: Person | None) -> None:
    """To the department, in the order of what it is told of this person."""
    result = WRITTEN if row.state == WriteBack.State.WRITTEN else REFUSED
    message = DepartmentEntryOutcomeV1(str(uuid4()), row.department_code, row.purpose_code, row.entry_no, result, tuple(row.reasons))
    subjects = [subject_of(person.public_id, row.department_code)] if person else []
    outbox.post(message, to=DEPARTMENTS, subjects=outbox.subject_handles(DEPARTMENTS, subjects), because=row.pk)
