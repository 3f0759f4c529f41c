"""架空の職員 — the made-up accounts that a demo city's table shows, by duty.

They and their passwords (made once per city) come from `synthetic.accounts`. A production installation has no synthetic
package and shows nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path


@dataclass(frozen=True)
class Shown:
    duty: str
    login: str
    password: str
    code: str = ""  # registers an authenticator, once, where the system demands one


NOBODY = Shown("（架空の職員はまだいません）", "", "")


def of(system: str, city_folder: Path) -> list[Shown]:
    """The made-up accounts of `system` with this city's passwords, in their own order."""
    try:
        module = import_module("synthetic.accounts")
    except ModuleNotFoundError:
        return []
    known = module.make_accounts(module.kept_passwords(city_folder / module.PASSWORD_FILE))
    codes = module.kept(city_folder / module.CODE_FILE)
    mine = [account for account in known if account.system == system]
    return [Shown(account.duty, account.login, account.password, codes.get(f"{system}/{account.login}", "")) for account in mine]
