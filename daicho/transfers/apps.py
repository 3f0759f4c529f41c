"""庁内連携 — the Django application of this room. 番号法第9条第1項; D-R1…D-R7; std 7.2."""

from django.apps import AppConfig


class TransfersConfig(AppConfig):
    name = "daicho.transfers"
    label = "transfers"
    verbose_name = "庁内連携"
