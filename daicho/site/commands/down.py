"""停止 — `daicho down`: end what `daicho up` keeps running in a folder, also what a killed one left. 設計10章."""

from __future__ import annotations

import argparse
import os
import signal
import time
from pathlib import Path

NAME = "down"
HELP = "end what `daicho up` runs in --folder"

PATIENCE = 60.0


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--folder", type=Path, default=Path("var/demo"), help="the demo city's folder (default: var/demo)")


def run(chosen: argparse.Namespace) -> int:
    from daicho.site.launch import demo, up
    from daicho.site.launch.binaries import LaunchError

    folder = chosen.folder.resolve()
    supervisor = up.holder(folder)
    if supervisor is not None:
        os.kill(supervisor, signal.SIGTERM)
        until = time.monotonic() + PATIENCE
        while up.holder(folder) is not None:
            if time.monotonic() > until:
                raise LaunchError(f"process {supervisor} did not end within {PATIENCE:g} s")
            time.sleep(0.1)
        print(f"process {supervisor} ended")
        return 0
    # A killed supervisor takes its children with it, but PostgreSQL goes on, so that nothing written is at risk.
    left = [(name, cluster) for name, cluster in demo.clusters(demo.Demo(folder, size=0)).items() if cluster.exists() and cluster.running()]
    for name, cluster in left:
        cluster.stop()
        print(f"PostgreSQL of {name}, which a killed supervisor had left, ended")
    if not left:
        print("nothing was running")
    return 0
