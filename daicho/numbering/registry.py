"""付番の登録 — which series this system draws from, and where the numbers it gave out stand. Registered once at start (site/wiring). 標準1.1.13."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from daicho.numbering import series as all_series

# Rows of one column: the serials in use (of that day, for a series that begins again each day).
Serials = Callable[[date], "QuerySet[Any, Any]"]  # Any: values_list of a room's own table

_drawn: dict[str, Serials] = {}


def register(name: str, serials: Serials) -> None:
    """Say that this system draws from a series. KeyError for one that nobody declared."""
    _drawn[all_series.get(name).name] = serials


def drawn() -> tuple[str, ...]:
    """The series of this system, in the order of `SERIES`."""
    return tuple(name for name in all_series.SERIES if name in _drawn)


def serials_of(name: str) -> Serials:
    """KeyError when this system draws nothing from it."""
    return _drawn[name]
