"""処分情報 — what became of a copy that was spoiled, given out by mistake or taken back. std 1.3.8 (N-1.3.8-11)."""

from __future__ import annotations

from django.db import models

from daicho.residents.models.columns import of_a_city
from daicho.residents.models.convenience import ConvenienceIssue
from daicho.residents.models.counter import CertificateIssue
from daicho.residents.rules.disposals import DISPOSALS


class IssueDisposal(models.Model):
    """One record of it, beside the 交付履歴 of the counter or of a shop, which stays as it was. INSERT only: a slip is put right by a further one."""

    municipality_code = models.CharField(max_length=6)
    certificate = models.ForeignKey(CertificateIssue, models.PROTECT, null=True, related_name="disposals")
    convenience = models.ForeignKey(ConvenienceIssue, models.PROTECT, null=True, related_name="disposals")
    kind = models.CharField("処分", max_length=16, choices=DISPOSALS)
    reason = models.TextField("処分の理由")
    recorded_by = models.CharField("記録した職員", max_length=80)
    recorded_at = models.DateTimeField("記録日時")
    office_code = models.CharField(max_length=20)
    terminal = models.CharField(max_length=40)
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(certificate__isnull=True) ^ models.Q(convenience__isnull=True), name="disposal_of_one"),
            of_a_city("disposal"),
        ]
