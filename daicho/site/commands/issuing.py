"""交付 — `daicho issuing [state]`, `daicho issuing resume`: whether papers may leave, and letting them again after a mismatch. A-05; decision 0045."""

from __future__ import annotations

import argparse
import sys

from daicho.site.config import ConfigError

NAME = "issuing"
HELP = "whether certificates may leave, exit 1 when issuing was stopped (state); let it go on after the cause was found (resume)"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("state", "resume"), nargs="?", default="state")
    parser.add_argument("--as", dest="logins", action="append", default=[], help="resume: an officer who answers for it, twice; needs residents:issue:resume")
    parser.add_argument("--reason", default="", help="resume: what was found and mended; it stays in the trail")


def run(chosen: argparse.Namespace) -> int:
    if chosen.what == "resume" and (len(chosen.logins) != 2 or not chosen.reason.strip()):
        raise ConfigError("resume needs --as LOGIN twice and --reason TEXT")
    from daicho.site import process

    process.enter("residents")
    return _resume(*chosen.logins, chosen.reason) if chosen.what == "resume" else _state()


def _state() -> int:
    from daicho import clock
    from daicho.residents.queries.bonds import open_stops

    stops = open_stops()
    for stop in stops:
        print(f"stopped {clock.jst(stop.stopped_at):%Y-%m-%d %H:%M} at {stop.terminal}: the paper {stop.copy} does not fit ({', '.join(stop.found)})")
    if not stops:
        print("issuing goes on")
    return 1 if stops else 0


def _resume(first: str, second: str, reason: str) -> int:
    from daicho import audit
    from daicho.residents.commands.handing_over import resume
    from daicho.residents.errors import CannotDo
    from daicho.site.officers import officer

    try:
        lifted = resume(officer(first), officer(second), reason)
    except (audit.Refused, CannotDo, LookupError) as error:
        print(f"not resumed: {error}", file=sys.stderr)
        return 1
    print(f"issuing goes on ({lifted} lifted)")
    return 0
