"""玄関 — the front door as a Django app: when all rooms stand, they are wired together."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "daicho.site"
    label = "daicho_site"

    def ready(self) -> None:
        from daicho.site.wiring import wire

        wire()
