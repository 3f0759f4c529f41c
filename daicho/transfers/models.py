"""庁内連携の表 — grants of the departments, the persons they may see, what was told to whom, what was written back. 番号法第9条第1項; D-R1…D-R6, F-1-43.

No 個人番号 and no 住民票コード: no grant names them. What a department writes back lies sealed in the vault.
"""

from __future__ import annotations

import uuid
from dataclasses import fields
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.db.models.functions import Length

from daicho.contracts.transfer_info_v1 import TransferPerson
from daicho.outbox.models import CurrentTransaction, Xid8Field
from daicho.transfers.rules.grants import DIRECTIONS_JA, METHODS_JA, Direction, Grant, Method
from daicho.transfers.rules.scope import SCOPES_JA, Scope

models.CharField.register_lookup(Length)


def municipality_code() -> str:
    return str(settings.INSTALLATION.municipality_code)


class OfCity(models.Model):
    """What every table of a city carries: whose it is (design §2)."""

    municipality_code = models.CharField("全国地方公共団体コード", max_length=6, default=municipality_code)

    class Meta:
        abstract = True
        constraints = (CheckConstraint(condition=Q(municipality_code__length=6), name="%(app_label)s_%(class)s_municipality"),)


class Department(OfCity):
    """移転先: a department under one name and number for a period; its id stays (D-R3, H-16)."""

    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE"

    code = models.CharField("移転先コード", max_length=4)
    name = models.CharField("名称", max_length=60)
    transfer_no = models.CharField("評価書の移転先番号", max_length=4, default="", blank=True)
    valid_from = models.DateField("有効開始日")
    valid_to = models.DateField("有効終了日", null=True)

    class Meta(OfCity.Meta):
        constraints = (
            *OfCity.Meta.constraints,
            UniqueConstraint(fields=["municipality_code", "code", "valid_from"], name="transfers_department_natural"),
            CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="transfers_department_period"),
        )


class TransferGrant(OfCity):
    """移転許可: entered by one officer, in force once another has approved it. Never changed: a change is a newer row, which ends the one before."""

    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE"

    department_code = models.CharField("移転先コード", max_length=4)
    purpose_code = models.CharField("事務コード", max_length=3)
    purpose_ja = models.CharField("移転先における用途", max_length=100)
    direction = models.CharField("向き", max_length=5, choices=[(d.value, DIRECTIONS_JA[d]) for d in Direction])
    basis_code = models.CharField("法的根拠", max_length=40)
    items = ArrayField(models.CharField(max_length=40), verbose_name="項目")
    scope = models.CharField("対象となる本人の範囲", max_length=12, choices=[(s.value, SCOPES_JA[s]) for s in Scope])
    method = models.CharField("連携のタイミング", max_length=20, choices=[(m.value, METHODS_JA[m]) for m in Method])
    valid_from = models.DateField("開始日")
    valid_to = models.DateField("終了日", null=True)
    requested_on = models.DateField("利用依頼の日")
    request_reference = models.CharField("利用依頼の文書番号", max_length=60)
    proposed_by_id_no = models.BigIntegerField(db_comment="account in the staff room")
    proposed_by = models.CharField("申請者", max_length=60)
    proposed_at = models.DateTimeField("申請日時")
    approved_by_id_no = models.BigIntegerField(null=True)
    approved_by = models.CharField("承認者", max_length=60, default="", blank=True)
    approved_at = models.DateTimeField("承認日時", null=True)
    declined_by = models.CharField("却下した者", max_length=60, default="", blank=True)
    declined_at = models.DateTimeField("却下日時", null=True)
    revoked_by = models.CharField("取り消した者", max_length=60, default="", blank=True)
    revoked_at = models.DateTimeField("取消日時", null=True)
    end_reason = models.CharField("却下・取消しの理由", max_length=200, default="", blank=True)

    class Meta(OfCity.Meta):
        constraints = (
            *OfCity.Meta.constraints,
            CheckConstraint(condition=Q(direction__in=[d.value for d in Direction]), name="transfers_grant_direction"),
            CheckConstraint(condition=Q(scope__in=[s.value for s in Scope]), name="transfers_grant_scope"),
            CheckConstraint(condition=Q(method__in=[m.value for m in Method]), name="transfers_grant_method"),
            CheckConstraint(condition=Q(items__len__gt=0), name="transfers_grant_items"),
            CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="transfers_grant_period"),
            CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by_id_no__isnull=True) | Q(approved_at__isnull=False, approved_by_id_no__isnull=False),
                name="transfers_grant_approval",
            ),
            CheckConstraint(condition=Q(approved_by_id_no__isnull=True) | ~Q(approved_by_id_no=F("proposed_by_id_no")), name="transfers_grant_two_persons"),
            CheckConstraint(condition=Q(declined_at__isnull=True) | Q(approved_at__isnull=True), name="transfers_grant_declined"),
            CheckConstraint(condition=Q(revoked_at__isnull=True) | Q(approved_at__isnull=False), name="transfers_grant_revoked"),
        )
        indexes = (models.Index(fields=["municipality_code", "department_code", "purpose_code", "direction"], name="transfers_grant_line"),)

    def to_value(self) -> Grant:
        return Grant(
            self.pk, self.department_code, self.purpose_code, self.direction, tuple(self.items), self.scope, self.method, self.valid_from, self.valid_to
        )


