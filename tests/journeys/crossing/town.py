"""試験の街 — a throwaway installation with real processes: the counter, both systems' listeners and workers, the outside world. 設計2章・8章.

Each system has a database instance of its own (F-2-31) on a socket, and everything else listens on free ports of 127.0.0.1. Every process
carries fuses (fuses.py); whoever ends is started again at once, by us and not by the supervisor, whose growing pauses are not tried here.
"""

from __future__ import annotations

import json
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import requests

from daicho import clock
from daicho.site import config_write
from daicho.site.config import Installation
from daicho.site.launch import bootstrap, ports, simulators_config, up
from daicho.site.launch.bootstrap import Place, Ports
from daicho.site.launch.children import GRACE, Child, ChildSpec
from daicho.site.launch.demo import base_environment
from daicho.site.launch.keys import PartyFiles
from daicho.site.launch.postgres import Cluster
from tests.harness import FAST, scratch
from tests.journeys.crossing import databases
from tests.journeys.crossing.fuses import ROOT, Fuses, Order

BEGINS_AT = datetime(2026, 5, 10, 1, 0, tzinfo=UTC)  # 10 in the morning there
LEASE = 100  # seconds; a little more than the relay's
PREFIX = "daicho-town-"
SYSTEMS = ("residents", "juki_net")  # the others are not deployed here: nothing is posted to them
COUNTERPARTS = ("prefecture", "other_city")
ROLES = ("residents wire", "residents worker", "juki_net wire", "juki_net worker")


class CounterDied(Exception):
    """The counter's process, a fork, ended in the middle of a command."""


