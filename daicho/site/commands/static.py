"""静的ファイル — `daicho static`: style sheets, scripts and glyphs, named by their digests, for the screens listener."""

from __future__ import annotations

import argparse

NAME = "static"
HELP = "collect the screens' style sheets, scripts and fonts under var/"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--system", required=True)


def run(chosen: argparse.Namespace) -> int:
    from daicho.site.process import enter

    enter(chosen.system)
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    return 0
