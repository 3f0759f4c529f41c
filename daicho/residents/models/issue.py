"""交付のあと — what became of a copy that was spoiled, given out by mistake or taken back, and when all issuing stood still. std 1.3.8 (N-1.3.8-11); A-05."""

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


class IssueStop(models.Model):
    """交付の停止: a paper was about to leave that was not the one asked for. While one stands open nothing is issued or handed over (A-05).

    `found`: the names of what did not fit, nothing about a person. `copy`: the paper's name, also where no row of it is on record.
    """

    municipality_code = models.CharField(max_length=6)
    copy = models.UUIDField("停止の元となった文書")
    found = models.JSONField("合わなかったもの")
    stopped_at = models.DateTimeField("停止日時")
    stopped_by = models.CharField("交付していた職員", max_length=80)
    terminal = models.CharField(max_length=40)
    lifted_at = models.DateTimeField("再開日時", null=True)
    lifted_by = models.CharField("再開した者", max_length=80, null=True)
    reason = models.TextField("再開の理由", null=True)
    web_grants = "SELECT, INSERT, UPDATE"

    class Meta:
        constraints = [of_a_city("issue_stop")]
        indexes = [models.Index(fields=["municipality_code"], name="issue_stop_open", condition=models.Q(lifted_at__isnull=True))]
