"""控え — `daicho backup SYSTEM --to FOLDER`: the whole database of one system in one sealed file. F-1-85, F-2-13."""

from __future__ import annotations

import argparse
from pathlib import Path

from daicho.site.config import ConfigError

NAME = "backup"
HELP = "write one system's whole database into a file that only its own key file opens; prints the file and its SHA-256"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("system")
    parser.add_argument("--to", type=Path, required=True, metavar="FOLDER")


def run(chosen: argparse.Namespace) -> int:
    from daicho.site.process import enter

    if not chosen.to.is_dir():
        raise ConfigError(f"{chosen.to} is no folder")
    enter(chosen.system, as_owner=True)
    from django.conf import settings
    from django.db import transaction

    from daicho import audit, clock
    from daicho.site import backup, row_security

    if others := row_security.also_served():
        raise ConfigError(f"this database holds the rows of {', '.join(others)} too: who keeps the server backs it up whole")
    file = chosen.to / f"{chosen.system}-{clock.now():%Y%m%dT%H%M%SZ}.backup"
    digest = backup.dump(settings.DAICHO.database, file)
    with transaction.atomic():  # F-0-11: no file without its entry
        audit.record(audit.Actor.system("backup"), "site:backup:make", detail={"file": file.name, "bytes": file.stat().st_size, "sha256": digest})
    print(f"{file} {digest}")
    return 0
