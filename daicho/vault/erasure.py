"""消去 — erasing by destroying the data key, with a record of it. 番号法第20条, 評価書（保管・消去）.

The row stays empty under its id. Copies in backups stay readable until the key that wrapped them is rotated out and dropped from
the key file: `rotate()`, then `forget_retired_keys()`.
"""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from daicho import audit, clock
from daicho.vault import numbers, payloads
from daicho.vault.errors import UnknownReferenceError


def erase(refs: Iterable[int], *, reason: str, actor: audit.Actor, subjects: Iterable[UUID] = ()) -> int:
    """Erase numbers; returns how many (those erased before are passed over). One transaction, with purge records and a trail row.

    ValueError without a reason, UnknownReferenceError when one of them does not exist: then nothing is erased.
    The search hash goes too, so that nobody can ask whether a number was here; the same value kept again gets a new reference.
    """
    return _erase(numbers.TABLE, "search_hash = NULL,", refs, reason, actor, subjects)


def erase_payloads(refs: Iterable[int], *, reason: str, actor: audit.Actor, subjects: Iterable[UUID] = ()) -> int:
    """Erase payloads; as `erase`."""
    return _erase(payloads.TABLE, "", refs, reason, actor, subjects)


def _erase(table: str, also: str, refs: Iterable[int], reason: str, actor: audit.Actor, subjects: Iterable[UUID]) -> int:
    if not reason:
        raise ValueError("an erasure has a reason")
    wanted, code, now = sorted(set(refs)), settings.INSTALLATION.municipality_code, clock.now()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT id, erased_at FROM {table} WHERE municipality_code = %s AND id = ANY(%s) ORDER BY id FOR UPDATE", [code, wanted])
        known = dict(cursor.fetchall())
        if missing := [ref for ref in wanted if ref not in known]:
            raise UnknownReferenceError(f"{table} has no row {missing[0]}")
        living = [ref for ref, erased_at in known.items() if erased_at is None]
        if not living:
            return 0
        cursor.execute(
            f"UPDATE {table} SET {also} key_number = NULL, wrapped_key = NULL, ciphertext = NULL, erased_at = %s WHERE id = ANY(%s)",
            [now, living],
        )
        cursor.execute(
            'INSERT INTO vault_purge (municipality_code, "table", ref, reason, login, actor_name, erased_at)'
            " SELECT %s, %s, ref, %s, %s, %s, %s FROM unnest(%s::bigint[]) AS ref",
            [code, table, reason, actor.login, actor.name, now, living],
        )
        audit.record(actor, "vault:number:erase" if also else "vault:payload:erase", subjects, detail={"reason": reason, "rows": len(living)})
    return len(living)
