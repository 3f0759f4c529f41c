"""コンビニ交付の交付履歴の表 — what konbini answered, as it told this room. std 1.3.8; S5-03."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from daicho.residents.models.columns import of_a_city
from daicho.residents.models.record import Person


class ConvenienceIssue(models.Model):
    """コンビニ交付の交付履歴: what konbini answered to a request of this person's card, a refusal too. INSERT only (std 1.3.8; S5-03).

    `concerns`: public ids of the card's holder, first, and of everybody whom the paper shows. A refusal has neither 発行番号 nor digests.
    """

    municipality_code = models.CharField(max_length=6)
    person = models.ForeignKey(Person, models.PROTECT, related_name="convenience_issues")
    request_no = models.CharField("請求番号", max_length=60)
    history_no = models.IntegerField("履歴番号")
    kind = models.CharField(max_length=40)
    chosen = models.JSONField("記載した事項")
    code = models.CharField("回答", max_length=3)
    concerns = models.JSONField("関わる人")
    shop_code = models.CharField("店舗", max_length=20)
    terminal_code = models.CharField("端末", max_length=20)
    answered_at = models.DateTimeField()
    certificate_no = models.CharField("発行番号", max_length=60, null=True)
    pages = models.IntegerField(null=True)
    fee_yen = models.IntegerField("手数料", null=True)
    document_digest = models.TextField(null=True)
    definition_digest = models.TextField(null=True)
    template_digest = models.TextField(null=True)
    font_digest = models.TextField(null=True)
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality_code", "request_no"], name="convenience_request_no"),
            of_a_city("convenience"),
        ]
        indexes = [
            models.Index(fields=["person", "answered_at"], name="convenience_of_person"),
            models.Index(fields=["municipality_code", "answered_at"], name="convenience_answered_at"),
            GinIndex(fields=["concerns"], name="convenience_concerns"),
        ]
