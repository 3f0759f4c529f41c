"""送達状況 — how notices stand, for screens and operators. requirements F-2-20.

No row holds personal data: a person stands behind a handle, and the content lies sealed in the vault.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # columns of a row
from uuid import UUID

from django.db import connection
from django.db.models import Count, QuerySet

from daicho import audit, vault
from daicho.contracts import base
from daicho.outbox import courier
from daicho.outbox.envelope import Envelope
from daicho.outbox.models import Delivery, Line, Notice, RefusedMessage, municipality_code
from daicho.outbox.permissions import OutboxPermission
from daicho.rows import Columns

STUCK = (Delivery.State.REFUSED, Delivery.State.DEAD)
"""What a clerk must look at: it holds its people until resent or withdrawn."""


@dataclass(frozen=True)
class NoticeRow:
    """One line of a list of notices. `holds`: how many later ones of the same persons wait behind it."""

    order_no: int
    notice_id: UUID
    kind: str
    destination: str
    because_event: int | None
    posted_at: datetime
    state: str
    state_ja: str
    attempts: int
    next_at: datetime
    reply_code: str
    reply_reason_ja: str
    replied_at: datetime | None
    settled_at: datetime | None
    holds: int

    @property
    def is_stuck(self) -> bool:
        return self.state in STUCK


def notices(
    actor: audit.Actor, *, destination: str | None = None, states: Iterable[str] | None = None, before: int | None = None, limit: int = 50
) -> list[NoticeRow]:
    """Newest first; `before` is the order_no of the last row of the page before. One query, two when one is stuck. Raises audit.Refused."""
    audit.require(actor, OutboxPermission.READ)
    found = _notices().order_by("-order_no")
    if destination is not None:
        found = found.filter(destination=destination)
    if states is not None:
        found = found.filter(delivery__state__in=list(states))
    if before is not None:
        found = found.filter(order_no__lt=before)
    return _rows(found[:limit])


def notices_because(actor: audit.Actor, event_id: int) -> list[NoticeRow]:
    """What one event told to whom, in order. One query, two when one is stuck. Raises audit.Refused."""
    audit.require(actor, OutboxPermission.READ)
    with connection.cursor() as cursor:
        cursor.execute(_BECAUSE, [municipality_code(), event_id])
        return _rows([_with_delivery(row) for row in cursor.fetchall()])


_NOTICE, _DELIVERY = Columns(Notice, "n"), Columns(Delivery, "d")
_BECAUSE = f"""
    SELECT {_NOTICE.sql}, {_DELIVERY.sql} FROM outbox_notice n JOIN outbox_delivery d ON d.notice_id = n.order_no
     WHERE n.municipality_code = %s AND n.because_event = %s ORDER BY n.order_no
"""


def _with_delivery(row: Sequence[Any]) -> Notice:
    notice = _NOTICE.instance(row)
    notice.delivery = _DELIVERY.instance(row, len(_NOTICE.names))
    return notice


def message_of(notice: Notice) -> object | None:
    """The contract that a notice of this system carries; None once it was erased. The caller records who reads it. One query."""
    try:
        return base.read(Envelope, vault.open_payload(notice.payload_ref)).message()
    except vault.ErasedError:
        return None


def counts(actor: audit.Actor) -> dict[str, Counter[str]]:
    """Unsettled notices by destination and state. One query. Raises audit.Refused."""
    audit.require(actor, OutboxPermission.READ)
    rows = (
        Delivery.objects.filter(municipality_code=municipality_code(), settled_at__isnull=True)
        .values_list("destination", "state")
        .annotate(n=Count("pk"))
        .order_by("destination", "state")
    )
    by_destination: dict[str, Counter[str]] = {}
    for destination, state, n in rows:
        by_destination.setdefault(destination, Counter())[state] = n
    return by_destination


@dataclass(frozen=True)
class QueueRow:
    """What is not settled for one destination. `oldest`: when the oldest of those that still wait was posted."""

    destination: str
    waiting: int
    oldest: datetime | None
    refused: int
    dead: int
    stopped_at: datetime | None
    failures: int


_QUEUES = """
    SELECT w.destination, coalesce(q.waiting, 0), q.oldest, coalesce(q.refused, 0), coalesce(q.dead, 0), l.stopped_at, coalesce(l.failures, 0)
      FROM unnest(%s::text[]) AS w (destination)
      LEFT JOIN (SELECT d.destination, count(*) FILTER (WHERE d.state IN ('pending', 'sent')) AS waiting,
                        min(n.posted_at) FILTER (WHERE d.state IN ('pending', 'sent')) AS oldest,
                        count(*) FILTER (WHERE d.state = 'refused') AS refused, count(*) FILTER (WHERE d.state = 'dead') AS dead
                   FROM outbox_delivery d JOIN outbox_notice n ON n.order_no = d.notice_id
                  WHERE d.settled_at IS NULL AND d.municipality_code = %s GROUP BY d.destination) q ON q.destination = w.destination
      LEFT JOIN outbox_line l ON l.destination = w.destination AND l.municipality_code = %s ORDER BY 1
