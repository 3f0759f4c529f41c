"""照会許可用照合リストの表 — who may ask what, as dated law, and which institution is which kind of inquirer. 番号法第19条第8号, 命令第2条の表; E-01, H-01, H-17.

A list is loaded whole, as one edition; the newest edition counts, and what was judged by an older one keeps pointing at it.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from daicho.chukan.models.columns import OfMunicipality


class ListEdition(OfMunicipality):
    """版: one file taken in, by whom and with which digest."""

    web_grants = "SELECT, INSERT"

    class Kind(models.TextChoices):
        PROVISIONS = "provisions", "照会許可用照合リスト"
        INQUIRERS = "inquirers", "照会者の機関"

    kind = models.CharField("種類", max_length=12, choices=Kind)
    edition_no = models.IntegerField("版")
    loaded_at = models.DateTimeField("取込日時")
    loaded_by = models.CharField("取込者", max_length=80)
    digest = models.CharField("要約値（SHA-256）", max_length=64)
    rows = models.IntegerField("行数")

    class Meta(OfMunicipality.Meta):
        constraints: ClassVar = [
            *OfMunicipality.Meta.constraints,
            models.UniqueConstraint(fields=["municipality_code", "kind", "edition_no"], name="chukan_listedition_no"),
        ]


class ListedProvision(OfMunicipality):
    """照合リストの行: one item of one version of the law, in force from a day to a day, both included. Undecided rows permit nothing."""

    web_grants = "SELECT, INSERT"

    edition = models.ForeignKey(ListEdition, on_delete=models.PROTECT, related_name="provisions", db_index=False)
    law_version = models.CharField("法令の版", max_length=40)
    basis_ja = models.CharField("根拠", max_length=100)
    item_no = models.CharField("項番", max_length=10)
    valid_from = models.DateField("効力の始まり")
    valid_to = models.DateField("効力の終わり", null=True)
    inquirer_ja = models.CharField("情報照会者", max_length=200)
    inquirer_kinds = models.CharField("照会者の種別", max_length=200)
    affair_ja = models.CharField("事務", max_length=200)
    affair_code = models.CharField("事務コード", max_length=16)
    procedure_code = models.CharField("事務手続コード", max_length=16)
    information_ja = models.CharField("特定個人情報", max_length=100)
    information_code = models.CharField("特定個人情報名コード", max_length=16)
    items = models.CharField("提供する項目", max_length=400)
    decided = models.BooleanField("照会者と事務を確認済み")

    class Meta(OfMunicipality.Meta):
        constraints: ClassVar = [
            *OfMunicipality.Meta.constraints,
            models.UniqueConstraint(
                fields=["municipality_code", "edition", "law_version", "item_no", "procedure_code", "information_code"], name="chukan_listedprovision_natural"
            ),
            models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="chukan_listedprovision_period"),
        ]


class Inquirer(OfMunicipality):
    """照会者の機関: a code of the network, its name, and as which kinds of inquirer it may ask. 機関別設定情報 (S3-10)."""

    web_grants = "SELECT, INSERT"

    edition = models.ForeignKey(ListEdition, on_delete=models.PROTECT, related_name="inquirers", db_index=False)
    institution_code = models.CharField("機関コード", max_length=16)
    name_ja = models.CharField("名称", max_length=100)
    kinds = models.CharField("照会者の種別", max_length=200)
    valid_from = models.DateField("効力の始まり")
    valid_to = models.DateField("効力の終わり", null=True)

    class Meta(OfMunicipality.Meta):
        constraints: ClassVar = [
            *OfMunicipality.Meta.constraints,
            models.UniqueConstraint(fields=["municipality_code", "edition", "institution_code", "valid_from"], name="chukan_inquirer_natural"),
            models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="chukan_inquirer_period"),
        ]
