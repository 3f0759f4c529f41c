"""署名 — ECDSA over P-256 with SHA-256, as much of it as a device in software needs. FIPS 186-5, SEC 1. Made-up keys only: it takes no care of timing.

The player of the day uses nothing but Python's own library; Python's has no signatures.
"""

from __future__ import annotations

import hashlib
import secrets

P = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF  # the field, SEC 2 §2.4.2
A = P - 3
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
BASE = (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296, 0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5)
Point = tuple[int, int]


class PrivateKey:
    """A key drawn at random; `public` is its point."""

    def __init__(self) -> None:
        self._secret = 1 + secrets.randbelow(ORDER - 1)
        self.public = _times(self._secret, BASE)

    def sign(self, message: bytes) -> bytes:
        """r and s as a DER sequence."""
        digest = int.from_bytes(hashlib.sha256(message).digest(), "big")
        while True:
            nonce = 1 + secrets.randbelow(ORDER - 1)
            r = _times(nonce, BASE)[0] % ORDER
            s = pow(nonce, -1, ORDER) * (digest + r * self._secret) % ORDER
            if r and s:
                return _der(0x30, _der_integer(r) + _der_integer(s))


def _times(factor: int, point: Point) -> Point:
    found: Point | None = None
    for bit in bin(factor)[2:]:
        found = found and _plus(found, found)
        if bit == "1":
            found = _plus(found, point) if found else point
    assert found is not None  # no factor here is a multiple of the order
    return found


def _plus(one: Point, other: Point) -> Point:
    """The sum of two points that are not each other's opposite."""
    (x1, y1), (x2, y2) = one, other
    slope = (3 * x1 * x1 + A) * pow(2 * y1, -1, P) if one == other else (y2 - y1) * pow(x2 - x1, -1, P)
    x = (slope * slope - x1 - x2) % P
    return x, (slope * (x1 - x) - y1) % P


def _der_integer(number: int) -> bytes:
    return _der(0x02, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def _der(tag: int, content: bytes) -> bytes:
    return bytes([tag, len(content)]) + content
