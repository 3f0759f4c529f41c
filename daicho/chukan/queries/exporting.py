"""副本の書出し — every newest replica as a file of layouts/replica_export.csv, for comparison with the original. G-20, F-1-59, S3-06; F-1-17, F-2-13.

A person is named by the key that the register itself made for this room, so that the register finds the original, and neither a
団体内統合宛名番号 nor a 符号 leaves. That it begins is on record before the file is opened; the reading and the file's entry are
committed before it bears its name.
"""

from __future__ import annotations

import csv
import hashlib
import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import cast

from daicho import audit, clock, vault
from daicho.audit.at_the_machine import person_at_the_machine
from daicho.chukan.models import ExportedFile, Replica
from daicho.chukan.models.columns import municipality_code
from daicho.chukan.permissions import ChukanPermission
from daicho.chukan.rules.content import text_of
from daicho.contracts import decode
from daicho.contracts.layouts import layout
from daicho.contracts.replica_v1 import ReplicaV1

NAME = "replica_export"
AT_ONCE = 500


def export_replicas(actor: audit.Actor, file: Path, *, purpose: str, keep_days: int = 30, progress: Callable[[int], None] = lambda rows: None) -> ExportedFile:
    """Write the file and register it. ValueError without purpose or expiry; audit.Refused; FileExistsError. Memory holds some people."""
    if not purpose.strip() or keep_days < 1:
        raise ValueError("a file needs a purpose and an expiry")
    audit.require(actor, ChukanPermission.REPLICA_EXPORT)
    if os.path.lexists(file):
        raise FileExistsError(file)
    token = secrets.token_hex(8)
    detail = {"scope": "副本の全員", "layout": NAME, "draft": token, **person_at_the_machine()}
    with audit.reading(actor, ChukanPermission.REPLICA_EXPORT, purpose=purpose) as begun:
        begun.note(step="begin", **detail)
    partial = file.with_name(f".{file.name}.{token}.partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    try:
        with audit.reading(actor, ChukanPermission.REPLICA_EXPORT, purpose=purpose) as seen:
            rows, digest = _write(descriptor, partial, progress)
            if os.path.lexists(file):
                raise FileExistsError(file)
            made = ExportedFile.objects.create(
                layout=NAME, owner=actor.login, purpose=purpose, digest=digest, rows=rows, made_at=clock.now(),
                expires_on=clock.today() + timedelta(keep_days),
            )  # fmt: skip
            seen.note(step="end", file=str(made.pk), digest=digest, rows=rows, **detail)
        partial.rename(file)
    finally:
        partial.unlink(missing_ok=True)
    return made


def _write(descriptor: int, file: Path, progress: Callable[[int], None]) -> tuple[int, str]:
    count = 0
    with open(descriptor, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(layout(NAME))
        for cells in export_rows():
            writer.writerow(cells)
            count += 1
            if count % 10_000 == 0:
                progress(count)
    with file.open("rb") as written:
        return count, hashlib.file_digest(written, "sha256").hexdigest()


def export_rows() -> Iterator[list[str]]:
    """The rows as cells, in the layout's order, by the register's key. The caller holds the reading."""
    after = ""
    while portion := _newest_after(after):
        told = vault.open_payloads([row.payload_ref for row in portion if row.person.erased_at is None])
        for row in portion:
            content = told.get(row.payload_ref)
            yield _cells(row, cast(ReplicaV1, decode("replica", 1, content)) if content is not None else None)
        after = str(portion[-1].person.register_key)


def _newest_after(key: str) -> Sequence[Replica]:
    """Some people's newest replicas, in the order of the register's key."""
    newest = Replica.objects.raw(
        """
        SELECT r.* FROM chukan_person p JOIN chukan_replica r ON r.person_id = p.id
         WHERE p.municipality_code = %s AND p.register_key > %s
           AND NOT EXISTS (SELECT 1 FROM chukan_replica n WHERE n.person_id = p.id AND n.version_no > r.version_no)
         ORDER BY p.register_key LIMIT %s
        """,
        [municipality_code(), key, AT_ONCE],
    )
    return list(newest.prefetch_related("person"))


def _cells(row: Replica, told: ReplicaV1 | None) -> list[str]:
    own = {"version_no": row.version_no, "received_at": row.received_at, "erased_at": row.person.erased_at, "as_of": row.as_of, "state": row.state}
    own |= {"register_key": row.person.register_key, "removed_on": row.removed_on}
    values = {**(vars(told) if told else {}), **own}
    return [text_of(values.get(name)) or "" for name in layout(NAME)]
