"""交付履歴の訂正 — who asked, by what right, for what: put right by a row beside the 交付履歴, which stays as it was. std 1.3.8, 8.1.1 (N-8.1.1-05)."""

from __future__ import annotations

from django.db import models

from daicho.residents.models.columns import of_a_city
from daicho.residents.models.counter import CertificateIssue
from daicho.residents.rules.issue_corrections import ITEMS


class IssueCorrection(models.Model):
    """One item of one copy's record as it should have been entered. INSERT only: a slip in a correction is put right by the next.

    Whoever tells of an issue reads `queries/issue_corrections.corrections_of` with it and says what `as_corrected` gives: the classes 本人・代理人・第三者
    of 本人通知 come from the corrected 資格.
    """

    municipality_code = models.CharField(max_length=6)
    certificate = models.ForeignKey(CertificateIssue, models.PROTECT, related_name="corrections")
    item = models.CharField("訂正した項目", max_length=16, choices=ITEMS)
    was = models.TextField("訂正前")
    becomes = models.TextField("訂正後")
    reason = models.TextField("訂正の理由")
    recorded_by = models.CharField("記録した職員", max_length=80)
    recorded_at = models.DateTimeField("記録日時")
    office_code = models.CharField(max_length=20)
    terminal = models.CharField(max_length=40)
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [of_a_city("issue_correction")]
