"""封印の検証 — proving that nothing in the trail was altered, removed, put in later or reordered. F-1-14, 標準10.2."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter

from django.conf import settings
from django.db import connection, transaction

from daicho.audit.leaves import SealBody, leaf_sql, root_of
from daicho.audit.sealer import GENESIS, Head

# A row's instant is the clock's when it is written, and its seal follows its commit: no transaction of ours lives for an hour.
LATEST_COMMIT = timedelta(hours=1)
ROWS_AT_ONCE = 50_000
MOST_FINDINGS = 100

_SEAL_COLUMNS = (*SealBody.__dataclass_fields__, "digest")


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong. `entry_id` is the row of the trail, None when only the seal is to blame.

    `what`: altered · deleted · inserted (behind a seal) · backdated · reordered · leaves (of a seal do not make its root) ·
    seal (does not follow from the one in front) · head (carried out of the house, and not in the chain).
    """

    what: str
    entry_id: int | None
    seal_no: int | None

    def __str__(self) -> str:
        return f"{self.what}: entry {self.entry_id or '-'}, seal {self.seal_no or '-'}"


@dataclass(frozen=True)
class Report:
    """What the proof saw: rows and seals gone through, rows not sealed yet, and up to 100 findings in the order of the trail."""

    entries: int
    seals: int
    unsealed: int
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings

    @property
    def first_bad(self) -> int | None:
        """The id of the first row that is wrong, None when no row can be named."""
        return next((finding.entry_id for finding in self.findings if finding.entry_id is not None), None)


@dataclass(frozen=True)
class _Seal:
    body: SealBody
    digest: bytes
    not_before: datetime | None  # rows in it may not be dated earlier


def verify(exported: Iterable[Head] = ()) -> Report:
    """Go through the whole trail against its seals, and against heads `exported` earlier, if any.

    Without exported heads a chain that was rewritten whole by the owner of the database, or cut off at its end, cannot be told from
    a true one. Reads everything in one snapshot; may run beside the work of the day. RuntimeError inside another transaction.
    """
    findings: list[Finding] = []
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        seals = _seals()
        findings += _check_chain(seals)
        findings += _check_heads(seals, exported)
        entries = 0
        for some in _portions(seals):
            found, count = _check_leaves(some)
            entries += count
            findings += found
        findings += _inserted_behind(seals)
        unsealed = _unsealed()
    findings.sort(key=lambda finding: (finding.seal_no or 0, finding.entry_id or 0))
    return Report(entries, len(seals), unsealed, tuple(findings[:MOST_FINDINGS]))


def _seals() -> list[_Seal]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(_SEAL_COLUMNS)} FROM audit_seal WHERE municipality_code = %s ORDER BY no",
            [settings.INSTALLATION.municipality_code],
        )
        rows = cursor.fetchall()
    seals: list[_Seal] = []
    for row in rows:
        values = [bytes(value) if isinstance(value, memoryview) else value for value in row]
        front = seals[-1].body.made_at - LATEST_COMMIT if seals else None
        seals.append(_Seal(SealBody(*values[:-1]), values[-1], front))
    return seals


def _check_chain(seals: list[_Seal]) -> Iterator[Finding]:
    """Every seal has the next number, names the digest of the one in front, and is what its own digest says."""
    previous, no = GENESIS, 1
    for seal in seals:
        if seal.body.no != no or seal.body.previous != previous or seal.body.digest() != seal.digest:
            yield Finding("seal", None, seal.body.no)
        previous, no = seal.digest, seal.body.no + 1


def _check_heads(seals: list[_Seal], exported: Iterable[Head]) -> Iterator[Finding]:
    ours = {seal.body.no: seal.digest.hex() for seal in seals}
    for head in exported:
        if head.municipality_code == settings.INSTALLATION.municipality_code and ours.get(head.no) != head.digest:
            yield Finding("head", None, head.no)


