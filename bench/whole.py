"""計測の全体 — all six systems with listeners and workers, and the outside world, as `daicho up` starts them; ended with the block. Issue 3, Measured.

Begun anew in every run: what a run sends stays in the rooms that it went to.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg

from bench.place import FOLDER, ROOT
from daicho.site import config
from daicho.site.config import Installation
from daicho.site.launch.binaries import LaunchError
from daicho.site.launch.demo import Demo, base_environment
from scenarios.day.city import free_offset

UP_WITHIN, QUIET_WITHIN, STILL_FOR, DOWN_WITHIN = 600.0, 900.0, 10.0, 60.0  # seconds


def city_of(size: int) -> Demo:
    return Demo(FOLDER / "whole", size, free_offset())


@contextmanager
def up(city: Demo) -> Iterator[Installation]:
    """The running city's installation. LaunchError with its last words when it does not come up."""
    command = [sys.executable, "-m", "daicho.site.cli", "up", "--folder", str(city.folder), "--size", str(city.size), "--port-offset", str(city.port_offset)]
    log = FOLDER / "whole.log"
    with log.open("w", encoding="utf-8") as out:
        process = subprocess.Popen([*command, "--reset"], cwd=ROOT, env=base_environment(), stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        try:
            _wait_until_up(process, log)
            yield config.read(city.file)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(DOWN_WITHIN)


def _wait_until_up(process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + UP_WITHIN
    while "is up. Ctrl-C ends it" not in log.read_text("utf-8"):
        if process.poll() is not None or time.monotonic() > until:
            raise LaunchError(f"the whole city did not come up:\n{log.read_text('utf-8')[-2000:]}")
        time.sleep(0.2)


def wait_until_quiet(made: Installation) -> None:
    """Until nothing is on its way any more: a first load asks for one 符号 each, which is no everyday work. LaunchError when it never ends."""
    until, still_since = time.monotonic() + QUIET_WITHIN, time.monotonic()
    with ExitStack() as connections:
        systems = [connections.enter_context(connect(made, name)) for name in made.systems]
        while time.monotonic() - still_since < STILL_FOR:
            if any(one.execute("SELECT EXISTS (SELECT 1 FROM outbox_delivery WHERE settled_at IS NULL)").fetchone() != (False,) for one in systems):
                still_since = time.monotonic()
            if time.monotonic() > until:
                raise LaunchError(f"notices of the first load are still on their way after {QUIET_WITHIN:g} s")
            time.sleep(0.5)


def connect(made: Installation, system: str) -> psycopg.Connection[tuple[Any, ...]]:  # Any: whatever the columns hold
    """A connection as the web role of one system. chukan shows nothing to who does not say whose rows are asked for (F-1-60)."""
    at = made.system(system).database
    options = f"-c daicho.municipality={made.municipality_code} -c default_transaction_read_only=on"
    return psycopg.connect(host=at.host, port=at.port, dbname=at.name, user=at.web, password=at.web_password, options=options, autocommit=True)
