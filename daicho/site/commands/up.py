"""起動 — `daicho up`: a whole demo city in a folder, or the systems of a configuration. 設計2章・10章."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from daicho.site import config

NAME = "up"
HELP = "start: a demo city from nothing in --folder, or the systems that DAICHO_CONFIG describes"

DEFAULT_SIZE = 10_000


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--folder", type=Path, default=None, help="the demo city's folder (default: var/demo, unless DAICHO_CONFIG is set)")
    parser.add_argument("--size", type=int, default=DEFAULT_SIZE, help=f"made-up residents of a new demo city (default: {DEFAULT_SIZE})")
    parser.add_argument("--reset", action="store_true", help="forget the demo city in the folder and begin anew")
    parser.add_argument("--port-offset", type=int, default=0, help="move every port of the demo city by this much")
    parser.add_argument("--system", action="append", help="with DAICHO_CONFIG: this system only (may be repeated)")


def run(chosen: argparse.Namespace) -> int:
    from daicho.site.launch import up
    from daicho.site.launch.demo import Demo

    if chosen.folder is None and os.environ.get("DAICHO_CONFIG"):
        made = config.read()
        return up.up_configured(made, [made.system(name).name for name in chosen.system or made.systems])
    folder = (chosen.folder or Path("var/demo")).resolve()
    return up.up_demo(Demo(folder, chosen.size, chosen.port_offset), anew=chosen.reset)
