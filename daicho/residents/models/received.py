"""受信箱 — whatever others tell this city of its residents, from arrival to what became of it. 住民基本台帳法第9条, 第19条第2項; std 4.1.3.1, 4.2.0.3; domain §4.2."""

from __future__ import annotations

import uuid

from django.db import models

from daicho.residents.models.columns import of_a_city
from daicho.residents.models.counter import Filing
from daicho.residents.models.event import CivilEvent
from daicho.residents.models.record import Person
from daicho.residents.rules.received.family_register import ARTICLE_9_2, ARTICLE_19_2, FAMILY_REGISTER
from daicho.residents.rules.received.moving import MOVING, MOVING_WITHDRAWAL


class ReceivedKind(models.TextChoices):
    MOVE_IN = "move_in", "転入通知"
    FAMILY_REGISTER = FAMILY_REGISTER, "戸籍の届出"
    ARTICLE_9_2 = ARTICLE_9_2, "法9条2項通知"
    ARTICLE_19_2 = ARTICLE_19_2, "法19条2項通知"
    MOVING = MOVING, "引越しの申請"
    MOVING_WITHDRAWAL = MOVING_WITHDRAWAL, "引越しの申請の取消し"


class ReceivedState(models.TextChoices):
    WAITING = "waiting", "未処理"
    HELD = "held", "保留"
    ACCEPTED = "accepted", "処理済み"
    REPEATED = "repeated", "処理済みと同じ"
    SET_ASIDE = "set_aside", "対象なし"
    SUPERSEDED = "superseded", "新しい通知で処理"
    WITHDRAWN = "withdrawn", "申請の取消し"


class ReceivedNotice(models.Model):
    """One notice or application as it came. Its content lies sealed (`payload_ref`); beside it stands only what a list shows.

    `why`: why it was not taken in by itself, for the clerk. `filing`: the clerk's 異動, while it is under way and afterwards. An application
    that its applicant changed is the same row with the newest content and `revision_no`.
    """

    municipality_code = models.CharField(max_length=6)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    notice_id = models.UUIDField("通知の番号")
    kind = models.CharField("種類", max_length=20, choices=ReceivedKind.choices, default=ReceivedKind.MOVE_IN)
    matter = models.CharField("届出・申請の種類", max_length=40, default="")
    control_no = models.TextField("依頼管理番号・申請番号")
    revision_no = models.BigIntegerField("申請の版", default=1)
    sender_code = models.TextField("送った市区町村", default="")
    effective_on = models.DateField("異動日", null=True, db_comment="NULL when it is uncertain")
    told_on = models.DateField("通知・申請の日")
    visit_on = models.DateField("来庁予定日", null=True)
    received_at = models.DateTimeField("受信日時")
    payload_ref = models.BigIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="received_notices")
    state = models.CharField(max_length=10, choices=ReceivedState.choices, default=ReceivedState.WAITING)
    why = models.TextField("自動で受理しなかった理由", default="")
    note = models.TextField("処理の理由", default="")
    handled_by = models.CharField("処理した者", max_length=80, default="")
    handled_at = models.DateTimeField("処理日時", null=True)
    filing = models.ForeignKey(Filing, models.PROTECT, null=True, related_name="received_notices")
    event = models.ForeignKey(CivilEvent, models.PROTECT, null=True, related_name="received_notices")
    web_grants = "SELECT, INSERT, UPDATE"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality_code", "notice_id"], name="received_notice_once"),
            # The same application twice is one item, also when both come at the same moment.
            models.UniqueConstraint(
                fields=["municipality_code", "kind", "control_no"], condition=models.Q(kind__in=[MOVING, MOVING_WITHDRAWAL]), name="received_application_once"
            ),
            of_a_city("received_notice"),
        ]
        indexes = [
            models.Index(fields=["municipality_code", "state", "received_at"], name="received_notice_list"),
        ]
