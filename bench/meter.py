"""計算時間の計器 — the processor time that a listener and its database connections spent, whoever else was busy meanwhile.

On a machine that others use, the time of a request is mostly waiting for a processor; what it computed stays the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

_PROC = Path("/proc")


class Meter:
    """Reads the kernel's account of some processes, all their threads (nanoseconds, Linux)."""

    def __init__(self, pids: Iterable[int]) -> None:
        self._accounts = [task / "schedstat" for pid in pids for task in (_PROC / str(pid) / "task").iterdir()]

    def seconds(self) -> float:
        """Spent so far. Threads that ended count no more."""
        total = 0
        for account in self._accounts:
            try:
                total += int(account.read_text().split()[0])
            except OSError:
                continue
        return total / 1e9


def descendants(pid: int) -> list[int]:
    """A process and all it began."""
    found, parents = [pid], _parents()
    for each in found:
        found += [child for child, parent in parents.items() if parent == each]
    return found


def _parents() -> dict[int, int]:
    parents = {}
    for status in _PROC.glob("[0-9]*/stat"):
        try:
            after_name = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(status.parent.name)] = int(after_name[1])
    return parents
