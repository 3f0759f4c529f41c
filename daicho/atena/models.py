"""統合宛名の表 — who has which number, and the basic items; nothing else has a place here. F-1-07, S4-01, S4-02; 番号法第9条.

What may stand in these tables is listed, independently of them, in tests/atena/test_basic_items_only.py: a column beyond that
list fails there. 個人番号 are references into the vault (design §6).
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from daicho.atena.rules.basics import Basics
from daicho.atena.rules.legal_use import LegalUse
from daicho.values.dates import JapaneseDate


def municipality_code() -> str:
    return str(settings.INSTALLATION.municipality_code)


class OfMunicipality(models.Model):
    """What every table of a city carries: whose it is (design §2)."""

    municipality_code = models.CharField("全国地方公共団体コード", max_length=6, default=municipality_code)

    class Meta:
        abstract = True
        constraints = (models.CheckConstraint(condition=Q(municipality_code__regex=r"^[0-9]{6}$"), name="%(app_label)s_%(class)s_municipality"),)


class IntegratedPerson(OfMunicipality):
    """統合宛名 — one person under one number, with the 5情報. Never deleted and never numbered anew, also when removed from the register."""

    web_grants = "SELECT, INSERT, UPDATE"

    public_id = models.UUIDField(default=uuid.uuid4, editable=False)
    integrated_atena_no = models.CharField("団体内統合宛名番号", max_length=15)
    name = models.TextField("氏名", null=True)
    name_furigana = models.TextField("氏名の振り仮名", null=True)
    birth_date = models.TextField("生年月日", db_comment="JapaneseDate.encode()")
    sex_code = models.CharField("性別", max_length=1)
    address = models.TextField("住所")
    removed_on = models.DateField("消除日", null=True, db_comment="may lie ahead (転出予定)")
    as_of = models.DateTimeField("基準日時", null=True, db_comment="of the register's last word; NULL: it never told of them (住登外)")
    numbered_at = models.DateTimeField("付番日時")
    united_with = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="統合先", db_index=False)
    # 検索キー: made of the items above (rules/basics.py), and of nothing else
    name_key = models.TextField("氏名の検索キー")
    furigana_key = models.TextField("振り仮名の検索キー")
    address_key = models.TextField("住所の検索キー")
    birth_first = models.DateField("生年月日の最初の日")
    birth_last = models.DateField("生年月日の最後の日")
    key_version = models.SmallIntegerField("検索キーの版")

    class Meta(OfMunicipality.Meta):
        constraints = (
            *OfMunicipality.Meta.constraints,
            models.CheckConstraint(condition=Q(integrated_atena_no__regex=r"^[0-9]{15}$"), name="atena_integratedperson_digits"),
            models.UniqueConstraint(fields=["municipality_code", "integrated_atena_no"], name="atena_integratedperson_no"),
            models.UniqueConstraint(fields=["municipality_code", "public_id"], name="atena_integratedperson_public"),
        )
        indexes = (
            models.Index(fields=["municipality_code", "name_key"], opclasses=["varchar_ops", "text_pattern_ops"], name="atena_person_name"),
            models.Index(fields=["municipality_code", "furigana_key"], opclasses=["varchar_ops", "text_pattern_ops"], name="atena_person_furigana"),
            models.Index(fields=["municipality_code", "birth_first"], name="atena_person_birth"),
            # Few, and their ranges are wide: with the others they would make every search of a birth date read from the beginning.
            models.Index(fields=["municipality_code", "birth_first"], condition=Q(birth_first__lt=F("birth_last")), name="atena_person_uncertain_birth"),
        )

    def to_value(self) -> Basics:
        return Basics(self.name, self.name_furigana, JapaneseDate.decode(self.birth_date), self.sex_code, self.address)


class HeldNumber(OfMunicipality):
    """個人番号の登録 — whose a 個人番号 is, or was before it was changed (番号法第7条第2項): it leads to one person for good."""

    web_grants = "SELECT, INSERT, UPDATE"

    person = models.ForeignKey(IntegratedPerson, on_delete=models.PROTECT, related_name="numbers", db_index=False)
    individual_number_ref = models.BigIntegerField("個人番号", db_comment="vault")
    since = models.DateTimeField("登録日時")
    until = models.DateTimeField("変更日時", null=True, db_comment="NULL: in use")

    class Meta(OfMunicipality.Meta):
        constraints = (
            *OfMunicipality.Meta.constraints,
            models.UniqueConstraint(fields=["municipality_code", "individual_number_ref"], name="atena_heldnumber_ref"),
            models.UniqueConstraint(fields=["municipality_code", "person"], condition=Q(until__isnull=True), name="atena_heldnumber_in_use"),
        )
        indexes = (models.Index(fields=["person"], name="atena_heldnumber_person"),)


class AffairAtena(OfMunicipality):
    """業務の宛名番号 — by which number an affair knows the person (S4-02)."""

    web_grants = "SELECT, INSERT, UPDATE"

    person = models.ForeignKey(IntegratedPerson, on_delete=models.PROTECT, related_name="affairs", db_index=False)
    affair_code = models.CharField("事務コード", max_length=20)
    atena_no = models.CharField("宛名番号", max_length=15)
    joined_at = models.DateTimeField("紐付け日時")

    class Meta(OfMunicipality.Meta):
        constraints = (
            *OfMunicipality.Meta.constraints,
            models.UniqueConstraint(fields=["municipality_code", "affair_code", "atena_no"], name="atena_affairatena_no"),
        )
        indexes = (models.Index(fields=["person"], name="atena_affairatena_person"),)


class NumberDouble(OfMunicipality):
    """個人番号の重複 — a person was told with the 個人番号 of another: a clerk decides, nothing is merged by itself."""

    web_grants = "SELECT, INSERT, UPDATE"

    public_id = models.UUIDField(default=uuid.uuid4, editable=False)
    holder = models.ForeignKey(IntegratedPerson, on_delete=models.PROTECT, related_name="+", verbose_name="先に登録した人", db_index=False)
    claimant = models.ForeignKey(IntegratedPerson, on_delete=models.PROTECT, related_name="+", verbose_name="後から名のった人", db_index=False)
    individual_number_ref = models.BigIntegerField("個人番号", db_comment="vault")
    affair_code = models.CharField("名のった事務", max_length=20)
    found_at = models.DateTimeField("検出日時")
    decision = models.CharField("判断", max_length=10, null=True)
    reason = models.TextField("判断の理由", null=True)
    decided_by = models.CharField("判断した職員", max_length=60, null=True)
    decided_at = models.DateTimeField("判断日時", null=True)

    class Meta(OfMunicipality.Meta):
        constraints = (
            *OfMunicipality.Meta.constraints,
            models.UniqueConstraint(fields=["municipality_code", "public_id"], name="atena_numberdouble_public"),
            models.UniqueConstraint(
                fields=["municipality_code", "claimant", "individual_number_ref"], condition=Q(decided_at__isnull=True), name="atena_numberdouble_open"
            ),
            models.CheckConstraint(
                condition=Q(decision__isnull=True, reason__isnull=True, decided_by__isnull=True, decided_at__isnull=True)
                | Q(decision__isnull=False, reason__isnull=False, decided_by__isnull=False, decided_at__isnull=False),
                name="atena_numberdouble_decided",
            ),
        )


class LegalUseEntry(OfMunicipality):
    """個人番号を利用できる事務 — one dated entry of the list, in force once a second officer approved it. 番号法第9条第1項 別表; S4-06."""

    web_grants = "SELECT, INSERT, UPDATE"

    department_code = models.CharField("部署コード", max_length=20)
    department_ja = models.CharField("部署", max_length=100)
    affair_code = models.CharField("事務コード", max_length=20)
    affair_ja = models.CharField("事務", max_length=200)
    legal_basis = models.CharField("根拠法令", max_length=200)
    valid_from = models.DateField("開始日")
    allowed = models.BooleanField("利用できる", db_comment="false: from that day no longer")
    reason = models.CharField("理由", max_length=200)
    entered_by = models.CharField("入力した職員", max_length=60)
    entered_at = models.DateTimeField("入力日時")
    approved_by = models.CharField("承認した職員", max_length=60, null=True)
    approved_at = models.DateTimeField("承認日時", null=True)

    class Meta(OfMunicipality.Meta):
        constraints = (
            *OfMunicipality.Meta.constraints,
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | (Q(approved_by__isnull=False, approved_at__isnull=False) & ~Q(approved_by=F("entered_by"))),
                name="atena_legaluseentry_two_officers",
            ),
        )
        indexes = (models.Index(fields=["municipality_code", "department_code", "affair_code", "valid_from"], name="atena_legaluse_order"),)

    def to_value(self) -> LegalUse:
        return LegalUse(self.pk, self.department_code, self.department_ja, self.affair_code, self.affair_ja, self.legal_basis, self.valid_from, self.allowed)


class IssueBlock(OfMunicipality):
    """発行抑止 — from which day nothing is handed out of somebody of the register, as residents told last; not why. 標準仕様3.2; decision 0042."""

    web_grants = "SELECT, INSERT, UPDATE"

    atena_no = models.CharField("住民基本台帳の宛名番号", max_length=15)
    prohibited_from = models.DateField("発行抑止の開始日", null=True, db_comment="NULL: released")
    told_at = models.DateTimeField("通知日時", db_comment="by the clock of residents")

    class Meta(OfMunicipality.Meta):
        constraints = (
            *OfMunicipality.Meta.constraints,
            models.UniqueConstraint(fields=["municipality_code", "atena_no"], name="atena_issueblock_no"),
        )
