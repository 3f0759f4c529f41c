"""既存住基の代役 — envelopes of residents, handed to the post room of juki_net without the wire."""

import uuid
from dataclasses import fields
from datetime import date

from daicho import clock
from daicho.contracts import base
from daicho.contracts.move_out_certificate_v1 import MoveOutCertificate
from daicho.contracts.wide_area_v1 import WideAreaCopy
from daicho.outbox import intake
from daicho.outbox.envelope import Envelope, Reply

EPOCH = str(uuid.uuid4())


def envelope_of(
    message: object, *, sender: str = "residents", notice_id: str | None = None, subjects: tuple[str, ...] = ("0" * 32,), epoch: str = EPOCH
) -> Envelope:
    definition = base.definition_of(message)
    return Envelope(
        sender=sender,
        receiver="juki_net",
        epoch=epoch,
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


def known(certificate: MoveOutCertificate) -> dict[str, object]:
    """A certificate as the other city's simulator is told of it: POST /_known."""
    return {"certificates": [{"certificate": _items(certificate), "people": [_items(person) for person in certificate.people]}]}


def living(copy: WideAreaCopy) -> dict[str, object]:
    """Residents of the other city as its simulator is told of them: POST /_residents."""
    return {"copies": [{"copy": _items(copy), "people": [_items(person) for person in copy.people]}]}


def _items(of: object) -> dict[str, object]:
    values = {field.name: getattr(of, field.name) for field in fields(of) if field.name != "people"}  # type: ignore[arg-type]
    return {name: f"{value:%Y%m%d}" if isinstance(value, date) else value for name, value in values.items()}
