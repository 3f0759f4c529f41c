"""通知の登録・再送・取下げ — every write of the post room that a room or an officer asks for. 住民基本台帳法第30条の6, requirements F-2-20.

Posting belongs to the event's own transaction: either both are there or neither. Nothing is sent here, and nothing is notified:
NOTIFY takes a lock that makes all committing transactions queue, and the relay polls anyway.
"""

import secrets
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from daicho import audit, clock, rows, vault
from daicho.contracts import base
from daicho.outbox import courier
from daicho.outbox.envelope import Envelope, digest_of
from daicho.outbox.models import Delivery, Epoch, Line, Notice, municipality_code
from daicho.outbox.permissions import OutboxPermission


@dataclass(frozen=True)
class Outgoing:
    """One notice to be posted. `subjects`: handles made for `to` (`subject_handles`), none when it concerns nobody."""

    message: object
    to: str
    subjects: Sequence[str] = ()
    because: int | None = None


class NotResendableError(Exception):
    """The notice is not in a state from which an officer can send or withdraw it. The text is Japanese, for the screen."""


def post(message: object, *, to: str, subjects: Sequence[str] = (), because: int | None = None) -> uuid.UUID:
    """Post one notice in the caller's transaction; returns its id. See `post_many`."""
    return post_many([Outgoing(message, to, subjects, because)])[0]


