"""処理の実行記録 — one row per run of a job. 標準9.1 (N-9.1-06, -10, -11)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q
from django.db.models.functions import Length

from daicho.jobs.schedule import Schedule

models.CharField.register_lookup(Length)


class Reservation(models.Model):
    """予約: a job's time as an officer set it, beside the one it is declared with. Never changed: cancelled, and made anew (N-9.1-01 … -04)."""

    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE"

    class When(models.TextChoices):
        NOW = "now", "すぐに"
        ONCE = "once", "日時を指定"
        DAILY = "daily", "毎日"
        WEEKLY = "weekly", "毎週"
        MONTHLY = "monthly", "毎月"
        MONTH_END = "month_end", "毎月末"

    municipality_code = models.CharField("全国地方公共団体コード", max_length=6)
    job = models.CharField("処理名", max_length=60)
    when = models.CharField("起動の指定", max_length=10, choices=When)
    at = models.TimeField("時刻")
    on = models.DateField("日付", null=True, blank=True)
    weekday = models.PositiveSmallIntegerField("曜日", null=True, blank=True)
    day_of_month = models.PositiveSmallIntegerField("日", null=True, blank=True)
    open_days_only = models.BooleanField("閉庁日は翌開庁日に行う", default=False)
    parameters = models.JSONField("パラメータ", default=dict)
    reserved_by = models.CharField("予約した人", max_length=60)
    terminal = models.CharField("端末", max_length=60, default="", blank=True)
    reserved_at = models.DateTimeField("予約日時")
    cancelled_by = models.CharField("取り消した人", max_length=60, default="", blank=True)
    cancelled_at = models.DateTimeField("取消日時", null=True, blank=True)

    class Meta:
        verbose_name = "予約"
        constraints = [
            CheckConstraint(condition=Q(municipality_code__length=6), name="jobs_reservation_municipality"),
            CheckConstraint(
                condition=Q(when__in=["now", "once"], on__isnull=False, weekday=None, day_of_month=None)
                | Q(when="weekly", weekday__range=(0, 6), on=None, day_of_month=None)
                | Q(when="monthly", day_of_month__range=(1, 31), on=None, weekday=None)
                | Q(when__in=["daily", "month_end"], on=None, weekday=None, day_of_month=None),
                name="jobs_reservation_when",
            ),
        ]
        indexes = [models.Index(fields=["municipality_code", "job"], condition=Q(cancelled_at__isnull=True), name="jobs_reservation_standing")]

    def schedule(self) -> Schedule:
        """When it is due; a missed day is made up for once."""
        return Schedule(
            self.at,
            weekdays=frozenset(range(7)) if self.weekday is None else frozenset({self.weekday}),
            days_of_month=frozenset() if self.day_of_month is None else frozenset({self.day_of_month}),
            month_end=self.when == self.When.MONTH_END,
            open_days_only=self.open_days_only,
            each_missed_day=False,
            only_on=self.on,
        )


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
    reservation = models.ForeignKey(Reservation, null=True, blank=True, on_delete=models.PROTECT, related_name="runs", db_index=False)
    for_date = models.DateField("処理対象日")
    parameters = models.JSONField("パラメータ", default=dict)
    started_by = models.CharField("起動者", max_length=60)
    terminal = models.CharField("処理端末", max_length=60, default="", blank=True)
    started_at = models.DateTimeField("開始日時")
    finished_at = models.DateTimeField("終了日時", null=True, blank=True)
    outcome = models.CharField("結果", max_length=12, choices=Outcome, default=Outcome.RUNNING)
    counts = models.JSONField("件数", default=dict)
    error = models.CharField("エラー", max_length=300, default="", blank=True)
    alarm_told_at = models.DateTimeField("通報日時", null=True, blank=True)

    class Meta:
        verbose_name = "実行記録"
        constraints = [
            CheckConstraint(condition=Q(municipality_code__length=6), name="jobs_run_municipality"),
            CheckConstraint(
                condition=Q(outcome="running", finished_at__isnull=True) | Q(outcome__in=["done", "failed", "interrupted"], finished_at__isnull=False),
                name="jobs_run_finished",
            ),
        ]
        indexes = [
            models.Index(fields=["municipality_code", "job", "-for_date", "-id"], name="jobs_run_lookup"),
            models.Index(
                fields=["municipality_code", "id"], condition=Q(outcome__in=["failed", "interrupted"], alarm_told_at__isnull=True), name="jobs_run_to_tell"
            ),
        ]
