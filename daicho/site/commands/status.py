"""状態 — `daicho status`: what runs in a folder; exit 0 only when everything does. 設計10章."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

NAME = "status"
HELP = "show what runs in --folder; exit 1 unless everything does"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--folder", type=Path, default=Path("var/demo"), help="the demo city's folder (default: var/demo)")


def run(chosen: argparse.Namespace) -> int:
    from daicho.site.launch import ports, up
    from daicho.site.launch.progress import table

    folder = chosen.folder.resolve()
    supervisor = up.holder(folder)
    file = folder / "run" / "status.json"
    if supervisor is None:
        print("nothing is up")
        return 1
    if not file.exists():
        print(f"process {supervisor} is starting")
        return 1
    children = json.loads(file.read_text())["children"]
    rows, all_well = [], True
    for child in children:
        well = child["running"] and (child["port"] is None or ports.answers(child["port"]))
        all_well = all_well and well
        rows.append([child["name"], "up" if well else "down", str(child["port"] or ""), str(child["pid"] or ""), str(child["restarts"]), child["last_end"]])
    print(table(["process", "state", "port", "pid", "restarts", "last end"], rows))
    return 0 if all_well else 1
