"""照合番号 — sixteen letters by which anyone asks the city about a sheet, and the signed facts that go with them into the QR code.

No fact about a person is among them. The signature is Ed25519, which is the same each time, so that the sheet can be made again byte for byte.
"""

from __future__ import annotations

import base64
import re
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from daicho.paper.errors import SigningFailed
from daicho.paper.verifying import CODE_VERSION, EPOCH, LETTERS, SIGNED_FOR, PrintedCode, crockford, in_fours, key_mark

__all__ = ["CODE_LETTERS", "CheckKey", "PrintedCode", "code_of", "in_fours", "new_code", "open_check_key"]

CODE_LETTERS = 16
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_code() -> str:
    """A code that nobody can guess (80 bits)."""
    return crockford(secrets.token_bytes(CODE_LETTERS * 5 // 8))


def code_of(typed: str) -> str | None:
    """The code that somebody typed from paper: small letters, hyphens and spaces do not matter, O and I are read as they were meant. None = no code."""
    letters = re.sub(r"[\s\-‐－ー−]", "", typed).upper().translate(_READ_AS)
    return letters if len(letters) == CODE_LETTERS and set(letters) <= set(LETTERS) else None


def pack(facts: PrintedCode, key: ed25519.Ed25519PublicKey) -> bytes:
    """The facts in as few bytes as they take, as `verifying` reads them."""
    number = 0
    for letter in facts.check_code:
        number = number << 5 | LETTERS.index(letter)
    return b"".join(
        (
            bytes((CODE_VERSION,)), key_mark(key), number.to_bytes(CODE_LETTERS * 5 // 8, "big"), (facts.issued_on - EPOCH).days.to_bytes(2, "big"),
            facts.pages.to_bytes(2, "big"), bytes.fromhex(facts.content_digest), facts.issue_number.encode("utf-8"),
        )
    )  # fmt: skip


class CheckKey:
    """The key that signs what stands in the QR code. Keep one per process."""

    def __init__(self, key: ed25519.Ed25519PrivateKey) -> None:
        self._key = key
        self.public = key.public_key()

    @property
    def mark(self) -> str:
        """By which its signatures name it."""
        return key_mark(self.public).hex()

    def raw(self, message: bytes) -> bytes:
        """The signature of another kind of message; it must begin otherwise than a code on paper does."""
        if message.startswith(SIGNED_FOR):
            raise SigningFailed("照合用の符号の形をした内容には署名できません。")
        return self._key.sign(message)

    def token(self, facts: PrintedCode) -> str:
        """The facts and their signature, in letters that an address can carry behind its `#`."""
        packed = pack(facts, self.public)
        return base64.urlsafe_b64encode(packed + self._key.sign(SIGNED_FOR + packed)).rstrip(b"=").decode("ascii")


def open_check_key(file: Path) -> CheckKey:
    """The key of this PEM file."""
    key = load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(key, ed25519.Ed25519PrivateKey):
        raise SigningFailed("照合用の鍵は、Ed25519の鍵でなければなりません。運用担当者に連絡してください。")
    return CheckKey(key)
