"""試験の街 — a whole throwaway city as `daicho up` makes it: real processes, made-up people and officers, on free ports. 設計2章・8章."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any  # keys as DevTools tell them

import requests

from daicho.contracts import base
from daicho.site.launch import ports
from daicho.site.launch.bootstrap import COUNTERPARTS, counterpart_port
from daicho.site.launch.demo import Demo, base_environment, process_environment
from daicho.values.dates import wareki
from synthetic.accounts import CODE_FILE, PASSWORD_FILE
from tests.contracts.juki_samples import FROM_OUTSIDE

ROOT = Path(__file__).resolve().parents[3]
SIZE = 300
PATIENCE = 150  # seconds until the city answers
GRACE = 40  # seconds in which it ends
_READY = "Ctrl-C ends it"
_OFFSETS = range(3_000, 23_000, 1_100)  # below the ports that the kernel gives to clients


@dataclass(frozen=True)
class Town:
    demo: Demo
    passwords: Mapping[str, str]  # "system/login" → password
    codes: Mapping[str, str]  # likewise → the code that registers an authenticator
    devices: dict[str, list[dict[str, Any]]] = field(default_factory=dict)  # likewise → what the officer's device holds

    def address(self, system: str) -> str:
        return f"http://localhost:{self.demo.ports()[system].screens}"

    def environment(self, system: str) -> dict[str, str]:
        """For a process of this city's system, as the web role."""
        return process_environment(self.demo, system) | {"PYTHONPATH": str(ROOT)}


def days_ago(days: int) -> str:
    """A day of the city, which lives in the machine's own time, as a clerk types it."""
    return wareki(date.today() - timedelta(days=days))


def told_by_another_city(town: Town) -> None:
    """転入通知 of somebody whom the city does not know, over the real wire."""
    order = {"to": "juki_net", "kind": "move_in_outward", "version": 1, "body": json.loads(base.encode(FROM_OUTSIDE))}
    address = f"https://127.0.0.1:{counterpart_port('other_city', town.demo.simulators_first_port)}/_send"
    reply = requests.post(address, data=json.dumps(order), verify=str(town.demo.folder / "keys" / "other_city" / "authority.pem"), timeout=30)
    assert reply.json().get("status") in ("acknowledged", "duplicate"), reply.text


@contextmanager
def town(size: int = SIZE) -> Iterator[Town]:
    """The city is up within the block; afterwards no process, port or file of it is left."""
    folder = Path(tempfile.mkdtemp(prefix="daicho-b-", dir="/tmp"))  # short, because sockets lie in it
    folder.chmod(0o711)  # the database's system user goes through it
    demo = Demo(folder / "city", size, _free_offset(folder))
    log = folder / "up.log"
    command = [sys.executable, "-m", "daicho.site.cli", "up", "--folder", str(demo.folder), "--size", str(size), "--port-offset", str(demo.port_offset)]
    tied = [sys.executable, "-m", "daicho.site.launch.lifeline", str(os.getpid()), *command]
    with open(log, "wb") as out:
        process = subprocess.Popen(tied, cwd=ROOT, env=base_environment(), stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT)
    try:
        _wait_until_up(process, log)
        yield Town(demo, *(json.loads((demo.folder / file).read_text("utf-8")) for file in (PASSWORD_FILE, CODE_FILE)))
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        shutil.rmtree(folder)


def _wait_until_up(process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while _READY not in (said := log.read_text("utf-8")):
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"the city did not come up (exit code {process.poll()})\n{said}")
        time.sleep(0.1)


def _free_offset(folder: Path) -> int:
    """So that it stands beside a demo and beside other tests' cities."""
    for offset in random.sample(_OFFSETS, len(_OFFSETS)):  # two cities that start at once hardly ever choose the same
        demo = Demo(folder, SIZE, offset)
        wanted = [port for each in demo.ports().values() for port in (each.screens, each.wire, each.database)]
        wanted += [demo.simulators_first_port + place for place in range(len(COUNTERPARTS))]
        if all(map(ports.is_free, wanted)):
            return offset
    raise RuntimeError("no free ports for a city")
