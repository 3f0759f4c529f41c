"""統合宛名 — the Django application of this room. 番号法第9条; S4-01…S4-07."""

from django.apps import AppConfig


class AtenaConfig(AppConfig):
    name = "daicho.atena"
    label = "atena"
    verbose_name = "統合宛名"
