"""消除の処理 — when a sheet became a 除票, in the order in which it was processed. 住民基本台帳法第8条, 第15条の2; std 1.1.5 (N-1.1.5-11)."""

from __future__ import annotations

from django.db import models

from daicho.residents.models.columns import of_a_city
from daicho.residents.models.event import CivilEvent
from daicho.residents.models.record import Sheet


class Removal(models.Model):
    """One closing that took effect and was told. INSERT only. `history_no`: the version that says `closed_on`; said again, it is processed again.

    A 転出 closes its sheet on a day ahead; until then there is no row, and by it the job finds what is due (jobs.py).
    """

    municipality_code = models.CharField(max_length=6)
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="removals")
    event = models.ForeignKey(CivilEvent, models.PROTECT, related_name="removals")
    history_no = models.IntegerField("履歴番号")
    closed_on = models.DateField("消除日")
    processed_at = models.DateTimeField("処理日時")
    web_grants = "SELECT, INSERT"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "history_no"], name="removal_once"),
            of_a_city("removal"),
        ]
        indexes = [models.Index(fields=["processed_at"], name="removal_processed_at")]
