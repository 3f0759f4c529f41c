"""時計を進める — `daicho clock set`: move the clock of all processes of a demo or test together, forward only. 設計8章."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime, time

from daicho.site import config
from daicho.site.config import ConfigError

NAME = "clock"
HELP = "set the clock of a demo or test installation, for all its processes (2026-04-01, or 2026-04-01T09:00)"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("set",))
    parser.add_argument("moment", help="Japanese date (means 09:00) or date and time")


def run(chosen: argparse.Namespace) -> int:
    from daicho import clock

    installation = config.read()
    if installation.environment == "production":
        raise ConfigError("a production system does not move its clock")
    instant = _instant(chosen.moment)
    try:
        clock.move_to(installation.clock_file, instant)
    except clock.ClockError as error:
        raise ConfigError(str(error)) from None
    print(f"the clock of {installation.municipality_name} now says {clock.jst(instant):%Y-%m-%d %H:%M} (Japan)")
    return 0


def _instant(text: str) -> datetime:
    from daicho import clock

    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ConfigError(f"{text!r} is no date (2026-04-01) and no date with time (2026-04-01T09:00)") from None
    if len(text) <= len("2026-04-01"):
        moment = datetime.combine(moment.date(), time(9))
    return moment.replace(tzinfo=clock.JST).astimezone(UTC) if moment.tzinfo is None else moment.astimezone(UTC)
