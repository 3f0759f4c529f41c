"""外へ渡した資料 — every file made of the replicas: whose, for what, its digest, and the day it must be gone. F-1-59, G-20; design §6."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from daicho.chukan.models.columns import OfMunicipality


class ExportedFile(OfMunicipality):
    """資料の登録: no file without owner, digest, purpose and expiry. INSERT only; the file itself is not kept here."""

    web_grants = "SELECT, INSERT"

    layout = models.CharField("様式", max_length=40)
    owner = models.CharField("管理者", max_length=80)
    purpose = models.TextField("利用目的")
    digest = models.CharField("要約値（SHA-256）", max_length=64)
    rows = models.IntegerField("件数")
    made_at = models.DateTimeField("作成日時")
    expires_on = models.DateField("廃棄期限")

    class Meta(OfMunicipality.Meta):
        constraints: ClassVar = [*OfMunicipality.Meta.constraints]