@dataclass
class Town:
    folder: Path
    made: Installation
    clusters: dict[str, Cluster]
    simulators_first_port: int
    children: dict[str, Child] = field(default_factory=dict)
    databases: dict[str, psycopg.Connection] = field(default_factory=dict)
    counter: subprocess.Popen[str] | None = None

    # --- the processes ----------------------------------------------------------------------------------------------------

    def environment(self, system: str) -> dict[str, str]:
        """For a process of one system: its configuration alone, without its owner's password."""
        return base_environment() | {
            "PYTHONPATH": str(ROOT),
            "DAICHO_CONFIG": str(self.folder / "run" / f"{system}.toml"),
            "DAICHO_SYSTEM": system,
            "DJANGO_SETTINGS_MODULE": f"daicho.site.settings.{system}",
        }

    def fuses(self, role: str) -> Fuses:
        return Fuses(self.folder / "run", role)

    def start(self) -> None:
        logs = self.folder / "log"
        for spec in up.children(self.made, SYSTEMS, self.environment, logs):
            if spec.name in ROLES:
                self.children[spec.name] = Child(replace(spec, environment={**spec.environment, **self.fuses(spec.name).environment()}))
        simulators = [sys.executable, "-m", "simulators", "--config", str(self.folder / "simulators.toml")]
        port = bootstrap.counterpart_port("other_city", self.simulators_first_port)
        self.children["simulators"] = Child(ChildSpec("simulators", simulators, base_environment() | {"PYTHONPATH": str(ROOT)}, logs / "simulators.log", port))
        for child in self.children.values():
            child.start()
        self._until(self.answers, 60, "listeners")

    def answers(self) -> bool:
        return all(ports.answers(child.spec.port) for child in self.children.values() if child.spec.port)

    def tend(self) -> None:
        """Start again whoever has ended. A lease that the ended one held runs out at once: the town's clock is moved."""
        for child in self.children.values():
            if child.has_ended():
                self.let_time_pass()
                child.start()

    def stop(self) -> None:
        if self.counter is not None:
            self._end_counter()
        for child in self.children.values():
            child.ask_to_end()
        for child in self.children.values():
            child.end(time.monotonic() + GRACE)
        for connection in self.databases.values():
            connection.close()

    def log(self, role: str) -> str:
        return f"{role} ({self.children[role].last_end}):\n{self.children[role].tail(30)}"

    # --- the counter ------------------------------------------------------------------------------------------------------

    def ask_counter(self, command: str, *arguments: object) -> Any:  # Any: JSON
        """Raises CounterDied; the next call has a new process."""
        return self._ask(command, *arguments)

    def ask_daicho(self, *words: str) -> tuple[int, str, str]:
        """One `daicho` command of residents in a process forked for it: exit code, what it said, what it said of errors. See `run`."""
        code, said, errors = self._ask("daicho", *words)
        return code, said, errors

    def _ask(self, command: str, *arguments: object) -> Any:  # Any: JSON
        if self.counter is None:
            environment = self.environment("residents") | self.fuses("counter").environment()
            with open(self.folder / "log" / "counter.log", "ab") as log:
                self.counter = subprocess.Popen(
                    [sys.executable, "-m", "tests.journeys.crossing.counter_process"],
                    cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
                )  # fmt: skip
            self._answer()
        assert self.counter.stdin is not None
        self.counter.stdin.write(json.dumps([command, arguments]) + "\n")
        self.counter.stdin.flush()
        answer = self._answer()
        if isinstance(answer, dict) and "died" in answer:
            raise CounterDied(f"{answer['died']}\n{(self.folder / 'log' / 'counter.log').read_text()[-2000:]}")
        return answer

    def _answer(self) -> Any:  # Any: JSON
        assert self.counter is not None and self.counter.stdout is not None
        line = self.counter.stdout.readline()
        if not line:
            raise RuntimeError(f"the forking process ended: {self._end_counter()}\n{(self.folder / 'log' / 'counter.log').read_text()[-2000:]}")
        return json.loads(line)

    def _end_counter(self) -> int:
        assert self.counter is not None and self.counter.stdin is not None and self.counter.stdout is not None
        self.counter.stdin.close()
        self.counter.stdout.close()
        code = self.counter.wait(20)
        self.counter = None
        return code

    # --- time, and what the tables and the outside world say -------------------------------------------------------------------

    def now(self) -> datetime:
        return datetime.fromtimestamp(time.time() + clock.read_offset(self.made.clock_file), UTC)

    def let_time_pass(self, seconds: float = LEASE) -> None:
        clock.move_to(self.made.clock_file, datetime.fromtimestamp(self.now().timestamp() + seconds, UTC))

    def rows(self, system: str, query: str, *arguments: object) -> list[tuple[Any, ...]]:  # Any: whatever the columns hold
        if system not in self.databases:
            at = self.made.system(system).database
            self.databases[system] = psycopg.connect(
                host=at.host,
                port=at.port,
                dbname=at.name,
                user=at.web,
                password=at.web_password,
                autocommit=True,
                options=f"-c daicho.municipality={self.made.municipality_code}",  # chukan shows nothing to who does not say it (F-1-60)
            )
        return self.databases[system].execute(query, arguments).fetchall()

    def unsettled(self) -> int:
        """Notices on their way; residents first, because what they settle has been posted on by then."""
        return sum(self.rows(system, "SELECT count(*) FROM outbox_delivery WHERE settled_at IS NULL")[0][0] for system in SYSTEMS)

    def run_until_idle(self, seconds: float = 90) -> None:
        """Until nothing is on its way any more; ended processes are started again, and waiting times are made to pass."""

        def idle() -> bool:
            self.tend()
            if not self.unsettled():
                return True
            if (until := self._waiting_until()) is not None and self.answers():
                self.let_time_pass((until - self.now()).total_seconds() + 1)
            return False

        self._until(idle, seconds, "the notices")

    def _waiting_until(self) -> datetime | None:
        """When the last line or notice that waits after a failure may be tried again; None while none waits, or something is being sent.

        Moved under a message that is being sent, the clock could make its signature too old.
        """
        now, found = self.now(), []
        for system in SYSTEMS:
            if self.rows(system, "SELECT 1 FROM outbox_delivery WHERE state = 'sent' AND lease_until > %s LIMIT 1", now):
                return None
            waiting = "SELECT next_at FROM outbox_line UNION ALL SELECT next_at FROM outbox_delivery WHERE state = 'pending'"
            found += [at for (at,) in self.rows(system, f"SELECT max(next_at) FROM ({waiting}) AS w WHERE next_at > %s", now) if at is not None]
        return max(found, default=None)

    def wait_burnt(self, role: str, seconds: float = 30) -> None:
        """A point that never fires fails the test. A process says that it burns before it is killed: it is waited for, and started again."""
        fuses = self.fuses(role)
        try:
            self._until(fuses.has_burnt, seconds, f"{role} to be killed ({fuses.order.read_text() if fuses.order.exists() else ''})")
        finally:
            fuses.withdraw()
        if (child := self.children.get(role)) is not None:
            self._until(child.has_ended, seconds, f"{role} to end")
            self.let_time_pass()
            child.start()

    def kill_at(self, role: str, order: Order) -> None:
        self.fuses(role).give(order)

    def outside(self, name: str) -> dict[str, Any]:  # Any: JSON
        """What the simulator received and refused."""
        port = bootstrap.counterpart_port(name, self.simulators_first_port)
        authority = PartyFiles(self.folder / "keys" / name).authority
        answer: dict[str, Any] = requests.get(f"https://127.0.0.1:{port}/_received", verify=str(authority), timeout=10).json()
        return answer

    def run(self, *words: str, system: str = "residents") -> subprocess.CompletedProcess[str]:
        """One `daicho` command in a process of its own, from its start."""
        command = [sys.executable, "-m", "daicho.site.cli", *words]
        return subprocess.run(command, cwd=ROOT, env=self.environment(system), capture_output=True, text=True, timeout=60)

    def _until(self, holds, seconds: float, what: str) -> None:
        until = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > until:
                raise TimeoutError(f"waited {seconds:g} s for {what}\n" + "\n".join(map(self.log, self.children)))
            time.sleep(0.05)


