"""通知・送達・受信簿の表 — tables of the post room. 住民基本台帳法第30条の6, requirements F-2-20/21.

What was posted, what came in and what was turned away is INSERT-only; where a delivery stands, and the line it goes by, moves.
"""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Length

models.CharField.register_lookup(Length)


def municipality_code() -> str:
    return str(settings.INSTALLATION.municipality_code)


class Xid8Field(models.Field):
    """A transaction's number, 64 bits, never reused."""

    def db_type(self, connection):
        return "xid8"


class CurrentTransaction(Func):
    function = "pg_current_xact_id"
    template = "%(function)s()"
    arity = 0


class OfMunicipality(models.Model):
    """What every table of a city carries: whose it is (design §2)."""

    municipality_code = models.CharField(max_length=6, default=municipality_code, db_comment="全国地方公共団体コード")

    class Meta:
        abstract = True
        constraints = [models.CheckConstraint(condition=Q(municipality_code__length=6), name="%(app_label)s_%(class)s_municipality")]


class Epoch(OfMunicipality):
    """世代 — ids of notices are counted under it. A restore begins a new one, so that receivers can tell (design §5)."""

    web_grants = "SELECT, INSERT"

    number = models.IntegerField()
    uuid = models.UUIDField(default=uuid.uuid4)
    began_at = models.DateTimeField()
    reason = models.CharField(max_length=200)

    class Meta(OfMunicipality.Meta):
        constraints = [
            *OfMunicipality.Meta.constraints,
            models.UniqueConstraint(fields=["municipality_code", "number"], name="outbox_epoch_number"),
            models.UniqueConstraint(fields=["municipality_code", "uuid"], name="outbox_epoch_uuid"),
        ]


class PairKey(OfMunicipality):
    """組の鍵 — under which this system makes handles of persons for one other system; it lies sealed in the vault."""

    web_grants = "SELECT, INSERT"

    destination = models.CharField(max_length=60)
    payload_ref = models.BigIntegerField(db_comment="vault")

    class Meta(OfMunicipality.Meta):
        constraints = [
            *OfMunicipality.Meta.constraints,
            models.UniqueConstraint(fields=["municipality_code", "destination"], name="outbox_pairkey_destination"),
        ]


class Notice(OfMunicipality):
    """通知 — who must be told what, because of which event."""

    web_grants = "SELECT, INSERT"

    order_no = models.BigAutoField(primary_key=True)
    notice_id = models.UUIDField(default=uuid.uuid4)
    epoch = models.ForeignKey(Epoch, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=60)
    version = models.SmallIntegerField()
    destination = models.CharField(max_length=60)
    subjects = ArrayField(models.CharField(max_length=32), db_comment="handles of persons, made for this destination")
    because_event = models.BigIntegerField(null=True, db_index=True, db_comment="id of the event in its room; no foreign key into a room")
    payload_ref = models.BigIntegerField(db_comment="vault: the sealed envelope")
    digest = models.CharField(max_length=64, db_comment="SHA-256 of the envelope, which holds a random salt")
    posted_at = models.DateTimeField()
    posted_xid = Xid8Field(db_default=CurrentTransaction(), editable=False)

    class Meta(OfMunicipality.Meta):
        constraints = [
            *OfMunicipality.Meta.constraints,
            models.UniqueConstraint(fields=["municipality_code", "epoch", "notice_id"], name="outbox_notice_id"),
        ]
        indexes = [GinIndex(fields=["subjects"], name="outbox_notice_subjects")]


