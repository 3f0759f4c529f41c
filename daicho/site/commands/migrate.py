"""表の更新 — apply migrations as the owner, then give the web role exactly what the models declare, of its own municipality's rows. 設計2章."""

from __future__ import annotations

import argparse
import subprocess
import sys

from daicho.site import config

NAME = "migrate"
HELP = "apply migrations as the owner and set the web role's grants (exit 3: a model's grants are unfinished)"

UNFINISHED = 3


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--system", help="one system (default: all of the installation)")


def run(chosen: argparse.Namespace) -> int:
    if chosen.system is None:
        # A process is one system's: each gets its own.
        codes = [subprocess.run([sys.executable, "-m", "daicho.site.cli", "migrate", "--system", name]).returncode for name in config.read().systems]
        return next((code for code in codes if code), 0)
    return _migrate(chosen.system)


def _migrate(system: str) -> int:
    from daicho.site.process import enter

    enter(system, as_owner=True)
    from django.core.management import call_command
    from django.db import transaction

    from daicho.site import grants, row_security

    call_command("migrate", interactive=False, verbosity=0)
    with transaction.atomic():
        problems = grants.apply()
        row_security.apply()
    for problem in problems:
        print(f"daicho migrate: {system}: {problem}", file=sys.stderr)
    return UNFINISHED if problems else 0
