"""使い捨ての街 — starts a throwaway city as an operator would, learns addresses and accounts from the table it prints, and ends it.

What is known of the city is what its launcher says: nothing of daicho is imported, no database is read.
"""

from __future__ import annotations

import ctypes
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

PORTS = (*range(8100, 8700, 100), *range(8110, 8710, 100), *range(8432, 8438), *range(8900, 8910))  # the demo's; ours are moved by an offset
OFFSETS = range(10_000, 24_000, 1000)  # below the ports that the kernel hands out by itself
UP_WITHIN = 600.0
DOWN_WITHIN = 60.0
_ROW = re.compile(
    r"^(?P<system>\S*)\s+(?P<address>http://\S+)?\s*(?P<duty>\S+)\s+(?P<login>[a-z0-9.]+)\s+(?P<password>[a-z0-9-]{8,})(?:\s+(?P<code>[a-z0-9-]{20,}))?$"
)


class CityFailed(Exception):
    """The city did not come up, or did not end cleanly."""


@dataclass(frozen=True)
class Account:
    """A made-up officer as the launcher's table shows one."""

    system: str
    address: str
    duty: str
    login: str
    password: str
    code: str = ""  # registers an authenticator, once, where the system demands one


@dataclass(frozen=True)
class Counterpart:
    """A simulator of the outside world: where it listens, and the authority that vouches for it."""

    address: str
    authority: Path


class City:
    """A city in `folder`, from `start` to `end`."""

    def __init__(self, folder: Path, size: int, say: Callable[[str], None]) -> None:
        self.folder, self.size, self.say = folder, size, say
        self.offset = free_offset()
        self.accounts: list[Account] = []
        self._process: subprocess.Popen[str] | None = None
        self._printed: list[str] = []

    def start(self) -> None:
        """Returns when the city is up. Raises CityFailed with the last lines it said."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        words = ["up", "--folder", str(self.folder), "--size", str(self.size), "--port-offset", str(self.offset), "--reset"]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "daicho.site.cli", *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, encoding="utf-8", start_new_session=True, preexec_fn=_end_with_us, env=_environment(),
        )  # fmt: skip
        reader = threading.Thread(target=self._read, daemon=True)
        reader.start()
        until = time.monotonic() + UP_WITHIN
        while not any("is up. Ctrl-C" in line for line in self._printed):
            if self._process.poll() is not None or time.monotonic() > until:
                reader.join(1)
                raise CityFailed("the city did not come up:\n" + "\n".join(self._printed[-20:]))
            time.sleep(0.1)
        self.accounts = read_accounts(self._printed)

    def _read(self) -> None:
        assert self._process is not None and self._process.stdout is not None
        for line in self._process.stdout:
            self._printed.append(line.rstrip("\n"))
            if re.match(r"\d\d:\d\d:\d\d  ", line):
                self.say(f"  {line.rstrip()}")

    def account(self, system: str, duty: str, place: int = 0) -> Account:
        """The account of a duty; `place` when several people have it."""
        return [each for each in self.accounts if each.system == system and each.duty.startswith(duty)][place]

    def counterpart(self, name: str) -> Counterpart:
        known = tomllib.loads((self.folder / "simulators.toml").read_text("utf-8"))["counterparts"][name]
        return Counterpart(f"https://127.0.0.1:{known['port']}", self.folder / "keys" / name / "authority.pem")

    @property
    def check_page(self) -> str:
        """Where anybody can ask about a sheet."""
        known = tomllib.loads((self.folder / "run" / "residents-check.toml").read_text("utf-8"))
        return f"http://{known['host']}:{known['port']}/check/"

    def operate(self, *words: str) -> tuple[int, str]:
        """An operator's command, `daicho prove` and the like: (exit code, what it said)."""
        environment = _environment() | {"DAICHO_CONFIG": str(self.folder / "installation.toml")}
        done = subprocess.run(
            [sys.executable, "-m", "daicho.site.cli", *words], stdin=subprocess.DEVNULL, capture_output=True, text=True, env=environment, timeout=120
        )  # fmt: skip
        return done.returncode, (done.stdout + done.stderr).strip()

    def waiting_lines(self, system: str) -> tuple[bool, list[str], str]:
        """Of `daicho line list`: whether every line is open and there is one, the rows on which something waits, and all that was said."""
        code, said = self.operate("line", "list", "--system", system)
        rows = said.splitlines()[2:]
        return code == 0 and bool(rows), [row for row in rows if not row.rstrip().endswith("open")], said

    def end(self) -> list[str]:
        """End the city; returns what was left behind (nothing, when all is well)."""
        process, self._process = self._process, None
        if process is None:
            return []
        left = []
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.wait(DOWN_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            left.append(f"process {process.pid} did not end within {DOWN_WITHIN:g} s and was killed")
        return left + [f"port {port + self.offset} is still held" for port in PORTS if not _is_free(port + self.offset)]


def read_accounts(printed: list[str]) -> list[Account]:
    """The launcher's table of systems and made-up officers."""
    found: list[Account] = []
    for line in printed:
        row = _ROW.match(line)
        if row is None:
            continue
        system = row["system"] or (found[-1].system if found else "")
        address = row["address"] or (found[-1].address if found else "")
        found.append(Account(system, address, row["duty"], row["login"], row["password"], row["code"] or ""))
    return found


def free_offset() -> int:
    """A move of all ports at which every one of them is free."""
    for offset in OFFSETS:
        if all(_is_free(port + offset) for port in PORTS):
            return offset
    raise CityFailed("no free ports were found for a city")


def _is_free(port: int) -> bool:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _environment() -> dict[str, str]:
    """Ours, without what another installation of the same shell may have left in it."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("DAICHO_", "DJANGO_", "PG")) or name == "DAICHO_FONTS"}


def _end_with_us() -> None:
    """A city whose player is gone is asked to end as by an operator."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(1, signal.SIGTERM, 0, 0, 0)  # PR_SET_PDEATHSIG of linux/prctl.h
