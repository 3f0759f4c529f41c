"""仮想の認証器 — a device in software that answers WebAuthn's questions with real signatures, as a browser would hand them over. F-2-08.

For `make day`, journeys and tests: it needs neither browser nor sensor, and imports nothing of daicho, so that each proves the other.
Written from W3C Web Authentication Level 2 (§5.8.1 client data, §6.1 authenticator data, §6.5 attestation "none") and RFC 8949 (CBOR).
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any  # JSON as pages give it

from scenarios.p256 import PrivateKey

_PRESENT, _VERIFIED, _ATTESTED = 0x01, 0x04, 0x40  # flags of authenticator data
_NO_MODEL = bytes(16)


@dataclass
class Authenticator:
    """One device at a browser that stands at `origin`. `recognises` is whether its owner's body is before it."""

    origin: str
    recognises: bool = True
    model: bytes = _NO_MODEL
    counts: bool = True
    count: int = 0
    _keys: dict[str, tuple[str, PrivateKey]] = field(default_factory=dict)  # credential id → (rp id, key)

    def create(self, question: str) -> str:
        """The answer to navigator.credentials.create: a new key, without attestation."""
        asked = json.loads(question)
        credential_id, key, rp_id = secrets.token_bytes(32), PrivateKey(), asked["rp"]["id"]
        self._keys[encode(credential_id)] = (rp_id, key)
        x, y = key.public
        cose = {1: 2, 3: -7, -1: 1, -2: x.to_bytes(32, "big"), -3: y.to_bytes(32, "big")}  # kty EC2, alg ES256, crv P-256
        attested = self.model + len(credential_id).to_bytes(2, "big") + credential_id + cbor(cose)
        data = self._data(rp_id, _ATTESTED) + attested
        return self._told(
            encode(credential_id),
            {"clientDataJSON": self._client_data("webauthn.create", asked), "attestationObject": cbor({"fmt": "none", "attStmt": {}, "authData": data})},
        )

    def get(self, question: str) -> str:
        """The answer to navigator.credentials.get: a signature by the first key that the question names. LookupError for none of ours."""
        asked = json.loads(question)
        credential_id = next((each["id"] for each in asked.get("allowCredentials", ()) if each["id"] in self._keys), None)
        if credential_id is None:
            raise LookupError("the question names no key of this device")
        rp_id, key = self._keys[credential_id]
        if asked["rpId"] != rp_id:
            raise LookupError("the question comes from another place than the key was made for")
        self.count += self.counts
        client_data, data = self._client_data("webauthn.get", asked), self._data(rp_id)
        signature = key.sign(data + hashlib.sha256(client_data).digest())
        return self._told(credential_id, {"clientDataJSON": client_data, "authenticatorData": data, "signature": signature})

    def _data(self, rp_id: str, flags: int = 0) -> bytes:
        flags |= _PRESENT | (_VERIFIED if self.recognises else 0)
        return hashlib.sha256(rp_id.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client_data(self, kind: str, asked: dict[str, Any]) -> bytes:
        return json.dumps({"type": kind, "challenge": asked["challenge"], "origin": self.origin, "crossOrigin": False}, separators=(",", ":")).encode()

    def _told(self, credential_id: str, response: dict[str, bytes]) -> str:
        told = {name: encode(value) for name, value in response.items()}
        return json.dumps({"id": credential_id, "rawId": credential_id, "type": "public-key", "response": told})


def encode(data: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def cbor(value: object) -> bytes:
    """Of CBOR what an authenticator says: integers, byte and text strings, maps; in the order given."""
    if isinstance(value, int):
        return _head(0, value) if value >= 0 else _head(1, -1 - value)
    if isinstance(value, bytes):
        return _head(2, len(value)) + value
    if isinstance(value, str):
        return _head(3, len(value.encode())) + value.encode()
    if isinstance(value, dict):
        return _head(5, len(value)) + b"".join(cbor(key) + cbor(each) for key, each in value.items())
    raise TypeError(f"not said by an authenticator: {type(value).__name__}")


def _head(major: int, number: int) -> bytes:
    if number < 24:
        return bytes([major << 5 | number])
    size = next(size for size in (1, 2, 4, 8) if number < 1 << 8 * size)
    return bytes([major << 5 | 23 + size.bit_length()]) + number.to_bytes(size, "big")
