"""処理の実行記録 — one row per run of a job. 標準9.1 (N-9.1-06, -10, -11)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q
from django.db.models.functions import Length

models.CharField.register_lookup(Length)


class Run(models.Model):
    """実行: when, for which day, with what, by whom, and how it ended. A run cut off stays 'running' until the next finds it."""

    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE"

    class Outcome(models.TextChoices):
        RUNNING = "running", "実行中"
        DONE = "done", "正常終了"
        FAILED = "failed", "異常終了"
        INTERRUPTED = "interrupted", "中断"

    municipality_code = models.CharField("全国地方公共団体コード", max_length=6)
    job = models.CharField("処理名", max_length=60)
    for_date = models.DateField("処理対象日")
    parameters = models.JSONField("パラメータ", default=dict)
    started_by = models.CharField("起動者", max_length=60)
    terminal = models.CharField("処理端末", max_length=60, default="", blank=True)
    started_at = models.DateTimeField("開始日時")
    finished_at = models.DateTimeField("終了日時", null=True, blank=True)
    outcome = models.CharField("結果", max_length=12, choices=Outcome, default=Outcome.RUNNING)
    counts = models.JSONField("件数", default=dict)
    error = models.CharField("エラー", max_length=300, default="", blank=True)

    class Meta:
        verbose_name = "実行記録"
        constraints = [
            CheckConstraint(condition=Q(municipality_code__length=6), name="jobs_run_municipality"),
            CheckConstraint(
                condition=Q(outcome="running", finished_at__isnull=True) | Q(outcome__in=["done", "failed", "interrupted"], finished_at__isnull=False),
                name="jobs_run_finished",
            ),
        ]
        indexes = [models.Index(fields=["municipality_code", "job", "-for_date", "-id"], name="jobs_run_lookup")]
