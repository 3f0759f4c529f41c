"""案内 — the entries of the main menu. Each room registers its own at start; an entry is shown to those who may use it."""

from __future__ import annotations

from dataclasses import dataclass

from daicho.audit.actor import Actor


@dataclass(frozen=True)
class NavEntry:
    """One entry: where it leads, its access key (Alt+key; a letter, or a digit where every system has the entry; unique in a system), the permission it needs ("" = none), and under which heading it is folded ("" = always in sight)."""

    label: str
    url_name: str
    access_key: str
    permission: str = ""
    order: int = 100
    group: str = ""


UNDER_ADMINISTRATION = "管理"
"""The heading that every system's menu has, and what is no daily work lies under."""

_entries: dict[str, NavEntry] = {}


def register(*entries: NavEntry) -> None:
    """Add entries. Idempotent; ValueError when an access key is taken by another entry."""
    for entry in entries:
        taken = next((other for other in _entries.values() if other.access_key == entry.access_key and other.url_name != entry.url_name), None)
        if taken is not None:
            raise ValueError(f"access key {entry.access_key!r} belongs to {taken.url_name}")
        _entries[entry.url_name] = entry


def entries_for(actor: Actor | None) -> tuple[NavEntry, ...]:
    """The entries this actor may use, in order. Nobody: none."""
    if actor is None:
        return ()
    usable = [entry for entry in _entries.values() if not entry.permission or actor.may(entry.permission)]
    return tuple(sorted(usable, key=lambda entry: (entry.order, entry.label)))
