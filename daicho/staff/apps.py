"""職員 — the Django application. App label: staff."""

from __future__ import annotations

from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "daicho.staff"
    label = "staff"
    verbose_name = "職員・権限"

    def ready(self) -> None:
        from daicho.staff import permissions

        permissions.register("職員・権限", permissions.LABELS)
