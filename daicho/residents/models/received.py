"""受信した通知 — what other municipalities told this city, from arrival to what became of it. 住民基本台帳法第9条第1項; std 4.1.3.1."""

from __future__ import annotations

import uuid

from django.db import models

from daicho.residents.models.columns import of_a_city
from daicho.residents.models.counter import Filing
from daicho.residents.models.event import CivilEvent
from daicho.residents.models.record import Person


class ReceivedState(models.TextChoices):
    WAITING = "waiting", "未処理"
    HELD = "held", "保留"
    ACCEPTED = "accepted", "受理済み"
    REPEATED = "repeated", "受理済みと同じ"
    SET_ASIDE = "set_aside", "対象なし"
    SUPERSEDED = "superseded", "新しい通知で受理"


class ReceivedMoveIn(models.Model):
    """One 転入通知 as it came. Its content lies sealed (`payload_ref`); beside it stands only what a list shows.

    `why`: why it was not taken in by itself, for the clerk. `filing`: the clerk's 受理, while it is under way and afterwards.
    """

    municipality_code = models.CharField(max_length=6)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    notice_id = models.UUIDField("通知の番号")
    control_no = models.TextField("依頼管理番号")
    from_municipality_code = models.TextField("転入地")
    move_in_date = models.DateField("転入年月日")
    notice_date = models.DateField("転入通知年月日")
    received_at = models.DateTimeField("受信日時")
    payload_ref = models.BigIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="received_move_ins")
    state = models.CharField(max_length=10, choices=ReceivedState.choices, default=ReceivedState.WAITING)
    why = models.TextField("自動で受理しなかった理由", default="")
    note = models.TextField("処理の理由", default="")
    handled_by = models.CharField("処理した者", max_length=80, default="")
    handled_at = models.DateTimeField("処理日時", null=True)
    filing = models.ForeignKey(Filing, models.PROTECT, null=True, related_name="received_move_ins")
    event = models.ForeignKey(CivilEvent, models.PROTECT, null=True, related_name="received_move_ins")
    web_grants = "SELECT, INSERT, UPDATE"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality_code", "notice_id"], name="received_move_in_once"),
            of_a_city("received_move_in"),
        ]
        indexes = [
            models.Index(fields=["municipality_code", "state", "received_at"], name="received_move_in_list"),
        ]
