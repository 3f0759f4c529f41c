"""市の設定の表 — proposals, dated settings, offices, terminals, certifiers, towns, lots, buildings and code tables of one city. 標準1.3.1–1.3.9.

Every row holds for a period, both ends included; no end = until further notice. A change is a new row, so that what held
on any past day can be told.
"""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import BaseConstraint, CheckConstraint, F, Q, UniqueConstraint
from django.db.models.functions import Concat, Length

models.CharField.register_lookup(Length)


def _constraints(table: str, *natural: str, may_be_taken_back: bool = False) -> list[BaseConstraint]:
    """`may_be_taken_back`: a row of a dictionary that was changed or ended again on its first day never held, and ends on the day before it."""
    first = F("valid_from") - timedelta(days=1) if may_be_taken_back else F("valid_from")
    return [
        CheckConstraint(condition=Q(municipality_code__length=6), name=f"{table}_municipality"),
        CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gte=first), name=f"{table}_period"),
        *([UniqueConstraint(fields=["municipality_code", *natural], name=f"{table}_natural")] if natural else []),
    ]


def _written(*names: str) -> models.GeneratedField:
    """These columns as one text, kept by the database."""
    return models.GeneratedField(expression=Concat(*names), output_field=models.TextField(), db_persist=True)


class Dated(models.Model):
    """有効期間: from a day to a day, both included."""

    municipality_code = models.CharField("全国地方公共団体コード", max_length=6)
    valid_from = models.DateField("有効開始日")
    valid_to = models.DateField("有効終了日", null=True, blank=True)

    class Meta:
        abstract = True


class Proposal(Dated):
    """変更案: what an officer wants to hold from a day on, until another officer decides. One table for all that two persons change.

    Never changed but to be decided, once. `given` null = 廃止 from that day. `outcome` "" = it waits.
    """

    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE"

    class Outcome(models.TextChoices):
        APPROVED = "approved", "承認"
        DECLINED = "declined", "却下"
        WITHDRAWN = "withdrawn", "取下げ"

    about = models.CharField("対象", max_length=10)
    key = models.CharField("項目・コード", max_length=60)
    given = models.JSONField("内容", null=True)
    reason = models.CharField("理由", max_length=200)
    proposed_by = models.CharField("申請者", max_length=60)
    proposed_at = models.DateTimeField("申請日時")
    outcome = models.CharField("結果", max_length=9, choices=Outcome, default="", blank=True)
    decided_by = models.CharField("決定者", max_length=60, default="", blank=True)
    decided_at = models.DateTimeField("決定日時", null=True, blank=True)
    decision_reason = models.CharField("却下の理由", max_length=200, default="", blank=True)
    before = models.JSONField("決定の時の内容", null=True)

    class Meta:
        verbose_name = "変更案"
        constraints = [
            *_constraints("city_proposal"),
            CheckConstraint(condition=Q(about__in=["setting", "office", "terminal", "certifier"]), name="city_proposal_about"),
            CheckConstraint(
                condition=Q(outcome="", decided_by="", decided_at__isnull=True)
                | Q(outcome__in=["approved", "declined", "withdrawn"], decided_at__isnull=False) & ~Q(decided_by=""),
                name="city_proposal_decided",
            ),
            CheckConstraint(condition=~Q(outcome="approved", decided_by=F("proposed_by")), name="city_proposal_two_persons"),
        ]
        indexes = [
            models.Index(fields=["municipality_code", "id"], condition=Q(outcome=""), name="city_proposal_waiting"),
            models.Index(fields=["municipality_code", "about", "key", "-id"], name="city_proposal_of"),
        ]


class Setting(Dated):
    """設定値: what one officer proposed and another approved. Never changed: a correction is a newer row."""

    web_grants: ClassVar[str] = "SELECT, INSERT"

    key = models.CharField("項目", max_length=60)
    value = models.JSONField("値")
    reason = models.CharField("理由", max_length=200)
    entered_by = models.CharField("入力者", max_length=60)
    entered_at = models.DateTimeField("入力日時")
    approved_by = models.CharField("承認者", max_length=60)
    approved_at = models.DateTimeField("承認日時")

    class Meta:
        verbose_name = "設定値"
        constraints = [
            *_constraints("city_setting"),
            CheckConstraint(condition=~Q(entered_by="") & ~Q(approved_by="") & ~Q(approved_by=F("entered_by")), name="city_setting_two_persons"),
        ]
        indexes = [models.Index(fields=["municipality_code", "key", "-valid_from", "-id"], name="city_setting_lookup")]


