"""ポートの空き — is a port free, and if not, who holds it."""

from __future__ import annotations

import contextlib
import os
import socket
import time
from collections.abc import Iterable
from pathlib import Path

from daicho.site.launch.binaries import LaunchError


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port in TIME_WAIT is free
        try:
            trial.bind((host, port))
        except OSError:
            return False
    return True


def answers(port: int, host: str = "127.0.0.1") -> bool:
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True


def require_free(wanted: Iterable[tuple[str, int]]) -> None:
    """`wanted` is (what for, port). Raises LaunchError that names every port in use and, where it can be seen, its holder."""
    taken = [f"port {port} ({purpose}) is in use{_by(holder_of(port))}" for purpose, port in wanted if not is_free(port)]
    if taken:
        raise LaunchError("; ".join(taken) + ". End that process, or choose other ports with --port-offset")


def wait_free(ports: Iterable[int], seconds: float) -> list[int]:
    """Wait until `ports` are free; returns those that are still taken after `seconds`."""
    until, left = time.monotonic() + seconds, list(ports)
    while left and time.monotonic() < until:
        left = [port for port in left if not is_free(port)]
        if left:
            time.sleep(0.05)
    return left


def holder_of(port: int) -> tuple[int, str] | None:
    """(process id, command) of the listener on `port`, if this user may see it."""
    inodes = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        with contextlib.suppress(OSError):
            for line in Path(table).read_text().splitlines()[1:]:
                words = line.split()
                if words[3] == "0A" and int(words[1].rsplit(":", 1)[1], 16) == port:  # 0A is LISTEN
                    inodes.add(f"socket:[{words[9]}]")
    for folder in Path("/proc").glob("[0-9]*/fd"):
        with contextlib.suppress(OSError):
            if any(os.readlink(entry) in inodes for entry in folder.iterdir()):
                return int(folder.parent.name), (folder.parent / "cmdline").read_text().replace("\0", " ").strip()[:80]
    return None


def _by(holder: tuple[int, str] | None) -> str:
    return f" by process {holder[0]} ({holder[1]})" if holder else ""
