"""子プロセス — one child of the supervisor: started in a group of its own, watched, started again, ended whole. 設計2章."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

BACK_OFF = (0.5, 1, 2, 4, 8, 15, 30)  # seconds before the next start, by how often it ended in a row
LIVED_WELL = 60.0  # a child that lived so long starts anew in its back-off
GRACE = 6.0  # seconds between SIGTERM and SIGKILL; granian may not hear the first before its workers are up


@dataclass(frozen=True)
class ChildSpec:
    """`port` is where it must answer before it counts as ready; None for a child that serves nothing."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    port: int | None = None


@dataclass
class Child:
    spec: ChildSpec
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    ends_in_a_row: int = 0
    restarts: int = 0
    start_again_at: float | None = None
    last_end: str = field(default="")

    def start(self) -> None:
        self.spec.log.parent.mkdir(parents=True, exist_ok=True)
        tied = [sys.executable, "-m", "daicho.site.launch.lifeline", str(os.getpid()), *self.spec.command]
        with open(self.spec.log, "ab") as log:
            self.process = subprocess.Popen(tied, env=dict(self.spec.environment), stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        self.started_at, self.start_again_at = time.monotonic(), None

    def has_ended(self) -> bool:
        """Whether its first process ended by itself. The group is then killed whole before the process is reaped."""
        if self.process is None or self.process.returncode is not None:
            return False
        with contextlib.suppress(ChildProcessError):
            if os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
                return False
        self._kill_group()
        code = self.process.wait()
        self.last_end = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
        return True

    def plan_restart(self) -> float:
        """Returns the seconds until it is started again."""
        lived_well = time.monotonic() - self.started_at > LIVED_WELL
        self.ends_in_a_row = 1 if lived_well else self.ends_in_a_row + 1
        self.restarts += 1
        wait = BACK_OFF[min(self.ends_in_a_row, len(BACK_OFF)) - 1]
        self.start_again_at = time.monotonic() + wait
        return wait

    def is_due(self) -> bool:
        return self.start_again_at is not None and time.monotonic() >= self.start_again_at

    def ask_to_end(self) -> None:
        if self.process is not None and self.process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self.process.terminate()

    def end(self, until: float) -> None:
        """Wait for it until the moment `until`, then kill whatever is left of its group."""
        if self.process is None or self.process.returncode is not None:
            return
        while time.monotonic() < until:
            with contextlib.suppress(ChildProcessError):
                if os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
                    time.sleep(0.02)
                    continue
            break
        self._kill_group()
        self.process.wait()

    def _kill_group(self) -> None:
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def tail(self, lines: int = 5) -> str:
        try:
            return "\n".join(self.spec.log.read_text(errors="replace").splitlines()[-lines:])
        except OSError:
            return ""