class Delivery(OfMunicipality):
    """送達 — where a notice stands. Unsettled ones (settled_at is null) hold later ones that share a subject."""

    web_grants = "SELECT, INSERT, UPDATE"

    class State(models.TextChoices):
        PENDING = "pending", "送信待ち"
        SENT = "sent", "送信中"
        ACKNOWLEDGED = "acknowledged", "受領済み"
        REFUSED = "refused", "相手方が拒否"
        DEAD = "dead", "送信できず"
        WITHDRAWN = "withdrawn", "取下げ"

    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, primary_key=True, related_name="delivery")
    destination = models.CharField(max_length=60)
    subjects = ArrayField(models.CharField(max_length=32))
    state = models.CharField(max_length=12, choices=State, default=State.PENDING)
    attempts = models.IntegerField(default=0)
    next_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    lease_by = models.UUIDField(null=True)
    reply_code = models.CharField(max_length=60, default="", blank=True)
    reply_reason_ja = models.TextField(default="", blank=True)
    replied_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta(OfMunicipality.Meta):
        constraints = [
            *OfMunicipality.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state__in=["acknowledged", "withdrawn"], settled_at__isnull=False)
                | Q(state__in=["pending", "sent", "refused", "dead"], settled_at__isnull=True),
                name="outbox_delivery_settled",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", lease_until__isnull=False, lease_by__isnull=False) | Q(~Q(state="sent"), lease_until=None, lease_by=None),
                name="outbox_delivery_lease",
            ),
        ]
        # Both hold only what is not settled: they stay as small as the backlog, however many years the table keeps.
        indexes = [
            models.Index(fields=["destination", "notice"], condition=Q(settled_at__isnull=True), name="outbox_delivery_waiting"),
            # Without fastupdate: every candidate of a claim would read through the whole pending list (1.5 ms against 0.01 with 20,000 waiting).
            GinIndex(fields=["subjects"], condition=Q(settled_at__isnull=True), fastupdate=False, name="outbox_delivery_holding"),
        ]


class Line(OfMunicipality):
    """回線 — whether a destination can be reached at all. A stopped line waits for an operator, a failing one for its next time."""

    web_grants = "SELECT, INSERT, UPDATE"

    destination = models.CharField(max_length=60)
    stopped_at = models.DateTimeField(null=True)
    failures = models.IntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    code = models.CharField(max_length=60, default="", blank=True)

    class Meta(OfMunicipality.Meta):
        constraints = [
            *OfMunicipality.Meta.constraints,
            models.UniqueConstraint(fields=["municipality_code", "destination"], name="outbox_line_destination"),
        ]


class Receipt(OfMunicipality):
    """受信 — what came in and took effect; written in the same transaction as its effects."""

    web_grants = "SELECT, INSERT"

    sender = models.CharField(max_length=60)
    epoch = models.UUIDField()
    notice_id = models.UUIDField()
    kind = models.CharField(max_length=60)
    version = models.SmallIntegerField()
    digest = models.CharField(max_length=64)
    subjects = ArrayField(models.CharField(max_length=32))
    posted_at = models.DateTimeField(db_comment="by the sender's clock")
    received_at = models.DateTimeField()

    class Meta(OfMunicipality.Meta):
        constraints = [
            *OfMunicipality.Meta.constraints,
            models.UniqueConstraint(fields=["municipality_code", "sender", "epoch", "notice_id"], name="outbox_receipt_notice"),
        ]
        indexes = [GinIndex(fields=["subjects"], name="outbox_receipt_subjects"), models.Index(fields=["sender", "id"], name="outbox_receipt_sender")]


class ClosedDoor(OfMunicipality):
    """閉じた受け口 — after a restore, no notice of this sender is taken until it has sent again what was lost: a newer one would be overwritten."""

    web_grants = "SELECT, UPDATE"

    sender = models.CharField(max_length=60)
    closed_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)

    class Meta(OfMunicipality.Meta):
        constraints = [
            *OfMunicipality.Meta.constraints,
            models.UniqueConstraint(fields=["municipality_code", "sender"], condition=Q(opened_at__isnull=True), name="outbox_closeddoor_one"),
        ]


class RefusedMessage(OfMunicipality):
    """受信拒否 — what was turned away at the door, without its content. requirements F-2-20: refusals are recorded too."""

    web_grants = "SELECT, INSERT"

    refused_at = models.DateTimeField()
    claimed_sender = models.CharField(max_length=60, db_comment="as the message says; proven only if authenticated")
    authenticated = models.BooleanField()
    code = models.CharField(max_length=60)
    place = models.CharField(max_length=200, default="", blank=True, db_comment="which field or component; never a value")
    kind = models.CharField(max_length=60, default="", blank=True)
    notice_id = models.UUIDField(null=True)
    digest = models.CharField(max_length=64)
    terminal = models.CharField(max_length=60, default="", blank=True, db_comment="address it came from")

    class Meta(OfMunicipality.Meta):
        indexes = [models.Index(fields=["refused_at"], name="outbox_refused_at")]
