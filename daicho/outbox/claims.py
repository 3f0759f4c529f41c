"""送達の受け持ち — which deliveries may go now, and what became of them: the two statements around every sending. design §5.

A claim is a conditional update with a lease; several relays may run. What a claim may see is bounded by the snapshot's xmin,
so that a notice whose transaction began earlier and is still open can never be overtaken by one that shares a subject.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from daicho import clock, vault
from daicho.contracts import base
from daicho.outbox.envelope import Envelope
from daicho.outbox.models import Delivery, municipality_code

LEASE = timedelta(seconds=90)  # longer than one batch may take: the relay stops sending after half of it

_CLAIM = """
WITH due AS (
    SELECT d.notice_id
    FROM outbox_delivery d
    JOIN outbox_notice n ON n.order_no = d.notice_id
    WHERE d.municipality_code = %(municipality_code)s
      AND d.destination = %(destination)s
      AND d.settled_at IS NULL
      AND (d.state = 'pending' AND d.next_at <= %(now)s OR d.state = 'sent' AND d.lease_until <= %(now)s)
      AND n.posted_xid < pg_snapshot_xmin(pg_current_snapshot())
      AND NOT EXISTS (
          SELECT 1 FROM outbox_delivery earlier
          WHERE earlier.municipality_code = d.municipality_code AND earlier.destination = d.destination
            AND earlier.settled_at IS NULL AND earlier.subjects && d.subjects AND earlier.notice_id < d.notice_id)
    ORDER BY d.notice_id
    LIMIT %(limit)s
    FOR UPDATE OF d SKIP LOCKED
), claimed AS (
    UPDATE outbox_delivery d SET state = 'sent', lease_until = %(lease_until)s, lease_by = %(lease_by)s, attempts = d.attempts + 1
    FROM due WHERE d.notice_id = due.notice_id
    RETURNING d.notice_id, d.attempts
)
SELECT claimed.notice_id, claimed.attempts, n.payload_ref
FROM claimed JOIN outbox_notice n ON n.order_no = claimed.notice_id
ORDER BY claimed.notice_id
"""

# What a line's rest ends with: one statement in the common case that nothing waits, several times a second for each line.
_ANY_DUE = """
SELECT EXISTS (
    SELECT FROM outbox_delivery
    WHERE municipality_code = %s AND destination = %s AND settled_at IS NULL
      AND (state = 'pending' AND next_at <= %s OR state = 'sent' AND lease_until <= %s))
"""

_SETTLE = """
UPDATE outbox_delivery d
SET state = o.state, attempts = d.attempts - o.not_counted, next_at = coalesce(o.next_at, d.next_at),
    reply_code = CASE WHEN o.replied THEN o.code ELSE d.reply_code END,
    reply_reason_ja = CASE WHEN o.replied THEN o.reason_ja ELSE d.reply_reason_ja END,
    replied_at = CASE WHEN o.replied THEN %(now)s ELSE d.replied_at END,
    settled_at = CASE WHEN o.state IN ('acknowledged', 'withdrawn') THEN %(now)s END,
    lease_until = NULL, lease_by = NULL
FROM unnest(%(ids)s::bigint[], %(states)s::text[], %(not_counted)s::int[], %(next_at)s::timestamptz[], %(replied)s::bool[], %(codes)s::text[],
            %(reasons)s::text[]) AS o(notice_id, state, not_counted, next_at, replied, code, reason_ja)
WHERE d.notice_id = o.notice_id AND d.state = 'sent' AND d.lease_by = %(lease_by)s
RETURNING d.notice_id
"""


@dataclass(frozen=True)
class Claim:
    """One delivery that is ours until the lease ends. `envelope` is None when its payload has been erased."""

    order_no: int
    attempts: int
    lease_by: uuid.UUID
    envelope: Envelope | None


@dataclass(frozen=True)
class Outcome:
    """What became of a claim. `replied`: keep code and reason; not `counted`: the attempt was no fault of this notice."""

    order_no: int
    state: Delivery.State
    code: str = ""
    reason_ja: str = ""
    next_at: datetime | None = None
    replied: bool = True
    counted: bool = True


def any_due(destination: str) -> bool:
    """Whether it is worth trying to claim: all that `claim` could take is among these, though not all of these may go yet."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_ANY_DUE, [municipality_code(), destination, now, now])
        return bool(cursor.fetchone()[0])


def claim(destination: str, limit: int) -> list[Claim]:
    """Claim up to `limit` deliveries that are due and held by nobody, oldest first, in a transaction of its own.

    Never two that share a subject: the second waits until the first is settled. Two statements and the vault's.
    """
    now, lease_by = clock.now(), uuid.uuid4()
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute(
                _CLAIM,
                {
                    "municipality_code": municipality_code(),
                    "destination": destination,
                    "now": now,
                    "limit": limit,
                    "lease_until": now + LEASE,
                    "lease_by": lease_by,
                },
            )
            rows = cursor.fetchall()
        payloads = _open([ref for _, _, ref in rows])
    return [Claim(order_no, attempts, lease_by, base.read(Envelope, payloads[ref]) if ref in payloads else None) for order_no, attempts, ref in rows]


def _open(refs: list[int]) -> dict[int, bytes]:
    """The sealed envelopes; one that was erased is left out, and does not keep the others."""
    if not refs:
        return {}
    try:
        return vault.open_payloads(refs)
    except vault.ErasedError:
        if len(refs) == 1:
            return {}
    return {ref: payload for one in refs for ref, payload in _open([one]).items()}


def settle(lease_by: uuid.UUID, outcomes: Sequence[Outcome]) -> int:
    """Write what became of claims, in a transaction of its own; returns how many. One whose lease was lost meanwhile is left alone."""
    if not outcomes:
        return 0
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(
            _SETTLE,
            {
                "now": clock.now(),
                "lease_by": lease_by,
                "ids": [o.order_no for o in outcomes],
                "states": [str(o.state) for o in outcomes],
                "not_counted": [0 if o.counted else 1 for o in outcomes],
                "next_at": [o.next_at for o in outcomes],
                "replied": [o.replied for o in outcomes],
                "codes": [o.code for o in outcomes],
                "reasons": [o.reason_ja for o in outcomes],
            },
        )
        return cursor.rowcount