"""


def queues(actor: audit.Actor) -> list[QueueRow]:
    """How each destination that wiring allows stands, also when nothing waits. One query over what is not settled. Raises audit.Refused."""
    audit.require(actor, OutboxPermission.READ)
    with connection.cursor() as cursor:
        cursor.execute(_QUEUES, [courier.destinations(), municipality_code(), municipality_code()])
        return [QueueRow(*row) for row in cursor.fetchall()]


def lines(actor: audit.Actor) -> list[Line]:
    """Lines that are stopped or wait after failures. One query. Raises audit.Refused."""
    audit.require(actor, OutboxPermission.READ)
    return [line for line in Line.objects.filter(municipality_code=municipality_code()).order_by("destination") if line.stopped_at or line.failures]


def refused_messages(actor: audit.Actor, limit: int = 200) -> list[RefusedMessage]:
    """What was turned away at our door, newest first. One query. Raises audit.Refused."""
    audit.require(actor, OutboxPermission.READ)
    return list(RefusedMessage.objects.filter(municipality_code=municipality_code()).order_by("-id")[:limit])


def _notices() -> QuerySet[Notice]:
    return Notice.objects.filter(municipality_code=municipality_code()).select_related("delivery")


def _rows(found: Iterable[Notice]) -> list[NoticeRow]:
    shown = list(found)
    holds = _held_behind([notice.order_no for notice in shown if notice.delivery.state in STUCK])
    return [_row(notice, holds.get(notice.order_no, 0)) for notice in shown]


def _held_behind(order_nos: list[int]) -> dict[int, int]:
    """For each stuck notice, how many later unsettled ones share a subject with it. One query, or none."""
    if not order_nos:
        return {}
    stuck = Delivery.objects.raw(
        """
        SELECT s.notice_id, (SELECT count(*) FROM outbox_delivery d
                             WHERE d.municipality_code = s.municipality_code AND d.destination = s.destination AND d.settled_at IS NULL
                               AND d.subjects && s.subjects AND d.notice_id > s.notice_id) AS holds
        FROM outbox_delivery s WHERE s.notice_id = ANY(%s)
        """,
        [order_nos],
    )
    return {row.notice_id: row.holds for row in stuck}


def _row(notice: Notice, holds: int) -> NoticeRow:
    delivery = notice.delivery
    return NoticeRow(
        order_no=notice.order_no,
        notice_id=notice.notice_id,
        kind=notice.kind,
        destination=notice.destination,
        because_event=notice.because_event,
        posted_at=notice.posted_at,
        state=delivery.state,
        state_ja=delivery.get_state_display(),
        attempts=delivery.attempts,
        next_at=delivery.next_at,
        reply_code=delivery.reply_code,
        reply_reason_ja=delivery.reply_reason_ja,
        replied_at=delivery.replied_at,
        settled_at=delivery.settled_at,
        holds=holds,
    )
