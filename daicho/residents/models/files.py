"""外へ渡した資料 — every file made of the register: whose, for what, its digest, and the day it must be gone. F-1-17, F-2-13; design §6."""

from __future__ import annotations

import uuid

from django.db import models

from daicho.residents.models.columns import of_a_city


class ExportedFile(models.Model):
    """資料の登録: no file without owner, digest, purpose and expiry. INSERT only; the file itself is not kept here."""

    municipality_code = models.CharField(max_length=6)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    layout = models.CharField("様式", max_length=40)
    owner = models.CharField("管理者", max_length=80)
    purpose = models.TextField("利用目的")
    digest = models.CharField("要約値（SHA-256）", max_length=64)
    rows = models.IntegerField("件数")
    holds_numbers = models.BooleanField("番号を含む")
    made_at = models.DateTimeField("作成日時")
    expires_on = models.DateField("廃棄期限")
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [of_a_city("exported_file")]
        indexes = [models.Index(fields=["expires_on"], name="exported_file_expiry")]
