"""本人確認情報ファイル — tables of file (2): exactly its 40 items, as they are and as they were. F-2-02; spec/items_identity_confirmation.csv.

Numbers are references into the vault (design §6). What a row holds beside the 40 items is its key and the person's opaque
id, by which notices are put in order; nothing joins it to anything else (F-2-07). The search terms are made from the items and hold
nothing else; they can be made anew at any time.
"""

from __future__ import annotations

import uuid
from dataclasses import fields
from typing import Any  # Django's fields and rows are untyped here

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from daicho.juki_net.rules.items import IdentityItems
from daicho.values.dates import JapaneseDate
from daicho.values.search_key import SEARCH_KEY_VERSION


def municipality_code() -> str:
    return str(settings.INSTALLATION.municipality_code)


class UncertainDateField(models.TextField):
    """不詳日付 — a JapaneseDate in one text column (std 1.1.8)."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> JapaneseDate | None:  # Any: Django
        return JapaneseDate.decode(value) if value is not None else None

    def to_python(self, value: Any) -> JapaneseDate | None:  # Any: Django
        return JapaneseDate.decode(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> str | None:  # Any: Django
        return value.encode() if isinstance(value, JapaneseDate) else value


class IdentityColumns(models.Model):
    """The 40 items of file (2). NULL = 空欄; an item that came later than the row holds nothing (H-07)."""

    juminhyo_code_ref = models.BigIntegerField("住民票コード", db_comment="1 vault")
    name_kanji = models.TextField("漢字氏名", db_comment="2")
    name_gaiji_count = models.SmallIntegerField("外字数(氏名)", db_comment="3")
    name_furigana = models.TextField("ふりがな氏名", null=True, db_comment="4")
    name_kana_normalised = models.TextField("清音化かな氏名", null=True, db_comment="5")
    birth_date = UncertainDateField("生年月日", db_comment="6")
    sex_code = models.CharField("性別", max_length=1, db_comment="7")
    municipality_code = models.CharField("市町村コード", max_length=6, default=municipality_code, db_comment="8")
    town_code = models.CharField("大字・字コード", max_length=11, null=True, db_comment="9")
    postal_code = models.CharField("郵便番号", max_length=7, null=True, db_comment="10")
    address = models.TextField("住所", db_comment="11")
    address_gaiji_count = models.SmallIntegerField("外字数(住所)", db_comment="12")
    individual_number_ref = models.BigIntegerField("個人番号", null=True, db_comment="13 vault")
    became_resident_date = UncertainDateField("住民となった日", db_comment="14")
    address_fixed_date = UncertainDateField("住所を定めた日", null=True, db_comment="15")
    notified_date = models.DateField("届出の年月日", null=True, db_comment="16")
    previous_municipality_code = models.CharField("市町村コード(転入前)", max_length=6, null=True, db_comment="17")
    previous_address = models.TextField("転入前住所", null=True, db_comment="18")
    previous_address_gaiji_count = models.SmallIntegerField("外字数(転入前住所)", null=True, db_comment="19")
    relationship = models.TextField("続柄", null=True, db_comment="20")
    event_reason_code = models.CharField("異動事由", max_length=2, db_comment="21")
    event_date = UncertainDateField("異動年月日", db_comment="22")
    event_reason_detail_code = models.CharField("異動事由詳細", max_length=2, null=True, db_comment="23")
    old_juminhyo_code_ref = models.BigIntegerField("旧住民票コード", null=True, db_comment="24 vault")
    juminhyo_code_valid_date = models.DateField("住民票コード使用年月日", null=True, db_comment="25")
    request_control_no = models.CharField("依頼管理番号", max_length=22, db_comment="26")
    operator_id = models.CharField("操作者ID", max_length=32, db_comment="27")
    terminal_id = models.CharField("操作端末ID", max_length=32, db_comment="28")
    update_sequence_no = models.IntegerField("更新順番号", db_comment="29")
    abnormal_update_sequence_no = models.IntegerField("異常時更新順番号", null=True, db_comment="30")
    update_prohibited_flag = models.BooleanField("更新禁止フラグ", default=False, db_comment="31")
    planned_person_flag = models.BooleanField("予定者フラグ", default=False, db_comment="32")
    exclusive_lock_flag = models.BooleanField("排他フラグ", default=False, db_comment="33")
    gaiji_flag = models.BooleanField("外字フラグ", default=False, db_comment="34")
    record_status_flag = models.CharField("レコード状況フラグ", max_length=1, db_comment="35")
    recorded_at = models.DateTimeField("タイムスタンプ", db_comment="36")
    former_surname_kanji = models.TextField("旧氏 漢字", null=True, db_comment="37")
    former_surname_gaiji_count = models.SmallIntegerField("旧氏 外字数", null=True, db_comment="38")
    former_surname_furigana = models.TextField("旧氏 ふりがな", null=True, db_comment="39")
    former_surname_gaiji_change_seq = models.IntegerField("旧氏 外字変更連番", null=True, db_comment="40")

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(condition=Q(municipality_code__regex=r"^[0-9]{6}$"), name="%(app_label)s_%(class)s_municipality"),
            models.CheckConstraint(condition=Q(update_sequence_no__gte=1), name="%(app_label)s_%(class)s_sequence"),
        )

    def to_value(self) -> IdentityItems:
        return IdentityItems(**{field.name: getattr(self, field.name) for field in fields(IdentityItems)})


class IdentityRecord(IdentityColumns):
    """現在の本人確認情報 — one row for each 住民票コード, 現存 or 消除."""

    web_grants = "SELECT, INSERT, UPDATE"

    public_id = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta(IdentityColumns.Meta):
        constraints = (
            *IdentityColumns.Meta.constraints,
            models.UniqueConstraint(fields=["municipality_code", "juminhyo_code_ref"], name="juki_net_identityrecord_code"),
            models.UniqueConstraint(fields=["municipality_code", "public_id"], name="juki_net_identityrecord_public"),
        )
        indexes = (models.Index(fields=["municipality_code", "individual_number_ref"], name="juki_net_identityrecord_number"),)


class IdentityVersion(IdentityColumns):
    """更新の履歴 — what each update left, by 更新順番号. Kept 150 years (F-0-15), never changed.

    レコード状況 is as it was then; that a row is 履歴 follows from a later one being there.
    """

    web_grants = "SELECT, INSERT"

    record = models.ForeignKey(IdentityRecord, on_delete=models.PROTECT, related_name="versions", db_index=False)

    class Meta(IdentityColumns.Meta):
        constraints = (
            *IdentityColumns.Meta.constraints,
            models.UniqueConstraint(fields=["municipality_code", "record", "update_sequence_no"], name="juki_net_identityversion_order"),
            models.UniqueConstraint(fields=["municipality_code", "request_control_no"], name="juki_net_identityversion_control"),
        )


class IdentityTerm(models.Model):
    """検索語 — one key under which a person of the file is found, with what a lawful search asks beside it (rules/terms.py)."""

    web_grants = "SELECT, INSERT, DELETE"

    municipality_code = models.CharField("市町村コード", max_length=6, default=municipality_code)
    record = models.ForeignKey(IdentityRecord, on_delete=models.PROTECT, related_name="terms", db_index=False)
    kind = models.CharField("種類", max_length=8)
    key = models.TextField("検索キー")
    address_key = models.TextField("住所の検索キー")
    birth_first = models.DateField("生年月日（最も早い日）")
    birth_last = models.DateField("生年月日（最も遅い日）")
    key_version = models.SmallIntegerField("検索キーの版", default=SEARCH_KEY_VERSION)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(municipality_code__regex=r"^[0-9]{6}$"), name="juki_net_identityterm_municipality"),
            models.UniqueConstraint(fields=["municipality_code", "record", "kind", "key"], name="juki_net_identityterm_once"),
        )
        indexes = (
            models.Index(
                fields=["kind", "key"],
                opclasses=["text_ops", "text_pattern_ops"],
                include=["municipality_code", "record"],
                name="juki_net_identityterm_prefix",
            ),
            models.Index(fields=["kind", "birth_first", "key"], opclasses=["text_ops", "date_ops", "text_pattern_ops"], name="juki_net_identityterm_birth"),
            models.Index(
                fields=["kind", "address_key", "key"],
                opclasses=["text_ops", "text_pattern_ops", "text_pattern_ops"],
                include=["record", "municipality_code"],
                name="juki_net_identityterm_address",
            ),
            models.Index(
                fields=["kind", "key"],
                opclasses=["text_ops", "text_pattern_ops"],
                condition=Q(birth_last__gt=F("birth_first")),  # the few whose birth date is uncertain
                name="juki_net_identityterm_unsure",
            ),
            models.Index(fields=["key_version"], name="juki_net_identityterm_version"),
        )


class MoveOutInfo(models.Model):
    """転出証明書情報 — what residents certified of those who leave by 特例, sealed; given out until a day, then erased (法24条の2). No part of file (2)."""

    web_grants = "SELECT, INSERT, UPDATE, DELETE"

    municipality_code = models.CharField("市町村コード", max_length=6, default=municipality_code)
    certificate_id = models.UUIDField("転出証明書情報の番号")
    payload_ref = models.BigIntegerField("転出証明書情報")
    answer_until = models.DateField("回答の期限")
    received_at = models.DateTimeField("受信日時")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(municipality_code__regex=r"^[0-9]{6}$"), name="juki_net_moveoutinfo_municipality"),
            models.UniqueConstraint(fields=["municipality_code", "certificate_id"], name="juki_net_moveoutinfo_once"),
        )
        indexes = (models.Index(fields=["answer_until"], name="juki_net_moveoutinfo_until"),)


class MoveOutSubject(models.Model):
    """転出証明書情報に載る人: by them it is found when another city asks."""

    web_grants = "SELECT, INSERT, DELETE"

    municipality_code = models.CharField("市町村コード", max_length=6, default=municipality_code)
    info = models.ForeignKey(MoveOutInfo, on_delete=models.PROTECT, related_name="subjects")
    record = models.ForeignKey(IdentityRecord, on_delete=models.PROTECT, related_name="move_outs")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(municipality_code__regex=r"^[0-9]{6}$"), name="juki_net_moveoutsubject_municipality"),
            models.UniqueConstraint(fields=["municipality_code", "info", "record"], name="juki_net_moveoutsubject_once"),
        )


class IssueBlock(models.Model):
    """発行抑止 — from which day nothing is handed out of somebody, as residents told last; not why (std 3.1). No part of file (2), nor joined to it.

    Keyed by the reference of the 住民票コード, as the record is: file (2) itself holds its 40 items and nothing else (F-2-02, F-2-07).
    """

    web_grants = "SELECT, INSERT, UPDATE"

    municipality_code = models.CharField("市町村コード", max_length=6, default=municipality_code)
    juminhyo_code_ref = models.BigIntegerField("住民票コード", db_comment="vault")
    prohibited_from = models.DateField("発行抑止の開始日", null=True, db_comment="NULL: released")
    told_at = models.DateTimeField("通知日時", db_comment="by the clock of residents")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(municipality_code__regex=r"^[0-9]{6}$"), name="juki_net_issueblock_municipality"),
            models.UniqueConstraint(fields=["municipality_code", "juminhyo_code_ref"], name="juki_net_issueblock_code"),
        )
