"""送達 — the Django application of the post room. 住民基本台帳法第30条の6."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "daicho.outbox"
    label = "outbox"
    verbose_name = "送達"
