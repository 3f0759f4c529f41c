"""番号の列 — the serial inside a number as a room's table keeps it. 標準1.1.13, 5.5."""

from __future__ import annotations

from django.db.models import BigIntegerField, F, Func, Value
from django.db.models.functions import Cast


def before_check_digit(column: str) -> Cast:
    """The 連番部 of a number that ends in its check digit; nothing for a migrated number that is not of digits."""
    return _part(column, r"^(\d+)\d$")


def at_the_end(column: str) -> Cast:
    """The serial with which a written number ends, as a 発行番号 does."""
    return _part(column, r"(\d+)$")


def _part(column: str, pattern: str) -> Cast:
    return Cast(Func(F(column), Value(pattern), function="substring"), BigIntegerField())
