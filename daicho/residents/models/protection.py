"""抑止の表 — blocks of a person or a household, what they do to each process, temporary lifts, and who was told. 標準仕様3.1; domain §3."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from daicho.residents.models.columns import of_a_city
from daicho.residents.models.counter import Visit
from daicho.residents.models.record import Person


class Block(models.Model):
    """抑止. It ends only by a release; what it does stands in its terms, of which the newest for each process counts."""

    municipality_code = models.CharField(max_length=6)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="blocks")
    household_no = models.CharField("世帯番号", max_length=15, null=True)
    kind = models.CharField("種別", max_length=16)
    reason = models.TextField("理由")
    set_by = models.CharField("設定した職員", max_length=80)
    set_at = models.DateTimeField("設定日時")
    released_by = models.CharField("解除した職員", max_length=80, null=True)
    released_at = models.DateTimeField("解除日時", null=True)
    release_reason = models.TextField("解除の理由", null=True)
    web_grants = "SELECT, INSERT, UPDATE"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(person__isnull=True) ^ Q(household_no__isnull=True), name="block_of_one"),
            of_a_city("block"),
        ]
        indexes = [
            models.Index(fields=["person"], condition=Q(released_at__isnull=True), name="block_standing_person"),
            models.Index(fields=["municipality_code", "household_no"], condition=Q(released_at__isnull=True), name="block_standing_household"),
        ]


class BlockTerm(models.Model):
    """処理ごとの抑止: how strictly, from when. A change is a further row; the older ones are its history."""

    municipality_code = models.CharField(max_length=6)
    block = models.ForeignKey(Block, models.PROTECT, related_name="terms")
    process = models.CharField("処理", max_length=12)
    strength = models.CharField("水準", max_length=8)
    starts_on = models.DateField("開始日")
    ends_on = models.DateField("終了日", null=True)
    recorded_by = models.CharField("記録した職員", max_length=80)
    recorded_at = models.DateTimeField("記録日時")
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [of_a_city("block_term")]


class BlockLift(models.Model):
    """一時解除: until when everything passes. Of 支援措置 for one 受付 alone, checked and approved by a second officer; told to no other system."""

    municipality_code = models.CharField(max_length=6)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    block = models.ForeignKey(Block, models.PROTECT, related_name="lifts")
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="lifts")
    reason = models.TextField("一時解除の理由")
    identity_check = models.TextField("本人確認・審査の内容", default="")
    asked_by = models.CharField("申請した職員", max_length=80)
    asked_by_id_no = models.BigIntegerField()
    asked_at = models.DateTimeField("申請日時")
    decided_by = models.CharField("承認・却下した職員", max_length=80, null=True)
    decided_at = models.DateTimeField("承認・却下の日時", null=True)
    until = models.DateTimeField("抑止に戻る日時", null=True)
    web_grants = "SELECT, INSERT, UPDATE"

    class Meta:
        constraints = [of_a_city("block_lift")]
        indexes = [models.Index(fields=["block", "until"], name="block_lift_until")]


class BlockTold(models.Model):
    """抑止の連携: which room was told of a person's 発行の抑止, by which notice. Whether it acknowledged stands with the notice."""

    municipality_code = models.CharField(max_length=6)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    room = models.CharField("連携先", max_length=20)
    prohibited_from = models.DateField("発行抑止の開始日", null=True)
    notice_id = models.UUIDField()
    told_at = models.DateTimeField("連携日時")
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [of_a_city("block_told")]
        indexes = [models.Index(fields=["person", "room", "told_at"], name="block_told_person")]
