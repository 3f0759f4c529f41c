"""鍵の更新 — a new key for everything: data keys rewrapped, search hashes made anew, no version touched. F-1-61.

Everything stays readable and findable meanwhile: each row says which key wraps it, and a number is sought under the hashes of all keys
of the file. May be stopped at any time; the next call goes on with what is left.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction
from django.views.decorators.debug import sensitive_variables

from daicho import clock
from daicho.vault import numbers, payloads
from daicho.vault.envelope import Envelope, place_of, rewrap, unseal
from daicho.vault.errors import TamperedError
from daicho.vault.keys import Key, KeyRing, alone, drop_keys, ring
from daicho.vault.rows import lock_alone, turned, unnest, write_down_key

Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class Rotated:
    """What a rotation did: rows now under the new key, keys no row needs any more, rows that could not be opened."""

    key_number: int
    numbers: int
    payloads: int
    retired: tuple[int, ...]
    damaged: tuple[str, ...]


def rotate(*, batch: int = 2_000, progress: Progress | None = None) -> Rotated:
    """Bring every row under the newest key of the key file (`keys.add_key` makes one). RuntimeError inside a transaction.
    Waits while somebody else changes the keys of the file (hold `keys.alone` over both calls, so that nobody comes between).

    Each batch is a transaction of its own. A row that cannot be opened is left as it is, named in the answer, and keeps its key in use.
    """
    with alone(settings.DAICHO.vault_key_file):
        with transaction.atomic(durable=True):
            lock_alone()
            keys = ring()
            write_down_key(keys.newest)
        key = keys.key(keys.newest)
        damaged: list[str] = []
        done_numbers = _all_rows(numbers.TABLE, keys, key, batch, damaged, progress)
        done_payloads = _all_rows(payloads.TABLE, keys, key, batch, damaged, progress)
        return Rotated(key.number, done_numbers, done_payloads, _retire(key), tuple(damaged))


def forget_retired_keys() -> tuple[int, ...]:
    """Take the retired keys out of the key file; returns their numbers. What only they open (old backups) is gone for good."""
    with alone(settings.DAICHO.vault_key_file):
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM vault_key WHERE municipality_code = %s AND retired_at IS NOT NULL", [settings.INSTALLATION.municipality_code])
            retired = {number for (number,) in cursor.fetchall()} & set(ring().keys)
        if retired:
            drop_keys(settings.DAICHO.vault_key_file, retired)
        return tuple(sorted(retired))


def _all_rows(table: str, keys: KeyRing, key: Key, batch: int, damaged: list[str], progress: Progress | None) -> int:
    """Batch after batch in the order of the ids; what an earlier run did is passed over."""
    done, last = 0, 0
    while True:
        with transaction.atomic(durable=True):
            rows = _take(table, key, last, batch)
            if not rows:
                return done
            renewed = [new for row in rows if (new := _renew(table, keys, key, row, damaged))]
            _put_back(table, renewed)
        done, last = done + len(renewed), rows[-1][0]
        if progress:
            progress(table, done)


def _take(table: str, key: Key, last: int, batch: int) -> list[tuple[int, str, int, bytes, bytes]]:
    """(id, kind, key number, wrapped key, ciphertext) of the next rows under an older key, locked."""
    kind = "kind" if table == numbers.TABLE else "''"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, {kind}, key_number, wrapped_key, ciphertext FROM {table}"
            " WHERE municipality_code = %s AND id > %s AND key_number < %s ORDER BY id LIMIT %s FOR UPDATE",
            [settings.INSTALLATION.municipality_code, last, key.number, batch],
        )
        return list(cursor.fetchall())


@sensitive_variables()
def _renew(table: str, keys: KeyRing, key: Key, row: tuple[int, str, int, bytes, bytes], damaged: list[str]) -> tuple[object, ...] | None:
    """The row's new columns, None when it cannot be opened."""
    ref, kind, number, wrapped_key, ciphertext = row
    code = settings.INSTALLATION.municipality_code
    place, old, envelope = place_of(table, code, kind, ref), keys.key(number), Envelope(number, bytes(wrapped_key), bytes(ciphertext))
    try:
        search_hash = key.search_hash(code, kind, unseal(old, place, envelope).decode("ascii")) if table == numbers.TABLE else None
        return ref, key.number, rewrap(old, key, place, envelope).wrapped_key, search_hash
    except TamperedError:
        damaged.append(f"{table} {ref}")
        return None


def _put_back(table: str, renewed: list[tuple[object, ...]]) -> None:
    columns = {"id": "int8", "key_number": "int4", "wrapped_key": "bytea", "search_hash": "bytea"}
    also = ", search_hash = new.search_hash" if table == numbers.TABLE else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} AS t SET key_number = new.key_number, wrapped_key = new.wrapped_key{also} FROM {unnest(columns)} WHERE t.id = new.id",
            turned(renewed, len(columns)),
        )


def _retire(key: Key) -> tuple[int, ...]:
    """Note as retired every older key that no row needs; returns all that are retired."""
    code = settings.INSTALLATION.municipality_code
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE vault_key k SET retired_at = %s WHERE k.municipality_code = %s AND k.number < %s AND k.retired_at IS NULL"
            f" AND NOT EXISTS (SELECT 1 FROM {numbers.TABLE} n WHERE n.municipality_code = k.municipality_code AND n.key_number = k.number)"
            f" AND NOT EXISTS (SELECT 1 FROM {payloads.TABLE} p WHERE p.municipality_code = k.municipality_code AND p.key_number = k.number)",
            [clock.now(), code, key.number],
        )
        cursor.execute("SELECT number FROM vault_key WHERE municipality_code = %s AND retired_at IS NOT NULL ORDER BY number", [code])
        return tuple(number for (number,) in cursor.fetchall())
