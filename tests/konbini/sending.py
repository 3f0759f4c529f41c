"""住民記録とセンターの代役 — envelopes of residents and of the certificate centre, handed to konbini's post room without the wire."""

from __future__ import annotations

import base64
import itertools
import subprocess
import tempfile
import uuid
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from daicho import clock
from daicho.contracts import base
from daicho.contracts.certificate_data_v1 import CertificateDataV1, CertifiedPerson
from daicho.contracts.certificate_heartbeat_v1 import CertificateHeartbeatV1
from daicho.contracts.certificate_hold_v1 import CertificateHoldV1
from daicho.contracts.convenience_v1 import ConvenienceAnswerV1, ConvenienceQuestionV1
from daicho.outbox import intake
from daicho.outbox.envelope import Envelope, Reply
from tests.contracts.convenience_samples import QUESTION

EPOCH = str(uuid.UUID(int=1))
PERSONAL, HOUSEHOLD = "11", "12"
_ticks = itertools.count()


def envelope_of(message: object, sender: str, *, notice_id: str | None = None, posted_at: datetime | None = None, epoch: str = EPOCH) -> Envelope:
    definition = base.definition_of(message)
    return Envelope(
        sender=sender, receiver="konbini", epoch=epoch, notice_id=notice_id or str(uuid.uuid4()), kind=definition.kind, version=definition.version,
        subjects=("0" * 32,), posted_at=posted_at or clock.now(), salt="0" * 32, body=base.encode(message).decode("utf-8"),
    )  # fmt: skip


def send(message: object, sender: str = "residents", **how: object) -> Reply:
    return intake.receive(sender, envelope_of(message, sender, **how).to_bytes(), "127.0.0.1")


def tell(*persons: CertifiedPerson, **how: object) -> Reply:
    """As residents tells of one event."""
    reply = send(CertificateDataV1(tuple(persons)), **how)
    assert reply.status == "acknowledged", reply
    return reply


def hold(*atena_nos: str, is_held: bool = True, **how: object) -> Reply:
    return send(CertificateHoldV1(tuple(atena_nos), is_held), **how)


def beat(**changes: object) -> Reply:
    """A sign of life: by default of now, with nothing on the way. Each is a little newer than the one before, though the tests' clock stands."""
    sign = CertificateHeartbeatV1(clock.now() + timedelta(microseconds=next(_ticks)), 0, None, (), (), False, None, None)
    return send(replace(sign, **changes))


def question(**changes: object) -> ConvenienceQuestionV1:
    fresh = {"question_id": str(uuid.uuid4()), "request_no": f"r-{uuid.uuid4().hex[:12]}", "deadline": clock.now() + timedelta(seconds=30)}
    return replace(QUESTION, **{**fresh, "certificate_kind": PERSONAL, "shown": (), **changes})


def put(asked: ConvenienceQuestionV1, *, peer: str = "certificate_centre") -> Reply:
    """The question through the door, as the centre would put it."""
    return send(asked, peer, notice_id=asked.question_id)


def ask(**changes: object) -> ConvenienceAnswerV1:
    """Ask, and read the answer."""
    reply = put(question(**changes))
    assert reply.answer is not None, reply
    answer = base.decode("convenience_answer", 1, reply.answer.encode())
    assert isinstance(answer, ConvenienceAnswerV1)
    return answer


def paper_of(answer: ConvenienceAnswerV1) -> str:
    """What an independent reader finds on the paper, without white space."""
    assert answer.document is not None, answer.code
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "paper.pdf"
        file.write_bytes(base64.b64decode(answer.document))
        read = subprocess.run(["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True, text=True).stdout
    return "".join(read.split())