class Office(Dated):
    """入力場所: 本庁, 支所, サービスセンター (std 1.3.1-01)."""

    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE"

    code = models.CharField("場所コード", max_length=12)
    name = models.CharField("名称", max_length=60)
    counter_name = models.CharField("窓口の名称", max_length=60, default="", blank=True)
    postal_code = models.CharField("郵便番号", max_length=7, default="", blank=True)
    address = models.CharField("所在地", max_length=120, default="", blank=True)
    order = models.PositiveSmallIntegerField("並び順", default=0)

    class Meta:
        verbose_name = "入力場所"
        constraints = _constraints("city_office", "code", "valid_from")


class Terminal(Dated):
    """入力端末: a machine at a counter; its name stands in the 発行番号 (std 1.3.1-02, 5.5-03)."""

    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE"

    code = models.CharField("端末コード", max_length=20)
    name = models.CharField("端末名", max_length=60)
    office_code = models.CharField("場所コード", max_length=12)
    printer = models.CharField("プリンタ番号", max_length=30, default="", blank=True)
    order = models.PositiveSmallIntegerField("並び順", default=0)

    class Meta:
        verbose_name = "入力端末"
        constraints = _constraints("city_terminal", "code", "valid_from")


class Certifier(Dated):
    """認証者: the mayor, or who acts for the mayor in a period (std 1.3.9). Title with the prefecture (5.6-04), name never empty (1.3.9-04)."""

    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE"

    class Kind(models.TextChoices):
        MAYOR = "mayor", "市区町村長"
        DEPUTY = "deputy", "職務代理者"

    kind = models.CharField("区分", max_length=6, choices=Kind)
    title = models.CharField("職名", max_length=60)
    name = models.CharField("氏名", max_length=60)
    seal_name = models.CharField("公印", max_length=60, default="", blank=True)

    class Meta:
        verbose_name = "認証者"
        constraints = [
            *_constraints("city_certifier", "kind", "valid_from"),
            CheckConstraint(condition=Q(kind__in=["mayor", "deputy"]), name="city_certifier_kind"),
            CheckConstraint(condition=~Q(title="") & ~Q(name=""), name="city_certifier_named"),
        ]


class Town(Dated):
    """住所辞書: one 町字, by its 11-digit code (prefecture 2, municipality 3, 大字 3, 小字 3; std 1.3.3-06). Old towns stay (1.3.3-03)."""

    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE"

    town_code = models.CharField("住所コード", max_length=11)
    prefecture = models.CharField("都道府県", max_length=10)
    municipality = models.CharField("市区町村", max_length=40)
    oaza = models.CharField("大字・町", max_length=60)
    koaza = models.CharField("小字・丁目", max_length=60, default="", blank=True)
    kana = models.CharField("カナ", max_length=120)
    postal_code = models.CharField("郵便番号", max_length=7, default="", blank=True)
    school_district = models.CharField("小学校区", max_length=20, null=True, blank=True)
    junior_high_school_district = models.CharField("中学校区", max_length=20, null=True, blank=True)
    polling_district = models.CharField("投票区", max_length=20, null=True, blank=True)
    administrative_district = models.CharField("行政区", max_length=20, null=True, blank=True)
    jurisdiction = models.CharField("管轄", max_length=20, null=True, blank=True)
    # What a clerk begins to type: the whole, from the municipality, from the 町. All Japan is 200,000 rows, asked at every key.
    whole = _written("prefecture", "municipality", "oaza", "koaza")
    from_municipality = _written("municipality", "oaza", "koaza")
    from_town = _written("oaza", "koaza")

    class Meta:
        verbose_name = "町字"
        constraints = [
            *_constraints("city_town", "town_code", "valid_from", may_be_taken_back=True),
            CheckConstraint(condition=Q(town_code__regex=r"^\d{11}$"), name="city_town_code"),
            CheckConstraint(condition=Q(postal_code__regex=r"^(\d{7})?$"), name="city_town_postal_code"),
        ]
        indexes = [
            models.Index(fields=["municipality_code", "postal_code"], name="city_town_postal"),
            *(
                models.Index(fields=[name], name=f"city_town_{name}", opclasses=["text_pattern_ops"])
                for name in ("whole", "from_municipality", "from_town", "kana")
            ),
        ]


