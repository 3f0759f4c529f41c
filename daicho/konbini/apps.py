"""コンビニ交付 — the Django application of this room. 住民基本台帳法第12条; S5-01…S5-03."""

from django.apps import AppConfig


class KonbiniConfig(AppConfig):
    name = "daicho.konbini"
    label = "konbini"
    verbose_name = "コンビニ交付"
