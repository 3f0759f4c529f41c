"""情報提供等の記録の表 — every inquiry of the network, answered or refused, and what officers decided about those held. 番号法第23条; S3-05, F-1-51, F-1-52.

Copies the words of the list and of the institution as they were that day. What was provided is not kept: the version of the replica
and the answer's digest are. No row can be changed, and none deleted before its time, by whoever works as the web role.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from daicho.chukan.models.columns import OfMunicipality
from daicho.chukan.models.lists import ListedProvision
from daicho.chukan.models.persons import Person, Replica

# The database's own day: a clock that is moved for a demo opens no record.
PAST_ITS_KEEPING = "keep_until < (now() AT TIME ZONE 'Asia/Tokyo')::date"


class Inquiry(OfMunicipality):
    """照会の記録: who asked when about whom, for which affair, by which permit, and what was answered."""

    web_grants = "SELECT, INSERT, DELETE"
    web_only_where: ClassVar = {"DELETE": PAST_ITS_KEEPING}

    class Result(models.TextChoices):
        ANSWERED = "answered", "提供"
        REFUSED = "refused", "拒否"
        HELD = "held", "職員の確認待ち"

    question_id = models.UUIDField("照会番号")
    permit_no = models.CharField("許可証番号", max_length=60)
    received_at = models.DateTimeField("受付日時")
    asked_at = models.DateTimeField("照会日時")
    inquirer_code = models.CharField("照会者機関コード", max_length=16)
    inquirer_ja = models.CharField("情報照会者", max_length=100)
    provider_ja = models.CharField("情報提供者", max_length=100)
    affair_code = models.CharField("事務コード", max_length=16)
    affair_ja = models.CharField("事務", max_length=200)
    item_no = models.CharField("項番", max_length=10)
    procedure_code = models.CharField("事務手続コード", max_length=16)
    information_code = models.CharField("特定個人情報名コード", max_length=16)
    information_ja = models.CharField("特定個人情報", max_length=100)
    basis_ja = models.CharField("根拠", max_length=100)
    provision = models.ForeignKey(ListedProvision, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="inquiries")
    replica = models.ForeignKey(Replica, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    result = models.CharField("結果", max_length=8, choices=Result)
    reasons = ArrayField(models.CharField(max_length=40), verbose_name="理由")
    answered_at = models.DateTimeField("回答日時")
    answer_digest = models.CharField("回答の要約値（SHA-256）", max_length=64)
    route = models.CharField("経路情報", max_length=60)
    inquirer_public_key = models.CharField("照会者の公開鍵", max_length=44)
    keep_until = models.DateField("保存期限")

    class Meta(OfMunicipality.Meta):
        constraints: ClassVar = [
            *OfMunicipality.Meta.constraints,
            models.UniqueConstraint(fields=["municipality_code", "question_id"], name="chukan_inquiry_question"),
            models.UniqueConstraint(fields=["municipality_code", "permit_no"], condition=~Q(result="refused"), name="chukan_inquiry_permit_once"),
            models.CheckConstraint(condition=~Q(result="answered") | Q(replica__isnull=False, person__isnull=False), name="chukan_inquiry_answered"),
        ]
        indexes: ClassVar = [models.Index(fields=["municipality_code", "-received_at", "-id"], name="chukan_inquiry_newest")]


class HeldDecision(OfMunicipality):
    """職員の確認: what an officer decided about a held inquiry, having seen what would be provided (F-1-52)."""

    web_grants = "SELECT, INSERT, DELETE"
    web_only_where: ClassVar = {"DELETE": PAST_ITS_KEEPING}

    inquiry = models.OneToOneField(Inquiry, on_delete=models.PROTECT, related_name="decision")
    replica = models.ForeignKey(Replica, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    provided = models.BooleanField("提供した")
    reason = models.CharField("理由", max_length=200)
    decided_by = models.CharField("確認者", max_length=80)
    decided_by_name = models.CharField("確認者の氏名", max_length=80)
    decided_at = models.DateTimeField("確認日時")
    answer_digest = models.CharField("回答の要約値（SHA-256）", max_length=64)
    keep_until = models.DateField("保存期限")

    class Meta(OfMunicipality.Meta):
        constraints: ClassVar = [
            *OfMunicipality.Meta.constraints,
            models.CheckConstraint(condition=Q(provided=True, replica__isnull=False) | Q(provided=False), name="chukan_helddecision_replica"),
        ]
