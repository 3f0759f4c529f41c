"""発信口 — a counterpart speaks first: one signed envelope over the city's own wire, and the signed reply. F-2-21.

Whoever plays the demo lets a counterpart send with POST /_send:

    {"to": "chukan", "kind": "provision_question", "version": 1, "body": {...}}         what a system's contracts/<kind>_v<version>.py says

and is told what came back: {"status", "code", "reason_ja", "answer", "http_status"}. Faults that it may be told to play on the way out:
`"altered": true` changes the body after signing, `"as": "NAME"` claims to be somebody else, `"notice_id"` sends an old number again.
"""

from __future__ import annotations

import http.client
import json
import logging
import secrets
import ssl
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any  # JSON
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from simulators import signatures
from simulators.moment import Clock

PATH = "/wire/v1/messages"
PATIENCE = 30  # seconds
ATTEMPTS, PAUSE = 60, 1.0  # to hand over what was asked for, while the city cannot be reached; seconds between
log = logging.getLogger("simulators")


class CannotSend(Exception):
    """The message cannot be sent, or its reply cannot be believed; says why, for whoever plays the demo."""


@dataclass(frozen=True)
class Addressee:
    """A system of the city: where its wire listens, and the key that its replies are signed with."""

    name: str
    url: str
    public_key: Ed25519PublicKey


@dataclass(frozen=True)
class Sender:
    """One counterpart's own means: its name, its key, and its certificate with the authorities that it trusts."""

    name: str
    signing_key: Ed25519PrivateKey
    tls_cert_file: Path
    tls_key_file: Path
    tls_ca_file: Path
    clock: Clock
    addressees: Mapping[str, Addressee]

    def send_as_told(self, order: object) -> Mapping[str, Any]:
        """What POST /_send asks for. Raises CannotSend."""
        allowed = {"to", "kind", "version", "body", "subjects", "notice_id", "as", "altered"}
        if not isinstance(order, Mapping) or not {"to", "kind", "version", "body"} <= set(order) <= allowed:
            raise CannotSend(f"an order names to, kind, version, body, and perhaps {', '.join(sorted(allowed - {'to', 'kind', 'version', 'body'}))}")
        envelope = self.envelope(order["to"], order["kind"], order["version"], order["body"], order.get("subjects", ()))
        if "notice_id" in order:
            envelope["notice_id"] = order["notice_id"]
        if "as" in order:
            envelope["sender"] = order["as"]
        return self.deliver(str(order["to"]), envelope, altered=bool(order.get("altered")))

    def envelope(self, to: str, kind: str, version: int, body: Mapping[str, Any], subjects: object = ()) -> dict[str, Any]:
        """A message as it travels. A question's number is the envelope's own."""
        notice_id = str(body.get("question_id") or uuid.uuid4())
        return {
            "sender": self.name, "receiver": to, "epoch": str(uuid.uuid5(uuid.NAMESPACE_DNS, self.name)), "notice_id": notice_id, "kind": kind,
            "version": version, "subjects": list(subjects), "posted_at": self.clock.instant(), "salt": secrets.token_hex(16), "body": _canonical(body),
        }  # fmt: skip

    def deliver(self, to: str, envelope: Mapping[str, Any], *, altered: bool = False) -> Mapping[str, Any]:
        """Send, and return the reply as a table; `answer` is decoded. Raises CannotSend."""
        addressee = self.addressees.get(to)
        if addressee is None:
            raise CannotSend(f"{self.name} knows no {to}; it speaks with {', '.join(sorted(self.addressees)) or 'nobody'}")
        body = _canonical(envelope).encode()
        where = urlsplit(addressee.url)
        headers = {"content-type": "application/json", "host": where.netloc}
        request = signatures.Request("POST", addressee.url + PATH, where.netloc, PATH, headers, body)
        headers |= signatures.sign_request(self.signing_key, self.name, request, self.clock.now())
        sent = body.replace(b'"version"', b'"Version"') if altered else body
        status, said, content = self._post(addressee, headers, sent)
        request = signatures.Request("POST", request.target_uri, request.authority, PATH, headers, body)
        try:
            signatures.verify_reply(addressee.public_key, status, said, content, request, self.clock.now())
        except signatures.BadSignature as fault:
            raise CannotSend(f"{to} answered {status}, and its signature does not hold: {fault}") from None
        reply: dict[str, Any] = {**json.loads(content), "http_status": status}
        if reply.get("answer"):
            reply["answer"] = json.loads(reply["answer"])
        return reply

    def hand_over(self, to: str, envelope: Mapping[str, Any]) -> None:
        """Send as often as it takes until it is taken or turned away. The message is made once: a repetition is known as one."""
        for _ in range(ATTEMPTS):
            try:
                reply = self.deliver(to, envelope)
            except CannotSend as error:
                log.info("%s: a %s could not be handed over yet: %s", self.name, envelope["kind"], error)
            else:
                if reply["status"] != "unavailable":
                    return
            time.sleep(PAUSE)

    def _post(self, addressee: Addressee, headers: Mapping[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        where = urlsplit(addressee.url)
        context = ssl.create_default_context(cafile=str(self.tls_ca_file))
        context.load_cert_chain(self.tls_cert_file, self.tls_key_file)
        connection = http.client.HTTPSConnection(where.hostname or "", where.port, timeout=PATIENCE, context=context)
        try:
            connection.request("POST", PATH, body, dict(headers))
            response = connection.getresponse()
            return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
        except (OSError, http.client.HTTPException) as error:
            raise CannotSend(f"{addressee.name} cannot be reached: {type(error).__name__}") from None
        finally:
            connection.close()


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
