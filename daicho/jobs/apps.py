"""処理 — the Django application. App label: jobs."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "daicho.jobs"
    label = "jobs"
    verbose_name = "バッチ処理"
