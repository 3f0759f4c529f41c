"""試験の相手方 — keys of made-up peers, and the door of the system under test called as a peer would. requirements F-2-21."""

import secrets
import uuid
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.test import RequestFactory

from daicho import clock
from daicho.contracts import base
from daicho.outbox import signing, views
from daicho.outbox.envelope import Envelope, Reply
from daicho.outbox.models import Line, Receipt, RefusedMessage
from daicho.outbox.wire import PATH
from daicho.site.config import Peer

EPOCH = "6f1c1d4e-0000-4000-8000-00000000000e"
HANAKO = "a" * 32


@dataclass(frozen=True)
class Party:
    """A system with a key pair of its own."""

    name: str
    private_key_file: Path
    public_key_file: Path

    def as_peer(self, url: str = "https://127.0.0.1:1") -> Peer:
        return Peer(self.name, url, self.public_key_file, "system")


def make_party(name: str, folder: Path) -> Party:
    key = Ed25519PrivateKey.generate()
    party = Party(name, folder / f"{name}.key.pem", folder / f"{name}.public.pem")
    party.private_key_file.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    party.public_key_file.write_bytes(key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo))
    return party


def know(monkeypatch, *parties: Party, **more) -> None:
    """The system under test knows exactly these peers."""
    peers = {party.name: party.as_peer() for party in parties}
    monkeypatch.setattr(settings, "DAICHO", replace(settings.DAICHO, peers=peers, **more))


def envelope_of(message: object, sender: str, **changes) -> Envelope:
    definition = base.definition_of(message)
    made = Envelope(
        sender=sender,
        receiver=settings.DAICHO.name,
        epoch=EPOCH,
        notice_id=str(uuid.uuid4()),
        kind=definition.kind,
        version=definition.version,
        subjects=(HANAKO,),
        posted_at=clock.now(),
        salt=secrets.token_hex(16),
        body=base.encode(message).decode(),
    )
    return replace(made, **changes)


def signed(body: bytes, key: Party, *, name: str | None = None) -> signing.SignedRequest:
    request = signing.SignedRequest("POST", "https://127.0.0.1:8110" + PATH, {"Content-Type": signing.CONTENT_TYPE}, body)
    signing.sign_request(request, sender=name or key.name, private_key_file=key.private_key_file)
    return request


def knock(request: signing.SignedRequest, *, method: str = "POST", path: str = PATH, body: bytes | None = None, **headers):
    """Bring `request` to the door, altered as told; a header given as None is left out."""
    sent = {**request.headers, **{name.replace("_", "-").title(): value for name, value in headers.items()}}
    meta = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in sent.items() if value is not None and name != "Content-Type"}
    made = RequestFactory().generic(method, path, request.body if body is None else body, content_type=sent.get("Content-Type") or "", **meta)
    return views.messages(made)


def reply_of(response) -> Reply:
    return base.read(Reply, response.content)


def deliver(message: object, key: Party, **changes) -> Reply:
    """Sign and deliver a message as `key`, and read the reply."""
    return reply_of(knock(signed(envelope_of(message, key.name, **changes).to_bytes(), key)))


def nothing_stored():
    """Neither a receipt nor an effect (the handlers of the tests make lines)."""
    return not Receipt.objects.exists() and not Line.objects.exists()


def refusals():
    """What the door turned away: code, who it said it was, and whether that was proven."""
    return list(RefusedMessage.objects.order_by("id").values_list("code", "claimed_sender", "authenticated"))
