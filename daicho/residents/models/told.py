"""更新順番号 — which of a person's changes were told to 市町村CS, in which order, without a gap. file (2) item 29; F-2-22."""

from __future__ import annotations

from django.db import models

from daicho.residents.models.columns import of_a_city
from daicho.residents.models.record import Person


class ToldIdentity(models.Model):
    """One update of 本人確認情報 that was posted. INSERT only; the number is the person's own, from 1."""

    municipality_code = models.CharField(max_length=6)
    person = models.ForeignKey(Person, models.PROTECT, related_name="told")
    update_sequence_no = models.IntegerField("更新順番号")
    history_no = models.IntegerField("履歴番号")
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "update_sequence_no"], name="told_once"),
            of_a_city("told_identity"),
        ]
