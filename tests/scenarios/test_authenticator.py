"""仮想の認証器 — what the device in software says is what a library of the standard reads, and signs what another verifies. F-2-08."""

import base64
import hashlib
import json

import cbor2
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from scenarios.authenticator import Authenticator, cbor, encode
from scenarios.p256 import PrivateKey

ORIGIN = "http://localhost:8200"
INVITATION = json.dumps({"rp": {"id": "localhost"}, "challenge": "AAAA"})


def decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "==")


@pytest.mark.parametrize("value", [0, 23, 24, 255, 256, 65536, 1 << 40, -1, -7, -257, b"", b"x" * 300, "鍵" * 20, {1: 2, -3: b"x", "a": {}}])
def test_符号は規格の読み手が読むとおり(value):
    """RFC 8949."""
    assert cbor(value) == cbor2.dumps(value)


def test_署名は別の実装が確かめる():
    """FIPS 186-5: whatever this code gets wrong, the other one finds."""
    key = PrivateKey()
    public = ec.EllipticCurvePublicNumbers(*key.public, ec.SECP256R1()).public_key()
    for text in (b"", b"one", b"two" * 1000):
        public.verify(key.sign(text), text, ec.ECDSA(SHA256()))
    with pytest.raises(InvalidSignature):
        public.verify(key.sign(b"one"), b"other", ec.ECDSA(SHA256()))


def test_登録の答えに公開鍵があり問いの答えはその鍵で署名されている():
    """WebAuthn §6.1, §6.3.3: the signature covers the authenticator data and the digest of the client data."""
    device = Authenticator(ORIGIN)
    made = json.loads(device.create(INVITATION))
    data = cbor2.loads(decode(made["response"]["attestationObject"]))["authData"]
    size = int.from_bytes(data[53:55], "big")
    assert (data[:32], data[32], encode(data[55 : 55 + size])) == (hashlib.sha256(b"localhost").digest(), 0x45, made["id"])
    cose = cbor2.loads(data[55 + size :])
    public = ec.EllipticCurvePublicNumbers(int.from_bytes(cose[-2], "big"), int.from_bytes(cose[-3], "big"), ec.SECP256R1()).public_key()
    told = json.loads(device.get(json.dumps({"rpId": "localhost", "challenge": "BBBB", "allowCredentials": [{"id": made["id"]}]})))["response"]
    client_data = decode(told["clientDataJSON"])
    assert json.loads(client_data) == {"type": "webauthn.get", "challenge": "BBBB", "origin": ORIGIN, "crossOrigin": False}
    public.verify(decode(told["signature"]), decode(told["authenticatorData"]) + hashlib.sha256(client_data).digest(), ec.ECDSA(SHA256()))
    assert int.from_bytes(decode(told["authenticatorData"])[33:37], "big") == 1


def test_よその問いには答えない():
    """WebAuthn §6.3.3: a key answers for the place it was made for, and a device only with its own keys."""
    device = Authenticator(ORIGIN)
    made = json.loads(device.create(INVITATION))
    for asked in ({"rpId": "elsewhere", "allowCredentials": [{"id": made["id"]}]}, {"rpId": "localhost", "allowCredentials": [{"id": "other"}]}):
        with pytest.raises(LookupError):
            device.get(json.dumps({"challenge": "AAAA", **asked}))
