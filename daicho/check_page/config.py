"""照合ページの構成 — what the page is told: one file of its own, named by DAICHO_CHECK_PAGE, with no key in it and one role that can ask one question."""

from __future__ import annotations

import os
import stat
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path


class CheckPageError(Exception):
    """The file is missing, can be read by others, or does not say what it must. English, for operators."""


@dataclass(frozen=True)
class CheckPage:
    """`certificates`: the folder of what the city publishes. `behind_proxy`: the caller's address is what the proxy adds last to X-Forwarded-For."""

    municipality_code: str
    municipality_name: str
    certificates: str
    host: str
    port: int
    database_host: str
    database_port: int
    database_name: str
    role: str
    password: str
    behind_proxy: bool


def read() -> CheckPage:
    """Raises CheckPageError; never prints a secret."""
    path = Path(os.environ.get("DAICHO_CHECK_PAGE", ""))
    if not path.is_file() or stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise CheckPageError("DAICHO_CHECK_PAGE names no file that its owner alone can read")
    said = tomllib.loads(path.read_text("utf-8"))
    wanted = {field.name for field in fields(CheckPage)}
    if set(said) != wanted:
        raise CheckPageError(f"{path}: missing or unknown: {', '.join(sorted(wanted ^ set(said)))}")
    return CheckPage(**said)
