"""附票の通知先がない者 — whose 附票 was to be told, and no 本籍 said where it is: a clerk's work list. 住民基本台帳法第19条第1項; S1-09."""

from __future__ import annotations

import uuid

from django.db import models

from daicho.residents.models.columns import of_a_city
from daicho.residents.models.event import CivilEvent
from daicho.residents.models.record import Person


class FuhyoWithoutSeat(models.Model):
    """One notice that went to nobody, because of which event; and what a clerk did about it."""

    municipality_code = models.CharField(max_length=6)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="fuhyo_without_seat")
    event = models.ForeignKey(CivilEvent, models.PROTECT, related_name="fuhyo_without_seat")
    noted_at = models.DateTimeField("一覧に載せた日時")
    note = models.TextField("処理の内容", default="")
    handled_by = models.CharField("処理した者", max_length=80, default="")
    handled_at = models.DateTimeField("処理日時", null=True)
    web_grants = "SELECT, INSERT, UPDATE"

    class Meta:
        constraints = [of_a_city("fuhyo_without_seat")]
        indexes = [
            models.Index(fields=["municipality_code", "noted_at"], condition=models.Q(handled_at=None), name="fuhyo_without_seat_open"),
        ]