@contextmanager
def town() -> Iterator[Town]:
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=scratch()))  # short, because sockets lie in it
    folder.chmod(0o711)  # the database's system user goes through it
    clusters = {system: Cluster(folder / system, 5432, tcp=False, settings={**FAST, "shared_buffers": "64MB"}) for system in SYSTEMS}
    first = _first_free_row(len(bootstrap.COUNTERPARTS) - 1)
    made = _describe(folder, clusters, first)
    standing = Town(folder, made, clusters, first)
    try:
        databases.prepare(made, clusters)
        standing.start()
        yield standing
    finally:
        standing.stop()
        for cluster in clusters.values():
            cluster.stop("immediate")
        shutil.rmtree(folder)


def _sweep() -> None:
    """Towns whose test process was killed: their other processes ended with it, their databases did not."""
    for folder in scratch().glob(f"{PREFIX}*-*"):
        made_by = folder.name.removeprefix(PREFIX).split("-")[0]
        if folder.owner() == pwd.getpwuid(os.geteuid()).pw_name and made_by.isdigit() and not _lives(made_by):
            for system in SYSTEMS:
                Cluster(folder / system, 5432, tcp=False).stop("immediate")
            shutil.rmtree(folder, ignore_errors=True)


def _lives(pid: str) -> bool:
    """A killed process that nobody has asked after may stay as a zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _describe(folder: Path, clusters: dict[str, Cluster], simulators_first_port: int) -> Installation:
    free = iter(_free_ports(3 * len(SYSTEMS)))
    listeners = {system: Ports(screens=next(free), wire=next(free), database=5432, check=next(free)) for system in SYSTEMS}
    hosts = {system: cluster.host for system, cluster in clusters.items()}
    made = bootstrap.create(Place("test", folder, listeners, simulators_first_port, hosts), datetime.now(UTC))
    config_write.write(made, folder / "installation.toml")
    for system in SYSTEMS:
        config_write.write_for_processes(made, system, folder / "run" / f"{system}.toml")
    simulators_config.write(folder / "simulators.toml", folder, made, simulators_first_port)
    made.clock_file.write_text(f"{(BEGINS_AT - datetime.now(UTC)).total_seconds():.6f}\n", "ascii")
    (folder / "log").mkdir()
    return made


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


def _first_free_row(distance: int) -> int:
    """A port that is free together with all up to the one `distance` above it: the counterparts between them listen too."""
    while True:
        [first] = _free_ports(1)
        if first + distance < 65536 and all(ports.is_free(first + step) for step in range(1, distance + 1)):
            return first
