"""対象者の符丁 — how a person is named to one other system: a keyed hash made for that pair, which no third system can join. design §5.

Handle = first 128 bits of HMAC-SHA256(pair key, public id), in hexadecimal, so that it also fits a uuid column.
Pair key = HKDF-SHA256 of 32 random bytes drawn once for a destination and kept sealed in the vault, bound to both names.
It is not derived from a key file: files are rotated, and a handle must stay the same for as long as the person's notices are kept.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import connection

from daicho import vault
from daicho.outbox.models import PairKey, municipality_code


def subject_handle(destination: str, public_id: UUID) -> str:
    """The handle of one person towards `destination`. Asks the database once; in a transaction of the caller's."""
    return subject_handles(destination, [public_id])[0]


def subject_handles(destination: str, public_ids: Iterable[UUID]) -> list[str]:
    """Handles in the order of `public_ids`. One query, however many they are (the first ever for a destination: a few more)."""
    key = _pair_key(_payload_ref(destination), settings.DAICHO.name, destination)
    return [hmac.new(key, public_id.bytes, hashlib.sha256).hexdigest()[:32] for public_id in public_ids]


def _payload_ref(destination: str) -> int:
    ref = _find_payload_ref(destination)
    if ref is None:
        # Two that come first together: one insert waits for the other, does nothing, and both read the same key.
        new = PairKey(destination=destination, payload_ref=vault.seal_payload(secrets.token_bytes(32)))
        PairKey.objects.bulk_create([new], ignore_conflicts=True)
        ref = _find_payload_ref(destination)
        assert ref is not None
    return ref


def _find_payload_ref(destination: str) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT payload_ref FROM outbox_pairkey WHERE municipality_code = %s AND destination = %s", [municipality_code(), destination])
        row = cursor.fetchone()
    return None if row is None else int(row[0])


@lru_cache(maxsize=64)
def _pair_key(payload_ref: int, sender: str, destination: str) -> bytes:
    # Cached by the reference, not by the name: a reference that was rolled back is never given out again.
    info = f"daicho/outbox/subject-handle/v1/{sender}>{destination}".encode()
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=info).derive(vault.open_payload(payload_ref))
