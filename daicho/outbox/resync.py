"""再同期 — after one system alone was restored: its door is closed to each sender until what it lost is queued again. design §5; decision 0019.

Were the door open, a newer notice of a person could take effect first, and the older one, sent again, would undo it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction

from daicho import audit, clock
from daicho.contracts.resynced_v1 import ResyncedAnswerV1, ResyncedQuestionV1
from daicho.outbox.books import Comparison, compare_with
from daicho.outbox.envelope import Envelope
from daicho.outbox.models import ClosedDoor, Delivery, municipality_code
from daicho.outbox.permissions import OutboxPermission
from daicho.outbox.questions import ask


def close_doors(senders: Iterable[str]) -> None:
    """Take no notice of these until each has resynced. As the owner, in the transaction of a restore."""
    closed = set(ClosedDoor.objects.filter(municipality_code=municipality_code(), opened_at__isnull=True).values_list("sender", flat=True))
    ClosedDoor.objects.bulk_create(ClosedDoor(sender=sender, closed_at=clock.now()) for sender in sorted(set(senders) - closed))


def resync_with(destination: str, actor: audit.Actor, reason: str) -> tuple[Comparison, int]:
    """Queue again what `destination` lost, then let it open its door to us. Returns what the books said before, and how many go again.

    Raises what `ask` raises; audit.Refused. The queue is complete before the door opens, so the old order holds.
    """
    found = compare_with(destination, actor)
    again = send_again(destination, found, actor, reason)
    question = ResyncedQuestionV1(str(uuid.uuid4()), reason, clock.now() + timedelta(minutes=1), again)
    ask(question, to=destination, actor=actor, answer_kind="resynced_answer")
    return found, again


def send_again(destination: str, found: Comparison, actor: audit.Actor, reason: str) -> int:
    """Put the notices that were acknowledged and are not there any more back into the queue, in their old places. Returns how many."""
    audit.require(actor, OutboxPermission.RESYNC)
    ids = [uuid.UUID(notice_id) for _, notice_id in found.not_received]
    with transaction.atomic():
        lost = Delivery.objects.filter(municipality_code=municipality_code(), destination=destination, state=Delivery.State.ACKNOWLEDGED)
        again = lost.filter(notice__notice_id__in=ids).update(state=Delivery.State.PENDING, attempts=0, next_at=clock.now(), settled_at=None)
        audit.record(actor, OutboxPermission.RESYNC, purpose=reason, detail={"destination": destination, "sent_again": again})
    return again


def handle_resynced(message: object, envelope: Envelope) -> ResyncedAnswerV1:
    """Intake handler of `resynced_question`: the door opens to the asker, inside the transaction of the receipt."""
    assert isinstance(message, ResyncedQuestionV1)
    doors = ClosedDoor.objects.filter(municipality_code=municipality_code(), sender=envelope.sender, opened_at__isnull=True)
    return ResyncedAnswerV1(message.question_id, bool(doors.update(opened_at=clock.now())))
