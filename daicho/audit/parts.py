"""部分の名 — the parts of a system that act by themselves, as whoever reads the trail calls them. 標準10.2; F-1-14.

The trail keeps the identifier, which never changes; what it is called is looked up when it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

_names: dict[str, str] = {}
_kinds: dict[str, Callable[[str], str]] = {}


def name_parts(names: Mapping[str, str], kinds: Mapping[str, Callable[[str], str]]) -> None:
    """Japanese names of parts; of a kind of them (`wire.atena` is a `wire`) by a function of what stands behind the point."""
    _names.update(names)
    _kinds.update(kinds)


def actor_ja(name: str) -> str:
    """What to call an actor, given by name or login: a part of the system in Japanese, anybody else unchanged."""
    part = name.removeprefix("system:")
    if part in _names:
        return _names[part]
    kind, _, rest = part.partition(".")
    return _kinds[kind](rest) if rest and kind in _kinds else name
