"""電文の封緘 — payloads at rest, each under a data key of its own, so that one can be erased without the others. F-1-61."""

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db import connection, transaction
from django.views.decorators.debug import sensitive_variables

from daicho import clock
from daicho.vault.envelope import place_of, seal, unseal
from daicho.vault.errors import UnknownReferenceError
from daicho.vault.keys import ring
from daicho.vault.rows import copies, copy_in, hold_key_in_use, pick_up, turned, unnest

TABLE = "vault_payload"
_COLUMNS = {"id": "int8", "municipality_code": "varchar", "sealed_at": "timestamptz", "key_number": "int4", "wrapped_key": "bytea", "ciphertext": "bytea"}


@sensitive_variables()
def seal_payload(payload: bytes) -> int:
    """Seal one payload; returns its reference. Joins the caller's transaction. Two queries."""
    return seal_payloads([payload])[0]


@sensitive_variables()
def seal_payloads(payloads: Sequence[bytes]) -> list[int]:
    """Seal many payloads; references in their order. Equal payloads get rows of their own."""
    if not payloads:
        return []
    code, now = settings.INSTALLATION.municipality_code, clock.now()
    with transaction.atomic(savepoint=False):
        _, key, refs = hold_key_in_use(TABLE, len(payloads))
        rows = []
        for ref, payload in zip(refs, payloads, strict=True):
            envelope = seal(key, place_of(TABLE, code, "", ref), payload)
            rows.append((ref, code, now, key.number, envelope.wrapped_key, envelope.ciphertext))
        if copies(len(rows)):
            copy_in(TABLE, _COLUMNS, rows)
        else:
            with connection.cursor() as cursor:
                cursor.execute(f"INSERT INTO {TABLE} ({', '.join(_COLUMNS)}) SELECT * FROM {unnest(_COLUMNS)}", turned(rows, len(_COLUMNS)))
    return refs


@sensitive_variables()
def replace_payload(ref: int, payload: bytes) -> None:
    """Seal another payload in the place of one: its data key and what it sealed are written over. Raises UnknownReferenceError, also for an
    erased one. Joins the caller's transaction. Two queries. For what changes all the time and is nobody's record (a search history)."""
    code, now = settings.INSTALLATION.municipality_code, clock.now()
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        _, key, _ = hold_key_in_use(TABLE, 0)
        envelope = seal(key, place_of(TABLE, code, "", ref), payload)
        cursor.execute(
            f"UPDATE {TABLE} SET sealed_at = %s, key_number = %s, wrapped_key = %s, ciphertext = %s WHERE municipality_code = %s AND id = %s AND erased_at IS NULL",
            [now, key.number, envelope.wrapped_key, envelope.ciphertext, code, ref],
        )
        if cursor.rowcount != 1:
            raise UnknownReferenceError(f"{TABLE} has no sealed row {ref}")


def open_payload(ref: int) -> bytes:
    """The payload. Raises UnknownReferenceError, ErasedError, TamperedError. One query."""
    return open_payloads([ref])[ref]


@sensitive_variables()
def open_payloads(refs: Iterable[int]) -> dict[int, bytes]:
    """Payloads by reference; as `open_payload`. One query."""
    rows = pick_up(TABLE, list(dict.fromkeys(refs)))
    keys, code = ring(), settings.INSTALLATION.municipality_code  # the keys after the rows, as for numbers
    return {ref: unseal(keys.key(e.key_number), place_of(TABLE, code, "", ref), e) for ref, (_, e) in rows.items()}
