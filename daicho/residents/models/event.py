"""異動 — what happened: one row for each event recorded, INSERT only. 住民基本台帳法第8条; std 1.2.1, 1.2.2."""

from __future__ import annotations

from django.db import models

from daicho.residents.models.columns import JapaneseDateField, of_a_city


class CivilEvent(models.Model):
    """One 異動 as recorded. `definition` names the definition it was made with; the filing's own paper is apart (design §3)."""

    municipality_code = models.CharField(max_length=6)
    code = models.CharField("異動事由", max_length=40)
    standard_code = models.CharField("異動事由（標準）", max_length=40)
    definition = models.CharField(max_length=60)
    basis = models.CharField("届出・職権等の別", max_length=8)
    effect = models.CharField("記載等の別", max_length=8)
    effective_on = JapaneseDateField("異動日")
    filed_on = models.DateField("届出日等", null=True)
    recorded_at = models.DateTimeField("処理日時")
    office_code = models.CharField("入力場所", max_length=20)
    terminal = models.CharField("入力端末", max_length=40)
    entered_by = models.CharField("入力者", max_length=80)
    examined_by = models.CharField("照合者", max_length=80)
    source = models.CharField(max_length=80)
    filing_no = models.BigIntegerField("異動届番号", null=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrected_by")
    cancels = models.ForeignKey("self", models.PROTECT, null=True, related_name="cancelled_by")
    request_key = models.UUIDField(unique=True)
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [of_a_city("event")]
        indexes = [
            models.Index(fields=["recorded_at"], name="event_recorded_at"),
            models.Index(fields=["effective_on"], name="event_effective_on"),
            models.Index(fields=["filed_on"], condition=models.Q(filed_on__isnull=False), name="event_filed_on"),
        ]
