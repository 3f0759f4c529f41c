"""処理の起動 — `daicho job run NAME [--date D]`: run one job now, as the worker would. 標準9.1, 設計10章."""

from __future__ import annotations

import argparse
import sys
from datetime import date

from daicho.site.config import ConfigError

NAME = "job"
HELP = "run one job of one system now, for today or for --date; exit 1 when it failed"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("run",))
    parser.add_argument("name", help="the job's name; an unknown one lists those there are")
    parser.add_argument("--date", type=date.fromisoformat, help="the day it is for, such as 2026-04-01 (default: today)")
    parser.add_argument("--system", default="residents")


def run(chosen: argparse.Namespace) -> int:
    from daicho.site.process import enter

    enter(chosen.system)
    from daicho.jobs import commands

    try:
        done = commands.run(chosen.name, chosen.date)
    except KeyError as error:
        raise ConfigError(str(error.args[0])) from None
    except commands.Overlap:
        print(f"{chosen.name} is running already", file=sys.stderr)
        return 1
    counted = ", ".join(f"{label} {count:,}" for label, count in done.counts.items())
    print(f"{chosen.system}: {chosen.name} for {done.for_date}: {done.outcome}{': ' + counted if counted else ''}{' ' + done.error if done.error else ''}")
    return 0 if done.outcome == "done" else 1
