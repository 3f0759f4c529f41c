"""導火線 — kills a running process at a crash point when the test says so, without starting it anew for each point. Issue step 5.

Every process of a town lays a fuse at both sides of every point of tests/outbox/crashpoints.py and goes on as always. The test
writes an order for one role ("juki_net worker"): at the n-th time that the role's process passes the point, it writes the order's
name into the burnt file and gets SIGKILL. What was started in its place finds no order and lives.

A `commit` counts when its transaction has written something: the relay asks many times a second, and its empty claims change nothing.
"""

from __future__ import annotations

import functools
import json
import os
import signal
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType

from tests.outbox.crashpoints import POINTS, CrashPoint, when_imported

CRASH_SITE = Path(__file__).with_name("crash_site")
ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Order:
    """`at` is "point:side"; `thread` counts only what that thread passes (a worker has several), empty means any."""

    at: str
    hit: int
    thread: str = ""


@dataclass(frozen=True)
class Fuses:
    """The test's end: orders to the processes of one role, and what became of them."""

    folder: Path
    role: str

    def environment(self) -> dict[str, str]:
        path = os.pathsep.join([str(CRASH_SITE), str(ROOT)])
        return {"PYTHONPATH": path, "FUSES_FOLDER": str(self.folder), "FUSES_ROLE": self.role}

    def give(self, order: Order) -> None:
        self.burnt.unlink(missing_ok=True)
        beside = self.order.with_suffix(".new")
        beside.write_text(json.dumps(asdict(order)), encoding="ascii")
        beside.replace(self.order)

    def withdraw(self) -> None:
        self.order.unlink(missing_ok=True)

    def has_burnt(self) -> bool:
        return self.burnt.exists()

    @property
    def order(self) -> Path:
        return self.folder / f"{self.role.replace(' ', '-')}.order"

    @property
    def burnt(self) -> Path:
        return self.folder / f"{self.role.replace(' ', '-')}.burnt"


def lay() -> None:
    """In a process of the town: wrap every point as soon as its module is imported."""
    folder, role = os.environ.get("FUSES_FOLDER"), os.environ.get("FUSES_ROLE")
    if folder and role:
        watch = _Watch(Fuses(Path(folder), role))
        for point in POINTS:
            when_imported(point.module, functools.partial(_wrap, point=point, watch=watch))


class _Watch:
    """Looks at every passing whether there is an order, and counts the passings since it came."""

    def __init__(self, fuses: Fuses) -> None:
        self.fuses = fuses
        self.seen: tuple[int, int] | None = None
        self.current: Order | None = None
        self.left = 0
        self.lock = threading.Lock()

    def pass_by(self, at: str) -> None:
        with self.lock:
            self._look()
            order = self.current
            if order is None or order.at != at or order.thread not in ("", threading.current_thread().name):
                return
            self.left -= 1
            if self.left == 0:
                self.fuses.order.unlink(missing_ok=True)  # first: once the burnt file is seen, the test withdraws the order
                self.fuses.burnt.write_text(f"{at} {order.hit} {os.getpid()}\n", encoding="ascii")
                os.kill(os.getpid(), signal.SIGKILL)

    def _look(self) -> None:
        try:
            status = self.fuses.order.stat()
            if (status.st_mtime_ns, status.st_ino) == self.seen:
                return
            self.current = Order(**json.loads(self.fuses.order.read_text(encoding="ascii")))
        except FileNotFoundError:
            self.current, self.seen = None, None
            return
        self.seen, self.left = (status.st_mtime_ns, status.st_ino), self.current.hit


def _wrap(module: ModuleType, *, point: CrashPoint, watch: _Watch) -> None:
    owner = getattr(module, point.owner) if point.owner else module
    original = getattr(owner, point.method)

    @functools.wraps(original)
    def wrapped(*args, **kwargs):
        counts = point.name != "commit" or _has_written(args[0])
        if counts:
            watch.pass_by(f"{point.name}:before")
        try:
            return original(*args, **kwargs)
        finally:
            if counts:
                watch.pass_by(f"{point.name}:after")

    setattr(owner, point.method, wrapped)


def _has_written(database) -> bool:
    """Whether the transaction about to be committed has written or locked a row."""
    if database.connection is None:
        return False
    with database.connection.cursor() as cursor:
        return bool(cursor.execute("SELECT pg_current_xact_id_if_assigned() IS NOT NULL").fetchone()[0])
