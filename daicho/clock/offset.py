"""時計のずらし — the file that moves the clocks of all processes of a demo or a test together. No article.

The file holds one decimal number: the seconds to add to the operating system's time. Time goes on from there.
"""

import os
from datetime import UTC, datetime
from pathlib import Path


class ClockError(RuntimeError):
    """The clock cannot be read or may not be moved as asked."""


def read_offset(path: Path) -> float:
    """The seconds to add; 0.0 when the file is not there yet. Raises ClockError when it holds anything but a number."""
    try:
        text = path.read_text(encoding="ascii")
    except FileNotFoundError:
        return 0.0
    try:
        seconds = float(text)
    except ValueError:
        raise ClockError(f"{path} does not hold a number of seconds") from None
    if not abs(seconds) <= 100 * 366 * 86_400:  # also true of "nan"
        raise ClockError(f"{path} moves the clock by more than a hundred years")
    return seconds


def move_to(path: Path, instant: datetime) -> float:
    """Make every process that watches `path` read `instant` now; returns the offset in seconds.

    Raises ClockError when that would move the time back: what is recorded already would then lie in the future.
    The file is replaced in one step, so that no process reads half of it.
    """
    if instant.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    seconds = (instant - datetime.now(UTC)).total_seconds()
    if seconds < read_offset(path) - 1:
        raise ClockError("the clock of an installation moves forward only; begin a new one to go back")
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.write_text(f"{seconds:.6f}\n", encoding="ascii")
    beside.replace(path)
    return seconds
