"""相手方の代役 — envelopes of the register and of the departments, handed to the post room of transfers without the wire."""

import json
import uuid
from datetime import timedelta
from typing import Any

from daicho import clock
from daicho.contracts import base
from daicho.contracts.department_pull_v1 import DepartmentPullAnswerV1, DepartmentPullQuestionV1
from daicho.outbox import intake
from daicho.outbox.envelope import Envelope, Reply

EPOCH = str(uuid.uuid4())


def envelope_of(message: object, *, sender: str = "residents", subjects: tuple[str, ...] = ("0" * 32,), epoch: str = EPOCH) -> Envelope:
    definition = base.definition_of(message)
    return Envelope(
        sender=sender, receiver="transfers", epoch=epoch, notice_id=str(getattr(message, "question_id", "") or uuid.uuid4()), kind=definition.kind,
        version=definition.version, subjects=subjects, posted_at=clock.now(), salt="0" * 32, body=base.encode(message).decode("utf-8"),
    )  # fmt: skip


def deliver(message: object, *, sender: str = "residents") -> Reply:
    return intake.receive(sender, envelope_of(message, sender=sender).to_bytes(), "127.0.0.1")


def told(*infos: object) -> None:
    """The register tells of these, and each is taken."""
    for info in infos:
        reply = deliver(info)
        assert reply.status == "acknowledged", reply


def pull(department: str = "1301", purpose: str = "005", after: str | None = None, limit: int = 200) -> DepartmentPullAnswerV1:
    """A department asks; its answer."""
    question = DepartmentPullQuestionV1(str(uuid.uuid4()), "取出し", clock.now() + timedelta(minutes=1), department, purpose, after, limit)
    reply = deliver(question, sender="departments")
    assert reply.status == "acknowledged" and reply.answer is not None, reply
    answer = base.decode("department_pull_answer", 1, reply.answer.encode())
    assert isinstance(answer, DepartmentPullAnswerV1)
    return answer


def pull_all(limit: int = 200, **whose: str) -> tuple[list[str], str]:
    """Every 宛名番号 of the grant, page by page, and the position for what changes afterwards."""
    found: list[str] = []
    after = None
    while True:
        answer = pull(after=after, limit=limit, **whose)
        found += [person.atena_no for person in answer.people]
        after = answer.next_after
        assert after is not None
        if not answer.more:
            return found, after


def posted(destination: str = "departments") -> list[Any]:
    """The messages in the post room for a destination, in order."""
    from daicho import vault
    from daicho.outbox.models import Notice

    notices = Notice.objects.filter(destination=destination).order_by("order_no")
    bodies = [json.loads(vault.open_payload(notice.payload_ref)) for notice in notices]
    return [base.decode(body["kind"], body["version"], body["body"].encode()) for body in bodies]
