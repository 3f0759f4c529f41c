"""回線 — `daicho line [list]`, `daicho line reopen DESTINATION`: which lines stand, and a stopped one opened again. F-2-21; design §5, decision 0004."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from daicho.site.config import ConfigError

if TYPE_CHECKING:
    from daicho.outbox.models import Line

NAME = "line"
HELP = "list the lines of one system with their state, exit 1 when one is stopped (list); open a stopped one after keys or network were mended (reopen)"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("list", "reopen"), nargs="?", default="list")
    parser.add_argument("destination", nargs="?", help="reopen: the line, as `daicho line` lists it")
    parser.add_argument("--system", default="residents")
    parser.add_argument("--as", dest="login", help="reopen: the officer who answers for it; needs outbox:line:reopen")
    parser.add_argument("--reason", default="", help="reopen: what was mended; it stays in the trail")


def run(chosen: argparse.Namespace) -> int:
    if chosen.what == "reopen" and not (chosen.destination and chosen.login and chosen.reason.strip()):
        raise ConfigError("reopen needs DESTINATION, --as LOGIN and --reason TEXT")
    from daicho.site import process

    process.enter(chosen.system)
    return _reopen(chosen.destination, chosen.login, chosen.reason.strip()) if chosen.what == "reopen" else _list(chosen.system)


def _list(system: str) -> int:
    from daicho import audit
    from daicho.outbox import courier, queries
    from daicho.outbox.models import Line
    from daicho.outbox.permissions import OutboxPermission
    from daicho.site.launch.progress import table

    operator = audit.Actor.system("line", OutboxPermission.READ)
    closed, unsettled = {line.destination: line for line in queries.lines(operator)}, queries.counts(operator)
    rows = []
    for destination in sorted({*courier.destinations(), *closed}):
        line = closed.get(destination, Line(destination=destination))
        waiting = ", ".join(f"{count:,} {state}" for state, count in sorted(unsettled.get(destination, {}).items()))
        rows.append([destination, _state(line), line.code, waiting])
    print(table([f"line of {system}", "state", "code", "unsettled notices"], rows))
    return 1 if any(line.stopped_at for line in closed.values()) else 0


def _state(line: Line) -> str:
    from daicho import clock

    if line.stopped_at:
        return f"stopped since {clock.jst(line.stopped_at):%Y-%m-%d %H:%M}"
    if line.next_at:
        return f"waits until {clock.jst(line.next_at):%Y-%m-%d %H:%M}, {line.failures} failures"
    return "open"


def _reopen(destination: str, login: str, reason: str) -> int:
    from daicho import audit
    from daicho.outbox import commands
    from daicho.site.officers import officer

    try:
        commands.reopen_line(destination, officer(login), reason)
    except (audit.Refused, LookupError) as error:
        print(f"not opened: {error}", file=sys.stderr)
        return 1
    print(f"the line to {destination} is open")
    return 0
