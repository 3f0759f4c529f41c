"""封印 — chaining the trail: what is committed now cannot be altered, removed or put in later unseen. F-1-14, 標準10.2.

Rows are inserted plainly and chained afterwards, because a chain inside each transaction would make all writers wait for one
another. A row is ready when the transaction that wrote it lies below every transaction still running: then nothing can appear
behind it any more, and no row is skipped.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction

from daicho import clock
from daicho.audit.leaves import LAYOUT, SealBody, leaf_sql, root_of

MOST_AT_ONCE = 20_000  # rows in one seal: keeps its transaction short and its range narrow
GENESIS = bytes(32)
_LOCK = 0x6461_6963  # "daic": one sealer at a time in a database


@dataclass(frozen=True)
class Head:
    """A seal as it is carried out of the house: with it, `verify` notices even a chain that was rewritten whole."""

    municipality_code: str
    no: int
    digest: str
    made_at: datetime
    entries: int


@dataclass(frozen=True)
class _Border:
    """Where this seal's search begins and ends; `last` is the seal in front, None at the beginning."""

    last_no: int
    last_digest: bytes
    since: str | None  # xid8: below it everything is sealed; None when that cannot be said (first seal, or a restored database)
    below: str
    unborn: str  # xid8: no transaction of this database has it yet
    cluster: str


def seal_once(limit: int = MOST_AT_ONCE) -> Head | None:
    """Seal up to `limit` rows that are ready; None when there are none or another process is sealing.

    One transaction. RuntimeError inside another one: an open transaction would hide its own rows from the border.
    """
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return None
        border = _border(cursor)
        taken = _make_leaves(cursor, border, limit)
        if not taken:
            return None
        return _make_seal(cursor, border, taken, cut=len(taken) == limit)


def seal_all() -> list[Head]:
    """Seal until nothing is ready; the heads made, oldest first."""
    made = []
    while head := seal_once():
        made.append(head)
    return made


def heads(last: int = 1) -> list[Head]:
    """The last `last` seals, oldest first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT municipality_code, no, digest, made_at, entries FROM audit_seal WHERE municipality_code = %s ORDER BY no DESC LIMIT %s",
            [settings.INSTALLATION.municipality_code, last],
        )
        return [Head(code, no, bytes(digest).hex(), made_at, entries) for code, no, digest, made_at, entries in reversed(cursor.fetchall())]


def _border(cursor) -> _Border:  # type: ignore[no-untyped-def]  # Django's cursor wrapper has no public type
    """Find the border. The snapshot is taken before the rows are read, so the rows can only be more complete than it says."""
    cursor.execute(
        "SELECT pg_snapshot_xmin(s)::text, pg_snapshot_xmax(s)::text, (SELECT system_identifier::text FROM pg_control_system()) FROM pg_current_snapshot() s"
    )
    below, unborn, cluster = cursor.fetchone()
    cursor.execute(
        "SELECT no, digest, sealed_below, cluster FROM audit_seal WHERE municipality_code = %s ORDER BY no DESC LIMIT 1",
        [settings.INSTALLATION.municipality_code],
    )
    last = cursor.fetchone()
    if last is None:
        return _Border(0, GENESIS, None, below, unborn, cluster)
    # A database restored from a dump counts its transactions anew: look at everything once.
    since = last[2] if last[3] == cluster else None
    return _Border(last[0], bytes(last[1]), since, below, unborn, cluster)


def _make_leaves(cursor, border: _Border, limit: int) -> list[tuple[int, str, bytes]]:  # type: ignore[no-untyped-def]
    """Insert the leaves of the rows that are ready; returns (row id, xid8, digest) in their order.

    Rows with a transaction number that is not born yet come from before a restore (or from a forger): they are ready too.
    """
    cursor.execute(
        f"""
        WITH ready AS (
            SELECT e.*, uuid_send(gen_random_uuid()) AS salt FROM audit_entry e
            WHERE e.municipality_code = %s AND (e.written_in < %s::xid8 OR e.written_in >= %s::xid8) AND (%s::text IS NULL OR e.written_in >= %s::xid8)
            AND NOT EXISTS (SELECT 1 FROM audit_leaf l WHERE l.entry_id = e.id)
            ORDER BY e.written_in, e.id LIMIT %s
        ), made AS (
            INSERT INTO audit_leaf (municipality_code, entry_id, seal_no, position, salt, digest)
            SELECT e.municipality_code, e.id, %s, row_number() OVER (ORDER BY e.written_in, e.id), e.salt, {leaf_sql(LAYOUT, "e.salt")} FROM ready e
            RETURNING entry_id, position, digest
        )
        SELECT made.entry_id, ready.written_in::text, made.digest FROM made JOIN ready ON ready.id = made.entry_id ORDER BY made.position
        """,
        [settings.INSTALLATION.municipality_code, border.below, border.unborn, border.since, border.since, limit, border.last_no + 1],
    )
    return [(entry_id, written_in, bytes(digest)) for entry_id, written_in, digest in cursor.fetchall()]


def _make_seal(cursor, border: _Border, taken: list[tuple[int, str, bytes]], *, cut: bool) -> Head:  # type: ignore[no-untyped-def]
    """Insert the seal over `taken`. When the limit cut it short, only what lies below its last row is surely sealed."""
    ids = [entry_id for entry_id, _, _ in taken]
    below = str(min(int(border.below), int(taken[-1][1]))) if cut else border.below
    body = SealBody(
        municipality_code=settings.INSTALLATION.municipality_code,
        no=border.last_no + 1,
        made_at=clock.now(),
        layout=LAYOUT,
        cluster=border.cluster,
        sealed_below=below,
        entries=len(taken),
        first_entry=min(ids),
        last_entry=max(ids),
        root=root_of([digest for _, _, digest in taken]),
        previous=border.last_digest,
    )
    digest = body.digest()
    fields = {**body.__dict__, "digest": digest}
    cursor.execute(
        f"INSERT INTO audit_seal ({', '.join(fields)}) VALUES ({', '.join(['%s'] * len(fields))})",
        list(fields.values()),
    )
    return Head(body.municipality_code, body.no, digest.hex(), body.made_at, body.entries)
