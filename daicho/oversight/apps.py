"""点検 — the Django application of this shared room. F-1-13."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "daicho.oversight"
    label = "oversight"
    verbose_name = "点検"
