"""端末の前の人 — who runs a command at the machine itself, as the machine knows them: the officer's name is only what they say. F-1-17, F-2-13."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

_NO_LOGIN = 2**32 - 1  # what Linux says of a process that no login began


def person_at_the_machine() -> dict[str, str]:
    """For a trail row's detail. `os_login` stays the same through sudo; it is not there where no login began the process."""
    found = {"os_user": _name(os.getuid())}
    try:
        login = int(Path("/proc/self/loginuid").read_text("ascii"))
    except (OSError, ValueError):
        return found
    return found if login == _NO_LOGIN else {**found, "os_login": _name(login)}


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
