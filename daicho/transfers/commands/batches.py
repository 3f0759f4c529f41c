"""準即時連携 — every few minutes, at most ten, each grant that chose so is told who changed since, each person once. 標準7.2.3 準リアルタイム; G-25."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

from django.db import transaction

from daicho import audit, city, clock, outbox
from daicho.audit.actor import Actor
from daicho.contracts.department_batch_v1 import DepartmentBatchV1
from daicho.transfers.commands.feeding import DEPARTMENTS, line_of, subject_handles, told_by
from daicho.transfers.commands.positions import horizon
from daicho.transfers.commands.records import keep
from daicho.transfers.models import FeedPosition, Person, TransferRecord
from daicho.transfers.permissions import TransfersPermission
from daicho.transfers.queries.changes import changed_since
from daicho.transfers.queries.in_force import grants_in_force, positions_of
from daicho.transfers.rules.grants import Direction, Grant

AT_ONCE = 200
"""People in one batch: some 200 kB."""


def send_due(actor: Actor) -> int:
    """The batches that are due now; returns how many were posted. Each in a transaction of its own, so that a crash repeats none."""
    audit.require(actor, TransfersPermission.FEED_SEND)
    today, now = clock.today(), clock.now()
    interval = timedelta(minutes=int(city.setting("transfer_batch_minutes", today)))
    posted = 0
    for grant in grants_in_force(Direction.READ, today):
        for position in positions_of(grant):
            own = position.grant_id == grant.no
            if own and now - position.looked_at < interval:
                continue
            posted += _send(actor, grant, position.pk, finish=not own)
    return posted


def _send(actor: Actor, grant: Grant, position_id: int, *, finish: bool) -> int:
    """Everything since the position. `finish`: it is that of the grant before, whose last minutes this one tells (N-7.2.3-07)."""
    posted = 0
    while True:
        with transaction.atomic():
            position = FeedPosition.objects.select_for_update().get(pk=position_id)
            until = horizon()
            people = changed_since(position.xid, position.row_id, until, AT_ONCE)
            posted += _post(actor, grant, people)
            more = len(people) == AT_ONCE
            position.xid, position.row_id = (int(people[-1].changed_xid), people[-1].pk) if more else (until, 0)
            position.looked_at, position.finished = clock.now(), finish and not more
            position.save(update_fields=["xid", "row_id", "looked_at", "finished"])
        if not more:
            return posted


def _post(actor: Actor, grant: Grant, people: Sequence[Person]) -> int:
    """One batch of those whom the grant is told of; none for nobody."""
    told = told_by([grant], people, clock.today())
    if not told:
        return 0
    message = DepartmentBatchV1(str(uuid4()), grant.department_code, grant.purpose_code, grant.no, tuple(what for _, _, what in told))
    handles = subject_handles([(person, grant) for _, person, _ in told])
    notice_id = outbox.post(message, to=DEPARTMENTS, subjects=handles, because=grant.no)
    keep([line_of(grant, person, what, TransferRecord.Way.BATCH).in_notice(notice_id) for _, person, what in told], actor.login)
    audit.record(actor, TransfersPermission.FEED_SEND, [person.public_id for _, person, _ in told], detail={"grant": grant.no, "batch": len(told)})
    return 1
