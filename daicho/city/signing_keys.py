"""市の署名鍵 — the city's keys of a day, and the certificates that it publishes. 標準仕様 5.6."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.conf import settings

from daicho.paper.key_pairs import KeyPair, pair_on
from daicho.paper.published import published


def city_keys(on: date) -> KeyPair:
    """The keys that sign on that day. Raises SigningFailed: in production there are none before the city puts them there."""
    return pair_on(Path(settings.INSTALLATION.var_dir), on)


def published_certificates() -> bytes:
    """What anybody verifies with, as PEM: all that ever signed."""
    return published(Path(settings.INSTALLATION.var_dir))
