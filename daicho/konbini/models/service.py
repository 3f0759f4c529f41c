"""運転の表 — the register's last sign of life, and every stop and reopening of the service. S5-01, S5-02; decision 0016."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from daicho.konbini.models.city import OfMunicipality
from daicho.konbini.rules.life import Life


class LifeSign(OfMunicipality):
    """生存信号: the newest one, one row for a city. `is_behind`: the last notice that we acknowledged is not among our receipts."""

    web_grants = "SELECT, INSERT, UPDATE"

    at = models.DateTimeField("送信日時", db_comment="by the clock of residents")
    received_at = models.DateTimeField("受信日時")
    waiting = models.IntegerField("未着の通知")
    oldest_waiting_at = models.DateTimeField("最も古い未着の通知", null=True)
    atena_nos = ArrayField(models.CharField(max_length=15), verbose_name="未着の人")
    household_nos = ArrayField(models.CharField(max_length=15), verbose_name="未着の世帯")
    all_wait = models.BooleanField("全員が未着")
    is_behind = models.BooleanField("受信簿の欠け")

    class Meta(OfMunicipality.Meta):
        verbose_name = "生存信号"
        constraints = (
            *OfMunicipality.Meta.constraints,
            models.UniqueConstraint(fields=["municipality_code"], name="konbini_lifesign_once"),
        )

    def to_value(self) -> Life:
        return Life(
            min(self.at, self.received_at), self.waiting, self.oldest_waiting_at, frozenset(self.atena_nos), frozenset(self.household_nos),
            self.all_wait or self.is_behind,
        )  # fmt: skip


class ServiceTurn(OfMunicipality):
    """停止・再開: the newest row says whether the service runs. Stopped by one officer or by itself, reopened by two. INSERT only."""

    web_grants = "SELECT, INSERT"

    class Kind(models.TextChoices):
        STOPPED = "stopped", "停止"
        PROPOSED = "proposed", "再開の申出"
        REOPENED = "reopened", "再開"

    class Cause(models.TextChoices):
        OFFICER = "officer", "職員の操作"
        MISMATCH = "mismatch", "回答と請求の不一致"

    public_id = models.UUIDField(default=uuid.uuid4, editable=False)
    kind = models.CharField("区分", max_length=8, choices=Kind)
    cause = models.CharField("きっかけ", max_length=8, choices=Cause)
    reason = models.CharField("理由", max_length=200)
    by_account_id_no = models.BigIntegerField(null=True)
    by_login = models.CharField(max_length=80)
    by_name = models.CharField("操作者", max_length=80)
    at = models.DateTimeField("日時")

    class Meta(OfMunicipality.Meta):
        verbose_name = "停止・再開"
        constraints = (
            *OfMunicipality.Meta.constraints,
            models.UniqueConstraint(fields=["municipality_code", "public_id"], name="konbini_turn_public"),
            models.CheckConstraint(condition=models.Q(kind__in=["stopped", "proposed", "reopened"]), name="konbini_turn_kind"),
        )
