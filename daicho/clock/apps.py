"""時計 — the clock's place in a system: production refuses a moved clock before it serves anything. No article."""

from django.apps import AppConfig
from django.conf import settings


class ClockConfig(AppConfig):
    """Tells the clock whether it may be moved."""

    name = "daicho.clock"
    verbose_name = "時計"

    def ready(self) -> None:
        """Raises ClockError when a production system was given an offset file."""
        from daicho import clock

        if settings.INSTALLATION.environment == "production":
            if settings.INSTALLATION.clock_file.exists():
                raise clock.ClockError(f"{settings.INSTALLATION.clock_file} is there, but a production system does not move its clock")
            clock.forbid_moving()
