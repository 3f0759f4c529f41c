"""採番 — the Django application. App label: numbering."""

from django.apps import AppConfig


class NumberingConfig(AppConfig):
    name = "daicho.numbering"
    label = "numbering"
    verbose_name = "採番"