def _portions(seals: list[_Seal]) -> Iterator[list[_Seal]]:
    """Neighbouring seals of one layout, together about 50,000 rows: one query each."""
    portion: list[_Seal] = []
    size = 0
    for seal in seals:
        if portion and (size + seal.body.entries > ROWS_AT_ONCE or seal.body.layout != portion[0].body.layout):
            yield portion
            portion, size = [], 0
        portion.append(seal)
        size += seal.body.entries
    if portion:
        yield portion


def _check_leaves(seals: list[_Seal]) -> tuple[list[Finding], int]:
    """Every leaf of these seals against its row, its place and its root; and how many leaves there were."""
    bodies = {seal.body.no: seal for seal in seals}
    try:
        leaf = leaf_sql(seals[0].body.layout, "l.salt")
    except KeyError:
        return [Finding("seal", None, no) for no in bodies], 0
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT l.seal_no, l.position, l.entry_id, l.digest, e.at, e.written_in::text,
                CASE WHEN e.id IS NOT NULL THEN {leaf} = l.digest END
            FROM audit_leaf l LEFT JOIN audit_entry e ON e.id = l.entry_id AND e.id BETWEEN %s AND %s
            WHERE l.municipality_code = %s AND l.seal_no BETWEEN %s AND %s ORDER BY l.seal_no, l.position
            """,
            [
                min(s.body.first_entry for s in seals),
                max(s.body.last_entry for s in seals),
                settings.INSTALLATION.municipality_code,
                seals[0].body.no,
                seals[-1].body.no,
            ],
        )
        rows = cursor.fetchall()
    found: list[Finding] = []
    present = set()
    for no, leaves in groupby(rows, key=itemgetter(0)):
        present.add(no)
        if no in bodies:
            found += _check_seal(bodies[no], list(leaves))
    found += [Finding("leaves", None, no) for no in bodies if no not in present]
    return found, len(rows)


def _check_seal(seal: _Seal, leaves: list[tuple]) -> Iterator[Finding]:  # type: ignore[type-arg]  # rows of the query above
    """The leaves of one seal, in their places."""
    no = seal.body.no
    before: tuple[int, int] | None = None
    for _, _, entry_id, _, at, written_in, same in leaves:
        if same is None:
            yield Finding("deleted", entry_id, no)
            continue
        place = (int(written_in), entry_id)
        if not same:
            yield Finding("altered", entry_id, no)
        elif before is not None and place <= before:
            yield Finding("reordered", entry_id, no)
        elif seal.not_before is not None and at < seal.not_before:
            yield Finding("backdated", entry_id, no)
        before = place
    digests = [bytes(digest) for _, _, _, digest, _, _, _ in leaves]
    places = [position for _, position, *_ in leaves]
    ids = [entry_id for _, _, entry_id, *_ in leaves]
    whole = places == list(range(1, seal.body.entries + 1)) and (min(ids), max(ids)) == (seal.body.first_entry, seal.body.last_entry)
    if not whole or root_of(digests) != seal.body.root:
        yield Finding("leaves", None, no)


def _inserted_behind(seals: list[_Seal]) -> list[Finding]:
    """Rows without a leaf although the last seal says that everything in their place was sealed."""
    if not seals:
        return []
    last = seals[-1].body
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT e.id FROM audit_entry e WHERE e.municipality_code = %s AND e.written_in < %s::xid8
            AND %s = (SELECT system_identifier::text FROM pg_control_system())
            AND NOT EXISTS (SELECT 1 FROM audit_leaf l WHERE l.entry_id = e.id) ORDER BY e.id LIMIT %s
            """,
            [settings.INSTALLATION.municipality_code, last.sealed_below, last.cluster, MOST_FINDINGS],
        )
        return [Finding("inserted", entry_id, None) for (entry_id,) in cursor.fetchall()]


def _unsealed() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM audit_entry e WHERE e.municipality_code = %s AND NOT EXISTS (SELECT 1 FROM audit_leaf l WHERE l.entry_id = e.id)",
            [settings.INSTALLATION.municipality_code],
        )
        return int(cursor.fetchone()[0])
