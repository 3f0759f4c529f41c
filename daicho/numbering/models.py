"""採番の表 — how far each series has come, and the ledger of numbers left out. 標準1.1.13."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.db.models.functions import Length

models.CharField.register_lookup(Length)


class Counter(models.Model):
    """系列の現在: the last number taken. A trigger refuses to set it back (see migrations/0001_initial.py)."""

    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE"

    municipality_code = models.CharField("全国地方公共団体コード", max_length=6)
    series = models.CharField("系列", max_length=30)
    period = models.CharField("期間", max_length=8, default="", blank=True)
    last_no = models.BigIntegerField("最後の番号")

    class Meta:
        verbose_name = "採番"
        constraints = [
            CheckConstraint(condition=Q(municipality_code__length=6), name="numbering_counter_municipality"),
            CheckConstraint(condition=Q(last_no__gte=0), name="numbering_counter_last_no"),
            UniqueConstraint(fields=["municipality_code", "series", "period"], name="numbering_counter_natural"),
        ]


class Gap(models.Model):
    """欠番: numbers that were left out for good, and why. What is neither in use nor here is a defect."""

    web_grants: ClassVar[str] = "SELECT, INSERT"

    municipality_code = models.CharField("全国地方公共団体コード", max_length=6)
    series = models.CharField("系列", max_length=30)
    period = models.CharField("期間", max_length=8, default="", blank=True)
    first_no = models.BigIntegerField("最初の欠番")
    last_no = models.BigIntegerField("最後の欠番")
    reason = models.CharField("理由", max_length=200)
    recorded_by = models.CharField("記録者", max_length=60)
    recorded_at = models.DateTimeField("記録日時")

    class Meta:
        verbose_name = "欠番"
        constraints = [
            CheckConstraint(condition=Q(municipality_code__length=6), name="numbering_gap_municipality"),
            CheckConstraint(condition=Q(first_no__gte=1, last_no__gte=F("first_no")), name="numbering_gap_order"),
            CheckConstraint(condition=~Q(reason=""), name="numbering_gap_reason"),
            UniqueConstraint(fields=["municipality_code", "series", "period", "first_no"], name="numbering_gap_natural"),
        ]
