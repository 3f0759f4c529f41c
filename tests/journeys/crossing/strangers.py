"""名を騙る者 — whoever has some of the keys of the town and knocks at a real listener with them. requirements F-2-21, G-01…G-30."""

from __future__ import annotations

import json
import secrets
import uuid
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import requests

from daicho import clock
from daicho.contracts import base
from daicho.outbox import signing
from daicho.outbox.envelope import Envelope
from daicho.outbox.wire import PATH
from daicho.site.launch import bootstrap
from daicho.site.launch.keys import PartyFiles
from tests.journeys.crossing.town import Town


@dataclass(frozen=True)
class Stranger:
    """`signs_as` is the name in the signature, `key` and `certificate` whose files are used; "" for a certificate means none."""

    signs_as: str = "residents"
    key: str = "residents"
    certificate: str = "residents"


def envelope(town: Town, message: object, **changes: Any) -> Envelope:  # Any: the envelope's fields
    definition = base.definition_of(message)
    made = Envelope(
        sender="residents", receiver="juki_net", epoch=str(uuid.uuid4()), notice_id=str(uuid.uuid4()), kind=definition.kind, version=definition.version,
        subjects=("a" * 32,), posted_at=town.now(), salt=secrets.token_hex(16), body=base.encode(message).decode(),
    )  # fmt: skip
    return replace(made, **changes)


def with_unknown_field(content: bytes | str) -> str:
    return json.dumps({**json.loads(content), "color": "red"}, ensure_ascii=False)


def knock(
    town: Town, body: bytes, who: Stranger, *, at: str = "juki_net", altered: bytes | None = None, signed: bool = True, minutes_old: int = 0
) -> requests.Response:
    """Bring `body` to the wire listener of system `at`. Raises requests' ConnectionError when TLS already says no."""
    return _send(town, f"https://127.0.0.1:{town.made.system(at).wire.port}{PATH}", at, body, who, altered, signed, minutes_old)


def knock_outside(town: Town, name: str, path: str, body: bytes, who: Stranger) -> requests.Response:
    return _send(town, f"https://127.0.0.1:{bootstrap.counterpart_port(name, town.simulators_first_port)}{path}", name, body, who, None, True, 0)


def _send(town: Town, url: str, host: str, body: bytes, who: Stranger, altered: bytes | None, signed: bool, minutes_old: int) -> requests.Response:
    keys = town.folder / "keys"
    request = signing.SignedRequest("POST", url, {"Content-Type": signing.CONTENT_TYPE}, body)
    if signed:
        with clock.at(town.now() - timedelta(minutes=minutes_old)):
            signing.sign_request(request, sender=who.signs_as, private_key_file=PartyFiles(keys / who.key).signing_key)
    files = PartyFiles(keys / who.certificate)
    certificate = (str(files.tls_cert), str(files.tls_key)) if who.certificate else None
    authority = str(PartyFiles(keys / host).authority)
    with requests.Session() as session:
        session.trust_env = False
        return session.post(url, data=altered or body, headers=request.headers, cert=certificate, verify=authority, timeout=10)