class Person(OfCity):
    """対象者: what residents told of one person last, in what grants may name. Of who died nothing but that they are no subject any more."""

    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE"

    public_id = models.UUIDField(default=uuid.uuid4, editable=False)
    atena_no = models.CharField("宛名番号", max_length=15)
    history_no = models.IntegerField("履歴番号")
    recorded_at = models.DateTimeField("処理日時", db_comment="of the register")
    is_subject = models.BooleanField("対象者であること", db_comment="false: removed by 死亡 (評価書II(1)2③); every column below is NULL")
    name_kanji = models.TextField("氏名", null=True)
    name_kana = models.TextField("振り仮名", null=True)
    birth_date = models.CharField("生年月日", max_length=40, null=True, db_comment="JapaneseDate.encode()")
    sex_code = models.CharField("性別", max_length=1, null=True)
    address_postal_code = models.CharField("郵便番号", max_length=7, null=True)
    address = models.TextField("住所", null=True)
    address_building = models.TextField("方書", null=True)
    household_no = models.CharField("世帯番号", max_length=15, null=True)
    relationship = models.CharField("続柄", max_length=40, null=True)
    householder_name = models.TextField("世帯主氏名", null=True)
    event_reason = models.CharField("異動事由", max_length=40, null=True)
    event_date = models.CharField("異動年月日", max_length=40, null=True, db_comment="JapaneseDate.encode()")
    opened_on = models.DateField("在住の始まり", null=True)
    removed_on = models.DateField("消除日", null=True)
    removal_reason = models.CharField("消除の事由", max_length=40, null=True)
    changed_xid = Xid8Field(db_default=CurrentTransaction(), editable=False, db_comment="the transaction that changed it last")

    class Meta(OfCity.Meta):
        constraints = (
            *OfCity.Meta.constraints,
            UniqueConstraint(fields=["municipality_code", "atena_no"], name="transfers_person_atena_no"),
            UniqueConstraint(fields=["municipality_code", "public_id"], name="transfers_person_public"),
            CheckConstraint(condition=Q(is_subject=True, opened_on__isnull=False) | Q(is_subject=False, name_kanji=None, address=None, opened_on=None), name="transfers_person_subject"),
        )  # fmt: skip
        indexes = (
            models.Index(fields=["municipality_code", "changed_xid", "id"], name="transfers_person_changed"),
            models.Index(fields=["municipality_code", "removed_on"], condition=Q(removed_on__isnull=False), name="transfers_person_removed"),
        )

    def to_value(self) -> TransferPerson | None:
        """None of who is no subject any more."""
        return TransferPerson(**{name: getattr(self, name) for name in PERSON_COLUMNS}) if self.is_subject else None


PERSON_COLUMNS = tuple(field.name for field in fields(TransferPerson))


class TransferRecord(OfCity):
    """移転記録: who was told what of whom when, by which grant, or why not (F-1-43, D-R4). The item set is the grant's own; values are not kept."""

    web_grants: ClassVar[str] = "SELECT, INSERT"

    class Way(models.TextChoices):
        REAL_TIME = "real_time", "リアルタイム"
        BATCH = "batch", "準リアルタイム"
        WHOLE = "whole", "取出し（全件）"
        DIFFERENCE = "difference", "取出し（異動差分）"

    class Outcome(models.TextChoices):
        GIVEN = "given", "移転した"
        OUT_OF_SCOPE = "out_of_scope", "対象外を知らせた"
        REFUSED = "refused", "拒否した"
        STOPPED = "stopped", "送信前に止めた"

    at = models.DateTimeField("日時")
    department_code = models.CharField("移転先コード", max_length=4)
    purpose_code = models.CharField("事務コード", max_length=3)
    grant = models.ForeignKey(TransferGrant, on_delete=models.PROTECT, null=True, related_name="records", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="records", db_index=False)
    history_no = models.IntegerField("履歴番号", null=True)
    way = models.CharField("方法", max_length=10, choices=Way)
    outcome = models.CharField("結果", max_length=12, choices=Outcome)
    reason_code = models.CharField("理由", max_length=20, default="", blank=True)
    operator = models.CharField("操作者", max_length=80)
    notice_id = models.UUIDField("通知", null=True, db_comment="of the post room; where it stands is told there")
    keep_until = models.DateField("保存期限", db_comment="by the city's setting of the day")

    class Meta(OfCity.Meta):
        constraints = (
            *OfCity.Meta.constraints,
            CheckConstraint(condition=Q(outcome="refused") | Q(grant__isnull=False, person__isnull=False), name="transfers_record_whose"),
        )
        indexes = (
            models.Index(fields=["person", "department_code", "purpose_code", "-id"], name="transfers_record_person"),
            models.Index(fields=["municipality_code", "department_code", "-id"], name="transfers_record_department"),
            models.Index(fields=["grant", "-id"], name="transfers_record_grant"),
            models.Index(fields=["notice_id"], condition=Q(notice_id__isnull=False), name="transfers_record_notice"),
        )