class Building(Dated):
    """方書の辞書: a building and the address it stands at (std 1.3.4). From the city's own list, never from the sheets: those tell where somebody lives."""

    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE"

    address = models.CharField("住所", max_length=120)
    address_key = models.CharField("住所の検索キー", max_length=120)  # as Address.lot_key folds it; made anew with every edition
    name = models.CharField("方書", max_length=100)

    class Meta:
        verbose_name = "方書の辞書"
        constraints = [
            *_constraints("city_building", "address_key", "name", "valid_from", may_be_taken_back=True),
            CheckConstraint(condition=~Q(address_key="") & ~Q(name=""), name="city_building_named"),
        ]


class Lot(Dated):
    """番地の辞書: a 街区符号・住居番号 or a 地番 of a 町字, 特殊地番 (甲1番2) too, with its numbers for the order (std 1.3.2)."""

    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE"

    town_code = models.CharField("住所コード", max_length=11)
    kind = models.CharField("区分", max_length=10)
    lot = models.CharField("番地", max_length=60)
    before_numbers = models.CharField("番地の頭", max_length=60, default="", blank=True)
    numbers = ArrayField(models.BigIntegerField(), verbose_name="番地・枝番")

    class Meta:
        verbose_name = "番地の辞書"
        constraints = [
            *_constraints("city_lot", "town_code", "lot", "valid_from", may_be_taken_back=True),
            CheckConstraint(condition=Q(kind__in=["residence", "parcel"]) & ~Q(lot=""), name="city_lot_written"),
        ]


class DictionaryChange(models.Model):
    """辞書の変更: what a new edition or a row typed by hand adds, changes and ends in one dictionary from a day on, until another officer decides.

    `differences`: [{"before": row or null, "after": row or null}], each row by the names of the dictionary's columns. Never changed but to be
    decided, once.
    """

    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE"

    municipality_code = models.CharField("全国地方公共団体コード", max_length=6)
    dictionary = models.CharField("辞書", max_length=40)
    valid_from = models.DateField("適用日")
    source = models.CharField("出所", max_length=200)
    digest = models.CharField("ファイルのSHA-256", max_length=64, default="", blank=True)
    differences = models.JSONField("差分")
    unchanged = models.PositiveIntegerField("変わらない件数")
    reason = models.CharField("理由", max_length=200)
    proposed_by = models.CharField("申請者", max_length=60)
    proposed_at = models.DateTimeField("申請日時")
    outcome = models.CharField("結果", max_length=9, choices=Proposal.Outcome, default="", blank=True)
    decided_by = models.CharField("決定者", max_length=60, default="", blank=True)
    decided_at = models.DateTimeField("決定日時", null=True, blank=True)
    decision_reason = models.CharField("却下の理由", max_length=200, default="", blank=True)

    class Meta:
        verbose_name = "辞書の変更"
        constraints = [
            CheckConstraint(condition=Q(municipality_code__length=6), name="city_dictionary_change_municipality"),
            CheckConstraint(
                condition=Q(outcome="", decided_by="", decided_at__isnull=True)
                | Q(outcome__in=["approved", "declined", "withdrawn"], decided_at__isnull=False) & ~Q(decided_by=""),
                name="city_dictionary_change_decided",
            ),
            CheckConstraint(
                condition=~Q(outcome="approved", decided_by=F("proposed_by")),
                name="city_dictionary_change_two",
            ),
        ]
        indexes = [
            models.Index(fields=["municipality_code", "dictionary", "-id"], name="city_dictionary_change_of"),
            models.Index(fields=["municipality_code", "id"], condition=Q(outcome=""), name="city_dictionary_change_waits"),
        ]


class CodeEntry(Dated):
    """コード表: one code of one table (国名, 在留資格 …), for a period (std 1.3.3-02)."""

    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE"

    table = models.CharField("表", max_length=40)
    code = models.CharField("コード", max_length=20)
    ja = models.CharField("名称", max_length=100)
    order = models.PositiveIntegerField("並び順", default=0)

    class Meta:
        verbose_name = "コード"
        constraints = _constraints("city_codeentry", "table", "code", "valid_from", may_be_taken_back=True)
