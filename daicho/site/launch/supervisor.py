"""監督 — keeps the children of one installation alive until it is told to end, and then leaves none behind. 設計2章."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from types import FrameType

from daicho.site.config_write import write_private
from daicho.site.launch import ports
from daicho.site.launch.binaries import LaunchError
from daicho.site.launch.children import GRACE, Child, ChildSpec

POLL = 0.2
READY_WITHIN = 60.0

Say = Callable[[str], None]


class Supervisor:
    """`status_file` is rewritten at every change, for `daicho status`; `look_after` is called again and again meanwhile."""

    def __init__(self, specs: Sequence[ChildSpec], status_file: Path, say: Say, look_after: Callable[[], None] = lambda: None) -> None:
        self.look_after = look_after
        self.children = [Child(spec) for spec in specs]
        self.status_file = status_file
        self.say = say
        self.ending = threading.Event()

    def start(self) -> None:
        """Start all and wait until each answers. Raises LaunchError, with the end of its log, when one does not come up."""
        for child in self.children:
            child.start()
        until = time.monotonic() + READY_WITHIN
        waiting = [child for child in self.children if child.spec.port is not None]
        while waiting and not self.ending.is_set():
            for child in self.children:
                if child.has_ended():
                    raise LaunchError(f"{child.spec.name} ended at once ({child.last_end}); {child.spec.log} says:\n{child.tail()}")
            if time.monotonic() > until:
                child = waiting[0]
                raise LaunchError(f"{child.spec.name} does not answer on port {child.spec.port}; {child.spec.log} says:\n{child.tail()}")
            waiting = [child for child in waiting if not ports.answers(child.spec.port or 0)]
            self.ending.wait(0.05)
        self._write_status()

    def run(self) -> None:
        """Watch until SIGINT, SIGTERM or SIGHUP; children that end are started again with a growing pause, and shown."""
        while not self.ending.wait(POLL):
            self.look_after()
            for child in self.children:
                if child.has_ended():
                    wait = child.plan_restart()
                    self.say(f"{child.spec.name} ended ({child.last_end}); starting it again in {wait:g} s (restart no. {child.restarts})")
                    self._write_status()
                elif child.is_due():
                    child.start()
                    self._write_status()

    def stop(self) -> None:
        """End every child and its whole group."""
        for child in self.children:
            child.ask_to_end()
        until = time.monotonic() + GRACE
        for child in self.children:
            child.end(until)
        self.status_file.unlink(missing_ok=True)

    def listen_to_signals(self) -> None:
        def end(_number: int, _frame: FrameType | None) -> None:
            self.ending.set()

        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, end)

    def _write_status(self) -> None:
        children = [
            {
                "name": child.spec.name,
                "pid": child.process.pid if child.process else None,
                "port": child.spec.port,
                "running": child.start_again_at is None,
                "restarts": child.restarts,
                "last_end": child.last_end,
            }
            for child in self.children
        ]
        write_private(self.status_file, json.dumps({"supervisor": os.getpid(), "written_at": _now(), "children": children}, indent=1))


def _now() -> str:
    # The operator's wall clock, not the city's: a moved demo clock would puzzle whoever reads the log.
    return datetime.now().astimezone().isoformat(timespec="seconds")