class FeedPosition(OfCity):
    """連携の位置: up to where the batches of one grant have told what changed. `finished`: the grant that follows has told the rest."""

    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE"

    grant = models.OneToOneField(TransferGrant, on_delete=models.PROTECT, primary_key=True, related_name="position")
    xid = models.BigIntegerField()
    row_id = models.BigIntegerField()
    looked_at = models.DateTimeField("最後に調べた日時")
    finished = models.BooleanField(default=False)


class WriteBack(OfCity):
    """書戻し: what a department sent of one person, and what became of it. The values lie sealed; here are only their names."""

    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE"

    class State(models.TextChoices):
        PASSED_ON = "passed_on", "住民記録へ送信"
        WRITTEN = "written", "記載済み"
        REFUSED_HERE = "refused_here", "庁内連携で拒否"
        REFUSED = "refused", "住民記録で拒否"

    public_id = models.UUIDField(default=uuid.uuid4, editable=False)
    department_code = models.CharField("移転先コード", max_length=4)
    purpose_code = models.CharField("事務コード", max_length=3)
    entry_no = models.CharField("書戻し番号", max_length=36)
    sequence_no = models.BigIntegerField("順番号")
    grant = models.ForeignKey(TransferGrant, on_delete=models.PROTECT, null=True, related_name="write_backs")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="write_backs")
    items = ArrayField(models.CharField(max_length=60), verbose_name="項目")
    payload_ref = models.BigIntegerField(db_comment="vault: the sealed message")
    received_at = models.DateTimeField("受付日時")
    state = models.CharField("状態", max_length=12, choices=State)
    reasons = ArrayField(models.TextField(), default=list, verbose_name="拒否の理由")
    decided_at = models.DateTimeField("決着日時", null=True)
    history_no = models.IntegerField("履歴番号", null=True, db_comment="of the row it became")

    class Meta(OfCity.Meta):
        constraints = (
            *OfCity.Meta.constraints,
            UniqueConstraint(fields=["municipality_code", "public_id"], name="transfers_writeback_public"),
            CheckConstraint(condition=Q(state="passed_on", decided_at=None) | Q(~Q(state="passed_on"), decided_at__isnull=False), name="transfers_writeback_decided"),
            CheckConstraint(condition=~Q(state__in=["refused_here", "refused"]) | Q(reasons__len__gt=0), name="transfers_writeback_reasons"),
        )  # fmt: skip
        indexes = (models.Index(fields=["person", "department_code", "purpose_code", "-sequence_no"], name="transfers_writeback_order"),)


class IssueBlock(OfCity):
    """発行抑止: from which day nothing is handed out of somebody, as residents told last; not why. Kept also of who is not known here yet. 標準仕様3.2."""

    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE"

    public_id = models.UUIDField(default=uuid.uuid4, editable=False)
    atena_no = models.CharField("宛名番号", max_length=15)
    prohibited_from = models.DateField("発行抑止の開始日", null=True, db_comment="NULL: released")
    told_at = models.DateTimeField("通知日時", db_comment="by the clock of residents")

    class Meta(OfCity.Meta):
        constraints = (
            *OfCity.Meta.constraints,
            UniqueConstraint(fields=["municipality_code", "atena_no"], name="transfers_issueblock_atena_no"),
            UniqueConstraint(fields=["municipality_code", "public_id"], name="transfers_issueblock_public"),
        )


class BlockReflection(OfCity):
    """反映の確認: that a department has the 発行抑止, or its release, in its own system, as told at that moment (domain §7, 事故の型2). INSERT only."""

    web_grants: ClassVar[str] = "SELECT, INSERT"

    block = models.ForeignKey(IssueBlock, on_delete=models.PROTECT, related_name="reflections")
    told_at = models.DateTimeField("反映した通知の日時", db_comment="IssueBlock.told_at, which it confirms")
    department_code = models.CharField("移転先コード", max_length=4)
    confirmed_with = models.CharField("確認した相手", max_length=100)
    confirmed_by = models.CharField("確認した職員", max_length=60)
    confirmed_at = models.DateTimeField("確認日時")

    class Meta(OfCity.Meta):
        constraints = (
            *OfCity.Meta.constraints,
            UniqueConstraint(fields=["municipality_code", "block", "told_at", "department_code"], name="transfers_blockreflection_once"),
        )
