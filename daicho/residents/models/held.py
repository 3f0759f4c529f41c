"""手元の写しと束 — the bytes of a copy, sealed in the vault until its print is known to be good or its time is over; and papers that leave together. design §7; decision 0052."""

from __future__ import annotations

from django.db import models

from daicho.residents.models.columns import of_a_city
from daicho.residents.models.counter import CertificateIssue


class HeldCopy(models.Model):
    """One copy on paper. `payload_ref`: into the vault, where the key is destroyed with the copy (`erased_at`)."""

    municipality_code = models.CharField(max_length=6)
    certificate = models.OneToOneField(CertificateIssue, models.PROTECT, related_name="held")
    payload_ref = models.BigIntegerField()
    held_until = models.DateTimeField("保持の期限")
    erased_at = models.DateTimeField("消去日時", null=True)
    web_grants = "SELECT, INSERT, UPDATE"

    class Meta:
        constraints = [of_a_city("held_copy")]
        indexes = [models.Index(fields=["held_until"], condition=models.Q(erased_at__isnull=True), name="held_copy_due")]


class Bundle(models.Model):
    """束: papers that leave together, or one that leaves once more: what was asked, which copies in which order, the bytes. INSERT only (decision 0052)."""

    municipality_code = models.CharField(max_length=6)
    public_id = models.UUIDField(unique=True)
    kind = models.CharField(
        "束の種類", max_length=8, choices=[("copies", "複数部"), ("reprint", "印刷し直し"), ("bulk", "まとめて交付"), ("letters", "通知書")]
    )
    request_digest = models.TextField("請求の要約値")
    copies = models.JSONField("写し")
    delivered_digest = models.TextField("渡した文書の要約値")
    made_at = models.DateTimeField("作成日時")
    made_by = models.CharField("職員", max_length=80)
    terminal = models.CharField(max_length=40)
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [of_a_city("bundle")]
