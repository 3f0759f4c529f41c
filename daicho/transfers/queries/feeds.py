"""連携の状況の照会 — of each grant in force when it was told last, what waits and for how long. 標準7.2.3; design §5. Nothing of a person is in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.outbox.models import Line
from daicho.transfers.commands.feeding import DEPARTMENTS
from daicho.transfers.models import FeedPosition, TransferGrant, municipality_code
from daicho.transfers.permissions import TransfersPermission
from daicho.transfers.queries.departments import names_on
from daicho.transfers.queries.in_force import in_force_on
from daicho.transfers.rules.grants import Direction


@dataclass(frozen=True)
class Feed:
    """How one grant's feed stands. `waiting_since`: the posting of the oldest notice that has not arrived; `looked_at`: the last batch."""

    row: TransferGrant
    department: str
    told_at: datetime | None
    waiting: int
    refused: int
    waiting_since: datetime | None
    looked_at: datetime | None


@dataclass(frozen=True)
class Feeds:
    """Those of the grants in force, and whether the line to the departments is open."""

    feeds: tuple[Feed, ...]
    line_stopped: bool
    line_failures: int


_TOLD = """
    SELECT g.id, r.at FROM unnest(%s::bigint[]) AS g (id)
      CROSS JOIN LATERAL (SELECT at FROM transfers_transferrecord WHERE grant_id = g.id ORDER BY id DESC LIMIT 1) AS r
"""
_WAITING = """
    SELECT n.because_event, count(*), count(*) FILTER (WHERE d.state IN ('refused', 'dead')), min(n.posted_at)
      FROM outbox_delivery d JOIN outbox_notice n ON n.order_no = d.notice_id
     WHERE d.municipality_code = %s AND d.destination = %s AND d.settled_at IS NULL AND n.kind IN ('department_feed', 'department_batch')
     GROUP BY n.because_event
"""


def feeds(actor: Actor) -> Feeds:
    """Six queries, however many grants. Raises audit.Refused."""
    audit.require(actor, TransfersPermission.GRANT_READ)
    today = clock.today()
    names = names_on(today)
    rows = list(in_force_on(today).filter(direction=Direction.READ).order_by("department_code", "purpose_code"))
    numbers = [row.pk for row in rows]
    told, waiting = _asked(_TOLD, [numbers]), _asked(_WAITING, [municipality_code(), DEPARTMENTS])
    looked = dict(FeedPosition.objects.filter(grant__in=numbers, finished=False).values_list("grant_id", "looked_at"))
    line = Line.objects.filter(municipality_code=municipality_code(), destination=DEPARTMENTS).first()
    found = tuple(_feed(row, names, told.get(row.pk), waiting.get(row.pk), looked.get(row.pk)) for row in rows)
    return Feeds(found, line is not None and line.stopped_at is not None, line.failures if line else 0)


def _feed(row: TransferGrant, names: Mapping[str, str], told: Sequence[datetime] | None, waiting: Sequence[object] | None, looked_at: datetime | None) -> Feed:
    count, refused, since = waiting or (0, 0, None)
    assert isinstance(count, int) and isinstance(refused, int) and (since is None or isinstance(since, datetime))
    return Feed(row, names.get(row.department_code, row.department_code), told[0] if told else None, count, refused, since, looked_at)


def _asked(statement: str, parameters: list[object]) -> dict[int, tuple[datetime, ...]]:
    """The rows by their first column."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return {row[0]: row[1:] for row in cursor.fetchall()}
