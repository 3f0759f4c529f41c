"""副本と符号の表 — one person by 団体内統合宛名番号, what was told of them, their 符号, and whether an answer needs an officer. S3-01, S3-06; F-1-52, F-1-56.

What a replica says of a person lies sealed in the vault, one data key for each version; the 符号 too, found by its keyed hash.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from daicho.chukan.models.columns import OfMunicipality


class Person(OfMunicipality):
    """人: somebody of whom atena told something. The id is also how the trail names them."""

    web_grants = "SELECT, INSERT, UPDATE"

    integrated_atena_no = models.CharField("団体内統合宛名番号", max_length=15)
    register_key = models.CharField("原本照合の鍵", max_length=32, null=True, db_comment="by which the register finds the original (G-20)")
    first_told_at = models.DateTimeField("最初に受け付けた日時")
    erased_at = models.DateTimeField("副本を消去した日時", null=True)

    class Meta(OfMunicipality.Meta):
        constraints: ClassVar = [
            *OfMunicipality.Meta.constraints,
            models.UniqueConstraint(fields=["municipality_code", "integrated_atena_no"], name="chukan_person_integrated_atena_no"),
            models.UniqueConstraint(fields=["municipality_code", "register_key"], name="chukan_person_register_key"),
            models.CheckConstraint(condition=Q(integrated_atena_no__regex=r"^[0-9]{15}$"), name="chukan_person_number_shape"),
        ]


class Replica(OfMunicipality):
    """副本: one version of what was told, the highest number being the newest. INSERT only; its content goes by erasure in the vault."""

    web_grants = "SELECT, INSERT"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="replicas", db_index=False)
    version_no = models.IntegerField("版")
    as_of = models.DateTimeField("基準日時")
    received_at = models.DateTimeField("受付日時")
    state = models.CharField("状態", max_length=10)
    removed_on = models.DateField("消除日", null=True)
    withheld_from = models.DateField("不開示開始日", null=True)
    withheld_until = models.DateField("不開示終了日", null=True)
    payload_ref = models.BigIntegerField("副本の内容", db_comment="vault")

    class Meta(OfMunicipality.Meta):
        indexes: ClassVar = [
            # The few about whom no answer goes by itself: they are asked for at every search of who may not know of them.
            models.Index(fields=["municipality_code", "person"], condition=Q(withheld_from__isnull=False), name="chukan_replica_withheld")
        ]
        constraints: ClassVar = [
            *OfMunicipality.Meta.constraints,
            models.UniqueConstraint(fields=["municipality_code", "person", "version_no"], name="chukan_replica_version"),
            models.CheckConstraint(condition=Q(version_no__gte=1), name="chukan_replica_version_from_one"),
            models.CheckConstraint(
                condition=Q(state="current", removed_on__isnull=True) | Q(state="removed", removed_on__isnull=False), name="chukan_replica_removed"
            ),
        ]


class LinkageCode(OfMunicipality):
    """符号: asked for, and given by the network; the newest given one of a person counts. The code itself lies in the vault."""

    web_grants = "SELECT, INSERT, UPDATE"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="codes")
    request_control_no = models.CharField("依頼管理番号", max_length=22)
    requested_at = models.DateTimeField("依頼日時")
    acquired_at = models.DateTimeField("取得日時", null=True)
    code_ref = models.BigIntegerField("符号", null=True, db_comment="vault")

    class Meta(OfMunicipality.Meta):
        constraints: ClassVar = [
            *OfMunicipality.Meta.constraints,
            models.UniqueConstraint(fields=["municipality_code", "request_control_no"], name="chukan_linkagecode_control"),
            models.UniqueConstraint(fields=["municipality_code", "code_ref"], name="chukan_linkagecode_once"),
            models.CheckConstraint(
                condition=Q(acquired_at__isnull=True, code_ref__isnull=True) | Q(acquired_at__isnull=False, code_ref__isnull=False),
                name="chukan_linkagecode_whole",
            ),
        ]


class Withholding(OfMunicipality):
    """自動応答不可の設定: an officer's own, beside what the register tells. From a day on, and until before the last one."""

    web_grants = "SELECT, INSERT, UPDATE"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="withholdings")
    withheld_from = models.DateField("開始日")
    withheld_until = models.DateField("終了日", null=True)
    reason = models.CharField("理由", max_length=200)
    set_by = models.CharField("設定者", max_length=80)
    set_at = models.DateTimeField("設定日時")
    ended_by = models.CharField("解除者", max_length=80, default="", blank=True)
    ended_at = models.DateTimeField("解除日時", null=True)

    class Meta(OfMunicipality.Meta):
        constraints: ClassVar = [
            *OfMunicipality.Meta.constraints,
            models.CheckConstraint(condition=Q(withheld_until__isnull=True) | Q(withheld_until__gte=F("withheld_from")), name="chukan_withholding_period"),
            models.CheckConstraint(condition=~Q(reason=""), name="chukan_withholding_reason"),
        ]
