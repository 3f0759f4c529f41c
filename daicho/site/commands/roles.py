"""役割の検証 — `daicho roles verify`: what each role can really do and reach, asked of the database. 設計2章, F-1-14."""

from __future__ import annotations

import argparse
import subprocess
import sys

from daicho.site import config

NAME = "roles"
HELP = "verify what each database role can really do and reach, or print the SQL that prepares a server (sql)"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("verify", "sql"))
    parser.add_argument("--system", help="one system (default: all of the installation)")


def run(chosen: argparse.Namespace) -> int:
    names = [chosen.system] if chosen.system else list(config.read().systems)
    if chosen.what == "sql":
        from daicho.site.launch import roles

        print(roles.as_script(config.read(), names))
        return 0
    if chosen.system is None:
        return max(subprocess.run([sys.executable, "-m", "daicho.site.cli", "roles", "verify", "--system", name]).returncode for name in names)
    return _verify(chosen.system)


def _verify(system: str) -> int:
    from daicho.site.process import enter

    enter(system)
    from django.conf import settings

    from daicho.site import grants, reach, row_security

    said = grants.declared()
    findings = reach.verify(settings.DAICHO.database, said.tables) + row_security.verify(settings.DAICHO.database)
    for problem in said.problems:
        print(f"{system}: {problem}")
    for finding in findings:
        print(f"{system}: {finding.role}: {finding.text}")
    if said.problems or findings:
        return 1
    print(f"{system}: {settings.DAICHO.database.owner} and {settings.DAICHO.database.web} hold what {len(said.tables)} tables declare, and nothing else")
    return 0
