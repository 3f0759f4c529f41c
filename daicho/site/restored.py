"""復元の後 — what a system tells others because it went back to a backup; its wiring registers it, `daicho restore` calls it. decision 0019."""

from __future__ import annotations

from collections.abc import Callable

Tell = Callable[[int, int], None]
"""Takes the first and the last number of a series that the restore left out; in its transaction."""

_registered: dict[str, Tell] = {}


def register(series: str, tell: Tell) -> None:
    """Have somebody told of the numbers of this series that may have been given out and lost."""
    _registered[series] = tell


def tell(series: str, first: int, last: int) -> None:
    """Tell of them, where somebody wants to know."""
    if series in _registered:
        _registered[series](first, last)
