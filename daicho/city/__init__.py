"""市 — what the city decides: dated settings, offices, terminals, certifiers, address dictionary, code tables. 標準1.3.

The rest of the reading is in `daicho.city.queries`; these two are here because every room asks them. They import when
called, because Django imports this package before it has its models.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

__all__ = ["setting", "settings_on"]


def setting(key: str, on: date) -> Any:  # Any: a JSON value, see defaults.py
    """The value of a setting in force on that day. One query; UnknownSetting for a key that is not declared."""
    from daicho.city import queries

    return queries.setting(key, on)


def settings_on(keys: Iterable[str], on: date) -> dict[str, Any]:  # Any: JSON values
    """Several settings at once. One query."""
    from daicho.city import queries

    return queries.settings_on(keys, on)
