"""金庫の行 — setting rows down and picking them up, whole lists at a time. 番号法第12条.

Everyone who seals holds a shared lock till the end of the transaction; a rotation takes it alone for the moment in which the
key in use changes. So no row is ever sealed with a key that has just been left behind, and one number never gets two rows.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.db import connection

from daicho import clock, rows
from daicho.vault.envelope import Envelope
from daicho.vault.errors import ErasedError, UnknownReferenceError
from daicho.vault.keys import Key, KeyRing, ring

_LOCK = 0x7661_756C  # "vaul"
FEW = 50  # up to here one INSERT is quicker than COPY


def hold_key_in_use(table: str, count: int) -> tuple[KeyRing, Key, list[int]]:
    """The keys, the one to seal with, which stays in use until this transaction ends, and ids for `count` rows of a table of ours.

    An envelope is bound to its row's id, so the id comes first. The first use of all writes the key down. One statement; the
    file is read after the lock is held: a rotation adds its key to the file before it changes the key in use.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT vault_hold_key_in_use(%s, %s), array(SELECT nextval('{table}_id_seq') FROM generate_series(1, %s))",
            [_LOCK, settings.INSTALLATION.municipality_code, count],
        )
        number, ids = cursor.fetchone()
    keys = ring()
    if number is None:
        number = keys.newest
        write_down_key(number)
    return keys, keys.key(number), ids


def lock_alone() -> None:
    """Wait until nobody is sealing, and let nobody begin before this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def write_down_key(number: int) -> None:
    """Note that `number` is in use from now on; nothing happens when that is noted already."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO vault_key (municipality_code, number, in_use_from) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            [settings.INSTALLATION.municipality_code, number, clock.now()],
        )


def key_in_use_since() -> datetime | None:
    """Since when the key in use has been so; None before anything was sealed. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT in_use_from FROM vault_key WHERE retired_at IS NULL ORDER BY number DESC LIMIT 1")
        found = cursor.fetchone()
    return found[0] if found else None


def copies(count: int) -> bool:
    """Whether so many rows go in by COPY; PostgreSQL has none for a table whose rows are told apart by municipality."""
    return count > FEW and not rows.are_together() and not settings.ROWS_BY_MUNICIPALITY


def copy_in(table: str, columns: dict[str, str], new: Iterable[Sequence[object]]) -> None:
    """COPY rows into a table of ours; `columns` gives name and PostgreSQL type of each value. IntegrityError as for INSERT."""
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT BINARY)") as copy:
        copy.set_types(list(columns.values()))
        for row in new:
            copy.write_row(row)


def unnest(columns: dict[str, str]) -> str:
    """`unnest` of one array per column, for statements over a list of rows."""
    return f"unnest({', '.join(f'%s::{kind}[]' for kind in columns.values())}) AS new ({', '.join(columns)})"


def turned(rows: Sequence[Sequence[object]], width: int) -> list[list[object]]:
    """Rows as one list per column."""
    return [[row[place] for row in rows] for place in range(width)]


def pick_up(table: str, refs: Sequence[int], extra: str = "''", lock: str = "") -> dict[int, tuple[str, Envelope]]:
    """(kind, envelope) by reference. Raises UnknownReferenceError, ErasedError. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, {extra}, key_number, wrapped_key, ciphertext FROM {table} WHERE municipality_code = %s AND id = ANY(%s) ORDER BY id {lock}",
            [settings.INSTALLATION.municipality_code, list(refs)],
        )
        rows = cursor.fetchall()
    found = {row_id: (kind, Envelope(number, wrapped, ciphertext)) for row_id, kind, number, wrapped, ciphertext in rows if number is not None}
    erased = {row_id for row_id, _, number, *_ in rows if number is None}
    for ref in refs:
        if ref in erased:
            raise ErasedError(f"{table} {ref} was erased")
        if ref not in found:
            raise UnknownReferenceError(f"{table} has no row {ref}")
    return {ref: (kind, Envelope(e.key_number, bytes(e.wrapped_key), bytes(e.ciphertext))) for ref, (kind, e) in found.items()}
