"""封筒 — one value under its own data key, bound to its place. AES-256-GCM twice: the value, and the data key. 番号法第12条.

Whoever can write into the database but has no key cannot exchange two rows: the place (table, municipality, kind, row id) is
authenticated with both parts, and the wrapping key's number with the data key.
"""

import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from daicho.vault.errors import TamperedError
from daicho.vault.keys import Key

NONCE_BYTES = 12
DATA_KEY_BYTES = 32


@dataclass(frozen=True)
class Envelope:
    """What a row holds: nonce and ciphertext of the value, nonce and ciphertext of its data key, and the wrapping key's number."""

    key_number: int
    wrapped_key: bytes
    ciphertext: bytes


def place_of(table: str, municipality_code: str, kind: str, row_id: int) -> bytes:
    """The associated data of a row; none of its parts can hold the separator."""
    return f"daicho.vault/1|{table}|{municipality_code}|{kind}|{row_id}".encode("ascii")


def seal(key: Key, place: bytes, value: bytes) -> Envelope:
    """Put `value` into a new envelope for `place`. The data key is drawn here and kept nowhere else."""
    drawn = secrets.token_bytes(DATA_KEY_BYTES + 2 * NONCE_BYTES)
    data_key, nonce = drawn[:DATA_KEY_BYTES], drawn[DATA_KEY_BYTES:-NONCE_BYTES]
    ciphertext = nonce + AESGCM(data_key).encrypt(nonce, value, place)
    return Envelope(key.number, _wrap(key, place, data_key, drawn[-NONCE_BYTES:]), ciphertext)


def unseal(key: Key, place: bytes, envelope: Envelope) -> bytes:
    """The value. Raises TamperedError when envelope and place were not made together."""
    try:
        data_key = key.wrapping.decrypt(envelope.wrapped_key[:NONCE_BYTES], envelope.wrapped_key[NONCE_BYTES:], _bound(key, place))
        return AESGCM(data_key).decrypt(envelope.ciphertext[:NONCE_BYTES], envelope.ciphertext[NONCE_BYTES:], place)
    except (InvalidTag, ValueError):
        raise TamperedError(f"not what was sealed here: {place.decode('ascii')}") from None


def rewrap(old: Key, new: Key, place: bytes, envelope: Envelope) -> Envelope:
    """The same envelope with its data key under `new`; the value stays closed. Raises TamperedError."""
    try:
        data_key = old.wrapping.decrypt(envelope.wrapped_key[:NONCE_BYTES], envelope.wrapped_key[NONCE_BYTES:], _bound(old, place))
    except (InvalidTag, ValueError):
        raise TamperedError(f"not what was sealed here: {place.decode('ascii')}") from None
    return Envelope(new.number, _wrap(new, place, data_key, secrets.token_bytes(NONCE_BYTES)), envelope.ciphertext)


def _wrap(key: Key, place: bytes, data_key: bytes, nonce: bytes) -> bytes:
    return nonce + key.wrapping.encrypt(nonce, data_key, _bound(key, place))


def _bound(key: Key, place: bytes) -> bytes:
    return b"wrapped by %d|" % key.number + place
