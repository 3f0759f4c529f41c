"""操作履歴の検証 — `daicho audit verify|heads|seal|partitions`, of one system or of all. F-1-14, 設計10章."""

from __future__ import annotations

import argparse
import subprocess
import sys

NAME = "audit"
HELP = "prove that nothing in the trail was altered, deleted or reordered (verify), print seals to be kept outside (heads)"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("verify", "heads", "seal", "partitions"))
    parser.add_argument("--system", help="one system (default: all of the installation)")
    parser.add_argument("--heads", metavar="FILE", help="verify: seals that `daicho audit heads` printed earlier")
    parser.add_argument("--last", type=int, default=1, metavar="N", help="heads: how many (default: the last one)")


def run(chosen: argparse.Namespace) -> int:
    if chosen.system is None:
        return _each_system(chosen)
    from pathlib import Path

    from daicho.site.process import enter

    enter(chosen.system, as_owner=chosen.what == "partitions")
    from daicho.audit import cli

    chosen.heads = Path(chosen.heads) if chosen.heads else None
    return cli.run(chosen)


def _each_system(chosen: argparse.Namespace) -> int:
    """A process serves one system, so each gets one of its own."""
    from daicho.site import config

    words = [chosen.what, "--last", str(chosen.last), *(["--heads", chosen.heads] if chosen.heads else [])]
    command = [sys.executable, "-m", "daicho.site.cli", "audit", *words]
    return max(subprocess.run([*command, "--system", name]).returncode for name in config.read().systems)
