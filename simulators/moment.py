"""時刻 — the simulators' clock: the machine's, moved by the same file that moves the demo (one decimal number of seconds)."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path


class Clock:
    """Seconds since the epoch as the outside world takes them."""

    def __init__(self, file: Path | None) -> None:
        self._file = file

    def now(self) -> float:
        return time.time() + self._offset()

    def instant(self) -> str:
        return datetime.fromtimestamp(self.now(), UTC).isoformat(timespec="microseconds")

    def _offset(self) -> float:
        try:
            return float(self._file.read_text("ascii")) if self._file else 0.0
        except (FileNotFoundError, ValueError):
            return 0.0
