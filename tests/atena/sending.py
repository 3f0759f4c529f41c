"""相手方の代役 — envelopes of residents, chukan and the departments, handed to the post room of atena without the wire; and what lies sealed for chukan."""

import uuid

from daicho import clock, vault
from daicho.contracts import base
from daicho.outbox import intake
from daicho.outbox.envelope import Envelope, Reply
from daicho.outbox.models import Notice

EPOCH = str(uuid.uuid4())


def envelope_of(message: object, *, sender: str = "residents", notice_id: str | None = None, subjects: tuple[str, ...] = ("0" * 32,)) -> Envelope:
    definition = base.definition_of(message)
    return Envelope(
        sender=sender,
        receiver="atena",
        epoch=EPOCH,
        notice_id=notice_id or str(uuid.uuid4()),
        kind=definition.kind,
        version=definition.version,
        subjects=subjects,
        posted_at=clock.now(),
        salt="0" * 32,
        body=base.encode(message).decode("utf-8"),
    )


def deliver(message: object, envelope: Envelope | None = None, *, peer: str = "residents") -> Reply:
    return intake.receive(peer, (envelope or envelope_of(message)).to_bytes(), "127.0.0.1")


def to_chukan() -> list[object]:
    """What was posted to chukan, opened, in order."""
    notices = Notice.objects.filter(destination="chukan").order_by("order_no")
    return [base.read(Envelope, vault.open_payload(notice.payload_ref)).message() for notice in notices]
