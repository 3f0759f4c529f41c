"""操作権限の一覧 — the names of permissions, those of this room and those other rooms register. std 10.3-12 (操作権限一覧表).

A permission is `room:thing:action`. A room registers its own once at start (site/wiring); a grant of a name that no
room registered is refused, so that a slip of the pen cannot lie dormant in the table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

_SHAPE = re.compile(r"[a-z_]+:[a-z_]+:[a-z_]+")


class Permission(StrEnum):
    """What can be done with staff and their rights."""

    ACCOUNT_READ = "staff:account:read"
    ACCOUNT_CREATE = "staff:account:create"
    ACCOUNT_CHANGE = "staff:account:change"
    PASSWORD_RESET = "staff:password:reset"
    GRANT_GIVE = "staff:grant:give"
    GRANT_APPROVE = "staff:grant:approve"
    GRANT_REVOKE = "staff:grant:revoke"
    TERMINAL_REGISTER = "staff:terminal:register"
    POLICY_SET = "staff:policy:set"
    AUTHENTICATOR_READ = "staff:authenticator:read"
    AUTHENTICATOR_APPLY = "staff:authenticator:apply"
    AUTHENTICATOR_APPROVE = "staff:authenticator:approve"
    AUTHENTICATOR_REVOKE = "staff:authenticator:revoke"


LABELS: Mapping[str, str] = MappingProxyType(
    {
        Permission.ACCOUNT_READ: "利用者名簿と操作権限一覧表を見る",
        Permission.ACCOUNT_CREATE: "利用者の登録",
        Permission.ACCOUNT_CHANGE: "利用者の変更・失効",
        Permission.PASSWORD_RESET: "パスワードの初期化",
        Permission.GRANT_GIVE: "操作権限の付与の申請",
        Permission.GRANT_APPROVE: "操作権限の付与の承認",
        Permission.GRANT_REVOKE: "操作権限の取消し",
        Permission.TERMINAL_REGISTER: "端末の登録",
        Permission.POLICY_SET: "認証方針の設定",
        Permission.AUTHENTICATOR_READ: "認証器の一覧を見る",
        Permission.AUTHENTICATOR_APPLY: "認証器の登録の申請",
        Permission.AUTHENTICATOR_APPROVE: "認証器の登録の承認",
        Permission.AUTHENTICATOR_REVOKE: "認証器の失効",
    }
)


@dataclass(frozen=True)
class Entry:
    """One line of the 操作権限一覧表."""

    name: str
    label: str
    room_label: str


_entries: dict[str, Entry] = {}
_acts: dict[str, str] = {}


def register(room_label: str, labels: Mapping[str, str]) -> None:
    """Add a room's permissions (name → Japanese label). Idempotent; ValueError for a name of the wrong shape or another meaning."""
    for name, label in labels.items():
        name = str(name)
        if not _SHAPE.fullmatch(name):
            raise ValueError(f"not a permission name (room:thing:action): {name!r}")
        entry = Entry(name, label, room_label)
        if _entries.setdefault(name, entry) != entry:
            raise ValueError(f"permission registered twice with different meaning: {name!r}")


def name_acts(labels: Mapping[str, str]) -> None:
    """Japanese names of what the trail holds beside the use of a right. They are no permissions, and cannot be granted."""
    _acts.update(labels)


def is_registered(name: str) -> bool:
    return name in _entries


def label_of(name: str) -> str:
    """The Japanese label of a permission or an act, or the name itself when no room has registered it (older than the room's present list)."""
    entry = _entries.get(name)
    return entry.label if entry else _acts.get(name, name)


def catalogue() -> tuple[Entry, ...]:
    """Every registered permission, by room and name."""
    return tuple(sorted(_entries.values(), key=lambda entry: entry.name))