def post_many(outgoing: Iterable[Outgoing]) -> list[uuid.UUID]:
    """Post notices, in this order, in the caller's transaction; returns their ids. Statements do not grow with their number.

    Raises NotAllowed for a pair or kind that wiring does not list, ContractError for a message that is not as declared,
    TransactionManagementError outside of a transaction. The order of notices that share a subject is that of posting:
    the caller holds the lock on those persons.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("outbox.post belongs inside the transaction of the event")
    items = list(outgoing)
    if not items:
        return []
    epoch = current_epoch()
    now = clock.now()
    envelopes = [_envelope(item, epoch, now) for item in items]
    sealed = [envelope.to_bytes() for envelope in envelopes]
    refs = vault.seal_payloads(sealed)
    order_nos = rows.draw_ids({Notice: len(items)})[Notice]
    notices = [
        Notice(
            order_no=next(order_nos),
            notice_id=uuid.UUID(envelope.notice_id),
            epoch=epoch,
            kind=envelope.kind,
            version=envelope.version,
            destination=envelope.receiver,
            subjects=list(envelope.subjects),
            because_event=item.because,
            payload_ref=ref,
            digest=digest_of(data),
            posted_at=now,
        )
        for item, envelope, data, ref in zip(items, envelopes, sealed, refs, strict=True)
    ]
    with rows.together():
        rows.insert(notices)
        rows.insert([Delivery(notice_id=notice.pk, destination=notice.destination, subjects=notice.subjects, next_at=now) for notice in notices])
    return [notice.notice_id for notice in notices]


def _envelope(item: Outgoing, epoch: Epoch, now) -> Envelope:
    definition = base.definition_of(item.message)
    if definition.category not in ("notice", "file"):
        raise base.ContractError("", f"{definition.kind} is a {definition.category}; it is not posted")
    courier.require_route(item.to, definition.kind)
    return Envelope(
        sender=settings.DAICHO.name,
        receiver=item.to,
        epoch=str(epoch.uuid),
        notice_id=str(uuid.uuid4()),
        kind=definition.kind,
        version=definition.version,
        subjects=tuple(sorted(set(item.subjects))),
        posted_at=now,
        salt=secrets.token_hex(16),
        body=base.encode(item.message).decode("utf-8"),
    )


def current_epoch() -> Epoch:
    """The epoch that new ids are counted under. One query; the first ever makes the first epoch."""
    epoch = _newest_epoch()
    if epoch is None:
        Epoch.objects.bulk_create([Epoch(number=1, began_at=clock.now(), reason="installed")], ignore_conflicts=True)
        epoch = _newest_epoch()
        assert epoch is not None
    return epoch


_EPOCH = rows.Columns(Epoch, "e")
_NEWEST_EPOCH = f"SELECT {_EPOCH.sql} FROM outbox_epoch e WHERE e.municipality_code = %s ORDER BY e.number DESC LIMIT 1"


def _newest_epoch() -> Epoch | None:
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST_EPOCH, [municipality_code()])
        row = cursor.fetchone()
    return None if row is None else _EPOCH.instance(row)


def begin_epoch(reason: str, above: int = 0) -> Epoch:
    """Begin a new epoch: what `daicho restore` does, because ids given out after the backup are known to others and not to us.

    `above`: the number of the last epoch that is known to have been, where the backup may be older than that one.
    """
    with transaction.atomic():
        return Epoch.objects.create(number=max(current_epoch().number, above) + 1, began_at=clock.now(), reason=reason)


def resend(notice_id: uuid.UUID, actor: audit.Actor, reason: str, *, right: str = OutboxPermission.RESEND) -> None:
    """Put a refused or dead notice back into the queue, in its old place. Raises NotResendableError, audit.Refused.

    `right`: the room's own, which stands for that of the post room: all notices of its post room are its own.
    """
    audit.require(actor, right)
    with transaction.atomic():
        delivery = _stuck(notice_id)
        was = delivery.state
        delivery.state = Delivery.State.PENDING
        delivery.attempts = 0
        delivery.next_at = clock.now()
        delivery.save(update_fields=["state", "attempts", "next_at"])
        _record(actor, OutboxPermission.RESEND, delivery, was, reason)


def withdraw(notice_id: uuid.UUID, actor: audit.Actor, reason: str, *, right: str = OutboxPermission.WITHDRAW) -> None:
    """Give a refused or dead notice up (corrected by a later one, or told by other means): it holds its people no longer.

    The books show it as withdrawn. Raises NotResendableError, audit.Refused. `right` as for `resend`.
    """
    audit.require(actor, right)
    with transaction.atomic():
        delivery = _stuck(notice_id)
        was = delivery.state
        delivery.state = Delivery.State.WITHDRAWN
        delivery.settled_at = clock.now()
        delivery.save(update_fields=["state", "settled_at"])
        _record(actor, OutboxPermission.WITHDRAW, delivery, was, reason)


def reopen_line(destination: str, actor: audit.Actor, reason: str) -> None:
    """Open a stopped or waiting line again, after keys or network were mended. Raises audit.Refused; LookupError when it is open."""
    audit.require(actor, OutboxPermission.REOPEN_LINE)
    with transaction.atomic():
        closed = Line.objects.filter(Q(stopped_at__isnull=False) | Q(failures__gt=0), municipality_code=municipality_code(), destination=destination)
        if not closed.update(stopped_at=None, failures=0, next_at=None, code=""):
            raise LookupError(f"no line to {destination} is stopped or waiting")
        audit.record(actor, OutboxPermission.REOPEN_LINE, purpose=reason, detail={"destination": destination})


def _stuck(notice_id: uuid.UUID) -> Delivery:
    delivery = (
        Delivery.objects.select_for_update(of=["self"])
        .select_related("notice")
        .filter(municipality_code=municipality_code(), notice__notice_id=notice_id)
        .first()
    )
    if delivery is None:
        raise NotResendableError("この通知は見つかりません。一覧から選び直してください。")
    if delivery.state not in (Delivery.State.REFUSED, Delivery.State.DEAD):
        raise NotResendableError(f"この通知は「{delivery.get_state_display()}」のため操作できません。一覧を読み直してください。")
    return delivery


def _record(actor: audit.Actor, action: str, delivery: Delivery, was: str, reason: str) -> None:
    # The trail's subjects are uuids, and so are handles: the same person's other notices to this destination are found by them.
    subjects = [uuid.UUID(hex=handle) for handle in delivery.subjects]
    detail = {"notice_id": str(delivery.notice.notice_id), "destination": delivery.destination, "was": str(was)}
    audit.record(actor, action, subjects, purpose=reason, detail=detail)
