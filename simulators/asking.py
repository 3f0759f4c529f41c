"""情報照会 — an inquiry as a 情報照会者 sends it through the core, with a permit and a key of its own; and the opening of its answer. 番号法第21条; G-19.

Written for the outside world alone: chukan judges and seals with code of its own, so that each proves the other.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Any  # JSON

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

FAULTS = ("expired_permit", "wrong_item", "wrong_signature", "unknown_code", "wrong_day", "wrong_person", "bad_key", "future")
PERMIT_MINUTES = 10
_PERMITTED = ("provider_municipality_code", "inquirer_code", "affair_code", "item_no", "procedure_code", "information_code", "asked_at", "route")


class BadAsk(ValueError):
    """An order for an inquiry that cannot be carried out; says why."""


class CannotOpen(ValueError):
    """An answer that is not signed by the provider, or was not made for this asker's key."""


@dataclass(frozen=True)
class Ask:
    """What is to be asked. `fault`: what is to be wrong with it."""

    inquirer_code: str
    affair_code: str
    item_no: str
    procedure_code: str
    information_code: str
    linkage_code: str
    asked_at: str = ""
    purpose: str = "情報照会"
    provider_municipality_code: str = "012033"
    fault: str = ""
    permit_no: str = ""

    @classmethod
    def of(cls, told: object) -> Ask:
        names = {field.name for field in fields(cls)}
        if not isinstance(told, Mapping) or not set(told) <= names or not all(isinstance(value, str) for value in told.values()):
            raise BadAsk(f"an inquiry has texts for {', '.join(sorted(names))}")
        try:
            ask = cls(**told)
        except TypeError:
            raise BadAsk(f"an inquiry lacks something of {', '.join(sorted(names))}") from None
        if ask.fault and ask.fault not in FAULTS:
            raise BadAsk(f"fault is one of {', '.join(FAULTS)}")
        return ask


@dataclass(frozen=True)
class Asked:
    """The question as it is sent, and the asker's key with which its answer opens."""

    question: dict[str, Any]
    private_key: str  # base64

    def as_line(self) -> dict[str, Any]:
        return {"question": self.question, "private_key": self.private_key}

    @classmethod
    def from_line(cls, line: Mapping[str, Any]) -> Asked:
        return cls(line["question"], line["private_key"])


def question_of(ask: Ask, core: Ed25519PrivateKey, now: float) -> Asked:
    """Question and permit, with the fault that the order names."""
    moment = datetime.fromtimestamp(now, UTC)
    key = X25519PrivateKey.generate()
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    asked_at = ask.asked_at or _instant(moment + (timedelta(days=1) if ask.fault == "future" else timedelta()))
    code = secrets.token_hex(16) if ask.fault == "unknown_code" else ask.linkage_code
    question: dict[str, Any] = {
        "question_id": str(uuid.uuid4()), "purpose": ask.purpose, "deadline": _instant(moment + timedelta(minutes=1)), "linkage_code": code,
        "asked_at": asked_at, "route": f"R{secrets.token_hex(8)}", "inquirer_public_key": _b64(bytes(32) if ask.fault == "bad_key" else public),
        **{name: getattr(ask, name) for name in _PERMITTED if name not in ("asked_at", "route")},
    }  # fmt: skip
    question["permit"] = _permit(ask, question, core, moment)
    if ask.fault == "wrong_item":  # asked is something else than was permitted
        question["item_no"] = "9999"
    if ask.fault == "wrong_person":
        question["linkage_code"] = secrets.token_hex(16)
    raw = key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    return Asked(question, _b64(raw))


def _permit(ask: Ask, question: Mapping[str, Any], core: Ed25519PrivateKey, moment: datetime) -> dict[str, Any]:
    issued = moment - timedelta(days=1) if ask.fault == "expired_permit" else moment
    permit: dict[str, Any] = {
        "permit_no": ask.permit_no or f"P{secrets.token_hex(12)}", "issued_at": _instant(issued),
        "expires_at": _instant(issued + timedelta(minutes=PERMIT_MINUTES)), **{name: question[name] for name in _PERMITTED},
        "linkage_code_digest": hashlib.sha256(question["linkage_code"].encode()).hexdigest(),
        "inquirer_key_digest": hashlib.sha256(base64.b64decode(question["inquirer_public_key"])).hexdigest(), "signature": "",
    }  # fmt: skip
    if ask.fault == "wrong_day":
        permit["asked_at"] = _instant(datetime.fromisoformat(question["asked_at"]) - timedelta(days=30))
    signer = Ed25519PrivateKey.generate() if ask.fault == "wrong_signature" else core
    return {**permit, "signature": _b64(signer.sign(b"daicho permit 1\n" + _canonical(permit)))}


def open_answer(asked: Asked, signed: Mapping[str, Any], heading: bytes, sealed: Mapping[str, str], provider: Ed25519PublicKey) -> object:
    """What an answer holds, for the asker alone. `signed` is all that the provider's signature covers. Raises CannotOpen."""
    try:
        provider.verify(base64.b64decode(signed["signature"]), heading + _canonical({**signed, "signature": ""}))
    except InvalidSignature:
        raise CannotOpen("the provider's signature does not hold") from None
    question = asked.question
    ours = X25519PrivateKey.from_private_bytes(base64.b64decode(asked.private_key))
    ephemeral, nonce, ciphertext = (base64.b64decode(sealed[name]) for name in ("ephemeral_key", "nonce", "ciphertext"))
    public = ours.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    secret = ours.exchange(X25519PublicKey.from_public_bytes(ephemeral))
    key = HKDF(SHA256(), 32, salt=ephemeral + public, info=b"daicho provision 1").derive(secret)
    context = _canonical({name: question[name] for name in ("question_id", "inquirer_code", "information_code")})
    try:
        return json.loads(AESGCM(key).decrypt(nonce, ciphertext, context))
    except InvalidTag:
        raise CannotOpen("the answer was not made for this key, or for another question") from None


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
