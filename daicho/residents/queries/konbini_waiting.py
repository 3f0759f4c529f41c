"""コンビニ交付へ届いていないもの — whose news konbini has not acknowledged yet, for the sign of life. S5-01; decision 0016.

Names and numbers of nobody: 宛名番号 and 世帯番号 alone. No reading of a person, so it leaves no record.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection

KONBINI = "konbini"
MOST = 500  # people named one by one; more, and konbini is told that all wait


@dataclass(frozen=True)
class Waiting:
    """As `CertificateHeartbeatV1` has it. `last`: epoch and id of the last notice that konbini acknowledged."""

    notices: int
    oldest_at: datetime | None
    atena_nos: tuple[str, ...]
    household_nos: tuple[str, ...]
    all_wait: bool
    last: tuple[str, str] | None


_UNSETTLED = """
    SELECT count(*), min(n.posted_at), array_remove(array_agg(DISTINCT n.because_event), NULL), bool_or(n.kind = 'certificate_hold'),
           array_remove(array_agg(CASE n.kind WHEN 'issue_block' THEN n.notice_id END), NULL)
      FROM outbox_delivery d JOIN outbox_notice n ON n.order_no = d.notice_id
     WHERE d.municipality_code = %s AND d.destination = %s AND d.settled_at IS NULL
"""
_OF_EVENTS = """
    SELECT DISTINCT p.atena_no, v.household_no FROM residents_sheetversion v JOIN residents_person p ON p.id = v.person_id
     WHERE v.event_id = ANY(%s) LIMIT %s
"""
_BLOCKED = """
    SELECT DISTINCT p.atena_no, c.household_no FROM residents_blocktold t JOIN residents_person p ON p.id = t.person_id
      LEFT JOIN residents_sheetcurrent c ON c.person_id = p.id WHERE t.notice_id = ANY(%s) LIMIT %s
"""
_HELD = "SELECT number FROM residents_claim WHERE municipality_code = %s AND kind = 'person' LIMIT %s"
_LAST = """
    SELECT e.uuid, n.notice_id FROM outbox_delivery d JOIN outbox_notice n ON n.order_no = d.notice_id JOIN outbox_epoch e ON e.id = n.epoch_id
     WHERE d.municipality_code = %s AND d.destination = %s AND d.state = 'acknowledged' ORDER BY d.notice_id DESC LIMIT 1
"""


def waiting() -> Waiting:
    """What waits now. Two statements, five when something does."""
    code = settings.INSTALLATION.municipality_code
    with connection.cursor() as cursor:
        cursor.execute(_LAST, [code, KONBINI])  # before what waits: acknowledged in between, it is in neither, and that is right
        row = cursor.fetchone()
        last = (str(row[0]), str(row[1])) if row else None
        cursor.execute(_UNSETTLED, [code, KONBINI])
        notices, oldest_at, events, some_holds, blocks = cursor.fetchone()
        pairs: list[tuple[str, str | None]] = []
        held: list[tuple[str]] = []
        if events:
            cursor.execute(_OF_EVENTS, [events, MOST + 1])
            pairs += cursor.fetchall()
        if blocks:  # a 抑止 on its way: nothing is handed out meanwhile
            cursor.execute(_BLOCKED, [blocks, MOST + 1])
            pairs += cursor.fetchall()
        if some_holds:
            cursor.execute(_HELD, [code, MOST + 1])
            held = cursor.fetchall()
    people = {atena_no for atena_no, _ in pairs} | {atena_no for (atena_no,) in held}
    if len(people) > MOST or len(pairs) > MOST:
        return Waiting(notices, oldest_at, (), (), True, last)
    return Waiting(notices, oldest_at, tuple(sorted(people)), tuple(sorted({no for _, no in pairs if no})), False, last)
