"""住民記録 — the residents' room as a Django app."""

from django.apps import AppConfig


class ResidentsConfig(AppConfig):
    name = "daicho.residents"
    label = "residents"
    verbose_name = "住民記録"
