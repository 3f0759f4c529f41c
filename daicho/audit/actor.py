"""操作者 — who acts: a copy taken at the door, which outlives the account. F-1-10, F-1-13."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

_PERMISSION = re.compile(r"[a-z][a-z0-9_]*:[a-z][a-z0-9_]*:[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Actor:
    """A named officer at a terminal, or a part of the system; everything the trail must keep of them."""

    account_id: int | None
    login: str
    name: str
    unit_code: str
    unit_name: str
    office_code: str
    terminal: str
    grants: frozenset[str]
    visit_no: str | None = None

    @classmethod
    def system(cls, name: str, *grants: str) -> "Actor":
        """A job, the relay or another part of the system itself, allowed exactly `grants`.

        Its login holds a colon, which no officer's may, so that the two are never taken for one another.
        """
        return cls(None, f"system:{name}", name, "", "", "", "", frozenset(map(str, grants)))

    def may(self, permission: str) -> bool:
        """Whether this actor holds `permission` (`room:thing:action`). ValueError when it is not such a name."""
        _check_permission(str(permission))
        return permission in self.grants

    def with_right(self, permission: str) -> "Actor":
        """This actor, holding `permission` too, for one call into a shared package: the room's own right stands for it.

        The caller has required its own permission before, and lets the shared package touch nothing but what is the room's.
        """
        _check_permission(str(permission))
        return replace(self, grants=self.grants | {str(permission)})


@lru_cache(maxsize=1024)
def _check_permission(permission: str) -> None:
    if not _PERMISSION.fullmatch(permission):
        raise ValueError(f"a permission is named room:thing:action, not {permission!r}")
