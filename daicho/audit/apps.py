"""操作履歴 — the trail's place in a system: without a retention period nothing starts. F-1-14."""

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

RECORDS_OF_TRANSFERS_YEARS = 7  # 提供・移転の記録, F-1-43


def retention_problems(years: object) -> list[checks.CheckMessage]:
    """What is wrong with audit_retention_years (the assessment leaves ○年 blank: each city must decide it)."""
    if not isinstance(years, int) or isinstance(years, bool) or years < 1:
        return [checks.Error("audit_retention_years must be set to a number of years (評価書 F-1-14)", id="audit.E001")]
    if years < RECORDS_OF_TRANSFERS_YEARS:
        return [checks.Warning(f"audit_retention_years = {years}: records of 提供・移転 are to be kept for 7 years (F-1-43)", id="audit.W001")]
    return []


def check_retention(**_: object) -> list[checks.CheckMessage]:
    """Django's system check of the setting."""
    return retention_problems(getattr(settings.INSTALLATION, "audit_retention_years", None))


class AuditConfig(AppConfig):
    """Registers the check, and refuses to start where checks do not run (a web process)."""

    name = "daicho.audit"
    verbose_name = "操作履歴"

    def ready(self) -> None:
        """Raises ImproperlyConfigured when no retention period is set."""
        checks.register(check_retention)
        for problem in check_retention():
            if problem.is_serious():
                raise ImproperlyConfigured(f"{problem.id}: {problem.msg}")
