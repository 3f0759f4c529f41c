"""働き手 — `daicho worker`: one system's relay, jobs that are due, and sealer, until SIGTERM. 設計2章."""

from __future__ import annotations

import argparse

NAME = "worker"
HELP = "run one system's relay, due jobs and audit sealer until SIGTERM"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--system", required=True)


def run(chosen: argparse.Namespace) -> int:
    from daicho.site.process import enter

    enter(chosen.system)
    from daicho.site import worker

    worker.run_until_ended(worker.rounds())
    return 0
