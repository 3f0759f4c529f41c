"""架空の職員 — the made-up accounts that a demo city's table shows, by duty.

They come from `synthetic.accounts.ACCOUNTS`: objects with `system`, `login`, `password` and `duty`. A production
installation has no synthetic package and shows nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module


@dataclass(frozen=True)
class Shown:
    duty: str
    login: str
    password: str


NOBODY = Shown("（架空の職員はまだいません）", "", "")


def of(system: str) -> list[Shown]:
    """The made-up accounts of `system`, in their own order."""
    try:
        module = import_module("synthetic.accounts")
    except ModuleNotFoundError:
        return []
    return [Shown(account.duty, account.login, account.password) for account in module.ACCOUNTS if account.system == system]
