"""一つのシステムとして働く — turn this process into a process of one system, as its web role or as its owner."""

from __future__ import annotations

import os

import django
from django.conf import settings


def enter(system: str, as_owner: bool = False) -> None:
    """Set Django up for `system`. Only once: a process serves one system, with one role."""
    if settings.configured:
        raise RuntimeError(f"this process already works as {settings.DAICHO.name}")
    os.environ["DJANGO_SETTINGS_MODULE"] = f"daicho.site.settings.{system}"
    os.environ["DAICHO_ROLE"] = "owner" if as_owner else "web"
    django.setup()
