"""照会 — asking another system and waiting for its answer: same pairs, same signed wire, recorded at both ends. design §5, requirements F-2-20.

A question is not posted and not repeated: the screen works on without its answer, and whoever still wants it asks anew. It waits until its
deadline and no longer, whoever hangs; and few wait at a time, so that a neighbour who hangs takes no more than these from everybody else.
"""

import secrets
import threading
import uuid
from collections.abc import Sequence

from django.conf import settings
from django.db import connection, transaction

from daicho import audit, clock
from daicho.contracts import base
from daicho.outbox import courier
from daicho.outbox.commands import current_epoch
from daicho.outbox.envelope import Envelope, Reply
from daicho.outbox.errors import DeliveryError, Unavailable
from daicho.outbox.intake import refuse_answer
from daicho.outbox.permissions import OutboxPermission

MOST_AT_ONCE = 3
"""Of one process: fewer than half of the eight threads that serve a system's screens."""
_places = threading.BoundedSemaphore(MOST_AT_ONCE)


def ask(question: object, *, to: str, actor: audit.Actor, subjects: Sequence[str] = (), answer_kind: str) -> object:
    """Ask `to` and return its answer, a contract of `answer_kind` in the question's version.

    Not inside a transaction, because it waits for the network. The question is recorded before it leaves, the outcome after.
    Raises audit.Refused, NotAllowed, ContractError, Unavailable (by the deadline at the latest; at once when too many wait already), Refused,
    Unauthorized.
    """
    if any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks):
        raise transaction.TransactionManagementError("outbox.ask waits for another system and must not hold a transaction")
    definition = base.definition_of(question)
    if definition.category != "question":
        raise base.ContractError("", f"{definition.kind} is no question")
    courier.require_route(to, definition.kind)
    audit.require(actor, OutboxPermission.ASK)
    purpose, deadline, question_id = (getattr(question, name) for name in ("purpose", "deadline", "question_id"))
    with transaction.atomic():
        envelope = envelope_of(question, to, question_id, subjects)
        _record(actor, envelope, "done", purpose, {"stage": "asked"})
    try:
        reply = _answer_to(envelope, (deadline - clock.now()).total_seconds())
        answer = _read(reply, answer_kind, definition.version, envelope)
    except (DeliveryError, base.ContractError) as error:
        code = str(getattr(error, "code", "contract"))
        with transaction.atomic():
            _record(actor, envelope, "failed", purpose, {"stage": "answered", "code": code})
        raise
    with transaction.atomic():
        _record(actor, envelope, "done", purpose, {"stage": "answered"})
    return answer


def _answer_to(envelope: Envelope, within: float) -> Reply:
    if within <= 0:
        raise Unavailable("deadline", whole_line=False)
    if not _places.acquire(blocking=False):
        raise Unavailable("busy", whole_line=False)
    try:
        return courier.questioner_to(envelope.receiver).ask(envelope, within)
    finally:
        _places.release()


def _read(reply: Reply, kind: str, version: int, envelope: Envelope) -> object:
    """The answer to this very question. ContractError for any other, which is counted beside what was turned away at the door."""
    try:
        if reply.answer is None:
            raise base.ContractError("answer", "is missing")
        answer = base.decode(kind, version, reply.answer.encode("utf-8"))
        if getattr(answer, "question_id", None) != envelope.notice_id:
            raise base.ContractError("question_id", "is that of another question")
    except base.ContractError as error:
        refuse_answer(envelope.receiver, kind, envelope.notice_id, (reply.answer or "").encode("utf-8"), "contract", str(error))
        raise
    return answer


def envelope_of(message: object, to: str, message_id: str = "", subjects: Sequence[str] = ()) -> Envelope:
    """What goes without being posted: a question under its own id, a sign under any."""
    definition = base.definition_of(message)
    return Envelope(
        sender=settings.DAICHO.name,
        receiver=to,
        epoch=str(current_epoch().uuid),
        notice_id=message_id or str(uuid.uuid4()),
        kind=definition.kind,
        version=definition.version,
        subjects=tuple(sorted(set(subjects))),
        posted_at=clock.now(),
        salt=secrets.token_hex(16),
        body=base.encode(message).decode("utf-8"),
    )


def _record(actor: audit.Actor, envelope: Envelope, outcome: str, purpose: str, detail: dict[str, str]) -> None:
    subjects = [uuid.UUID(hex=handle) for handle in envelope.subjects]
    detail = {"kind": envelope.kind, "to": envelope.receiver, "question_id": envelope.notice_id, **detail}
    audit.record(actor, OutboxPermission.ASK, subjects, outcome, purpose=purpose, detail=detail)
