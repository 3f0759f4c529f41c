"""市 — the Django application. App label: city."""

from django.apps import AppConfig


class CityConfig(AppConfig):
    name = "daicho.city"
    label = "city"
    verbose_name = "市の設定"
