"""画面の共通部品 — the Django application. App label: ui."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "daicho.ui"
    label = "ui"
    verbose_name = "画面の共通部品"
