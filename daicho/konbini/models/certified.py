"""証明データの表 — the newest of each person, and who is held by a 仮登録. 住民基本台帳法第12条; S5-01.

What paper can show lies sealed in the vault; what stands here is what a request is judged by.
"""

from __future__ import annotations

import uuid

from django.db import models

from daicho.konbini.models.city import OfMunicipality
from daicho.konbini.rules.standing import Standing


class CertifiedPerson(OfMunicipality):
    """証明データ: one row for each person, replaced by a later 履歴番号. Nothing older is kept: its seal is broken when the new one comes."""

    web_grants = "SELECT, INSERT, UPDATE"

    public_id = models.UUIDField(default=uuid.uuid4, editable=False)
    atena_no = models.CharField("宛名番号", max_length=15)
    history_no = models.IntegerField("履歴番号")
    household_no = models.CharField("世帯番号", max_length=15, null=True)
    order_in_household = models.IntegerField("世帯内順序", null=True)
    card_ref = models.BigIntegerField("利用者証明用電子証明書シリアル番号", null=True, db_comment="vault")
    closes_on = models.DateField("消除日", null=True)
    is_prohibited = models.BooleanField("発行禁止")
    entries_ref = models.BigIntegerField("記載事項", null=True, db_comment="vault: CertifiedEntries, sealed; none of who is removed")
    told_at = models.DateTimeField("通知日時", db_comment="by the clock of residents")
    taken_at = models.DateTimeField("反映日時")

    class Meta(OfMunicipality.Meta):
        verbose_name = "証明データ"
        constraints = (
            *OfMunicipality.Meta.constraints,
            models.UniqueConstraint(fields=["municipality_code", "atena_no"], name="konbini_certified_atena"),
            models.UniqueConstraint(fields=["municipality_code", "public_id"], name="konbini_certified_public"),
            models.UniqueConstraint(fields=["municipality_code", "card_ref"], name="konbini_certified_card"),
        )
        indexes = (models.Index(fields=["municipality_code", "household_no"], name="konbini_certified_household"),)

    def to_value(self, *, is_held: bool, is_blocked: bool, is_waited_for: bool) -> Standing:
        """How this person stands, as the rules judge it."""
        return Standing(self.closes_on, self.is_prohibited or is_blocked, is_held, is_waited_for)


class Hold(OfMunicipality):
    """仮登録中の人: whether a filing holds somebody, as residents told last. Nothing of what was filed (F-1-02)."""

    web_grants = "SELECT, INSERT, UPDATE"

    atena_no = models.CharField("宛名番号", max_length=15)
    is_held = models.BooleanField("仮登録中")
    told_at = models.DateTimeField("通知日時", db_comment="by the clock of residents")

    class Meta(OfMunicipality.Meta):
        verbose_name = "仮登録中の人"
        constraints = (
            *OfMunicipality.Meta.constraints,
            models.UniqueConstraint(fields=["municipality_code", "atena_no"], name="konbini_hold_atena"),
        )


class IssueBlock(OfMunicipality):
    """発行抑止: from which day nothing is handed out of somebody, as residents told last; also of who is not known here yet. Not why (std 3.1)."""

    web_grants = "SELECT, INSERT, UPDATE"

    atena_no = models.CharField("宛名番号", max_length=15)
    prohibited_from = models.DateField("発行抑止の開始日", null=True, db_comment="NULL: released")
    told_at = models.DateTimeField("通知日時", db_comment="by the clock of residents")

    class Meta(OfMunicipality.Meta):
        verbose_name = "発行抑止"
        constraints = (
            *OfMunicipality.Meta.constraints,
            models.UniqueConstraint(fields=["municipality_code", "atena_no"], name="konbini_issueblock_atena"),
        )
