"""起動の流れ — `daicho up`: prepare, start, show, watch, end. 設計2章."""

from __future__ import annotations

import fcntl
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType

from daicho.site.config import Installation
from daicho.site.config_write import write_for_check_page
from daicho.site.launch import accounts, demo, ports
from daicho.site.launch.binaries import LaunchError
from daicho.site.launch.bootstrap import counterpart_port
from daicho.site.launch.children import ChildSpec
from daicho.site.launch.demo import Demo
from daicho.site.launch.progress import say, step, table
from daicho.site.launch.supervisor import Supervisor

TITLES = {
    "residents": "住民記録",
    "juki_net": "住基ネット・市町村CS",
    "chukan": "中間サーバー",
    "atena": "統合宛名",
    "konbini": "コンビニ交付",
    "transfers": "庁内連携",
}


def up_demo(city: Demo, anew: bool) -> int:
    """Everything from nothing: a demo city that runs until Ctrl-C or SIGTERM."""
    with only_one(city.folder), interruptible(), ExitStack() as at_end:
        if anew:
            with step("forgetting the former city"):
                demo.reset(city)
        city.folder.mkdir(parents=True, exist_ok=True)
        demo.require_disk(city)
        made = demo.installation(city)
        _require_ports(city, made)
        at_end.callback(_stop_databases, city)
        databases = demo.start_databases(city, made)
        demo.prepare(city, made)
        specs = [*_simulators(city, made), *children(made, made.systems, lambda name: demo.process_environment(city, name), city.run / "log")]
        supervise(specs, city.run / "status.json", lambda: _welcome(city, made), demo.keeper(databases))
    say("ended; no process and no port is left")
    return 0


def up_configured(made: Installation, names: list[str]) -> int:
    """Listeners and worker of the systems `names` of a configuration that stands already, on servers that run already."""
    run = made.var_dir / "run"
    run.mkdir(parents=True, exist_ok=True)
    with only_one(run), interruptible():
        ports.require_free((f"{name} {kind}", port) for name in names for kind, port in _listeners(made, name))
        inherited = {key: value for key, value in os.environ.items() if key != "DAICHO_SYSTEM"}
        specs = list(children(made, names, lambda name: inherited | {"DAICHO_SYSTEM": name}, run / "log"))
        supervise(specs, run / "status.json", lambda: say(f"up: {', '.join(names)}"))
    return 0


def children(made: Installation, names: Iterable[str], environment: Callable[[str], dict[str, str]], logs: Path) -> Iterator[ChildSpec]:
    """For each system a screens listener, a wire listener and one worker."""
    for name in names:
        for kind, port in _listeners(made, name):
            serve = [sys.executable, "-m", "daicho.site.launch.serve", kind, name]
            yield ChildSpec(
                f"{name} {kind}", serve, _check_environment(made, name) if kind == "check" else environment(name), logs / f"{name}-{kind}.log", port
            )
        work = [sys.executable, "-m", "daicho.site.cli", "worker", "--system", name]
        yield ChildSpec(f"{name} worker", work, environment(name), logs / f"{name}-worker.log")


def supervise(specs: list[ChildSpec], status_file: Path, welcome: Callable[[], None], look_after: Callable[[], None] = lambda: None) -> None:
    supervisor = Supervisor(specs, status_file, say, look_after)
    supervisor.listen_to_signals()
    try:
        with step("listeners and workers"):
            supervisor.start()
        if not supervisor.ending.is_set():
            welcome()
        supervisor.run()
    finally:
        say("ending …")
        supervisor.stop()


def _listeners(made: Installation, name: str) -> tuple[tuple[str, int], ...]:
    system = made.system(name)
    checking = [("check", system.check_page.port)] if system.check_page is not None else []
    return ("screens", system.screens.port), ("wire", system.wire.port), *checking


def _check_environment(made: Installation, name: str) -> dict[str, str]:
    """For the public's page: it is told of its own file and of nothing else of the house."""
    file = made.var_dir / "run" / f"{name}-check.toml"
    write_for_check_page(made, name, file)
    return demo.base_environment() | {"DAICHO_CHECK_PAGE": str(file)}


def _simulators(city: Demo, made: Installation) -> Iterator[ChildSpec]:
    outside = _counterparts(made)
    if outside:
        command = [sys.executable, "-m", "simulators", "--config", str(city.simulators_file)]
        port = counterpart_port(outside[0], city.simulators_first_port)
        yield ChildSpec("simulators", command, demo.base_environment(), city.run / "log" / "simulators.log", port)


def _counterparts(made: Installation) -> list[str]:
    return sorted({peer.name for system in made.systems.values() for peer in system.peers.values() if peer.kind == "counterpart"})


def _require_ports(city: Demo, made: Installation) -> None:
    wanted = [(f"{name} {kind}", port) for name in made.systems for kind, port in _listeners(made, name)]
    wanted += [(f"simulator {name}", counterpart_port(name, city.simulators_first_port)) for name in _counterparts(made)]
    # After a supervisor was killed its clusters may still run: they are ours and are used on.
    wanted += [(f"PostgreSQL of {name}", cluster.port) for name, cluster in demo.clusters(city).items() if not (cluster.exists() and cluster.running())]
    ports.wait_free((port for _, port in wanted), seconds=2)  # what a killed supervisor left is being ended by the kernel
    ports.require_free(wanted)


def _stop_databases(city: Demo) -> None:
    for cluster in demo.clusters(city).values():
        cluster.stop()


def _welcome(city: Demo, made: Installation) -> None:
    rows: list[tuple[str, str, str, str, str, str]] = []
    for name, system in made.systems.items():
        where = (TITLES.get(name, name), f"{system.origin}/")
        for person in accounts.of(name, city.folder) or [accounts.NOBODY]:
            rows.append((*where, person.duty, person.login, person.password, person.code))
            where = ("", "")
    head = ["システム", "アドレス", "担当（架空の職員）", "利用者ID", "パスワード", "登録コード（認証器の登録に一度だけ）"]
    print("\n" + table(head, rows) + "\n", flush=True)
    if not demo.has_font():
        say("the certificate's font is not installed: certificates are refused by name until `make font` succeeds")
    say(f"{made.municipality_name} is up. Ctrl-C ends it; the data stay in {city.folder}")


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """One supervisor for a folder. The lock is the kernel's, so a killed holder leaves none; what its file still says is told."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with open(lock_file(folder), "a+", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            raise LaunchError(f"{folder} is up already (process {lock.read().strip() or 'unknown'}); `daicho down` ends it") from None
        lock.seek(0)
        if before := lock.read().strip():
            say(f"stale lock: process {before} ended without tidying up; going on from what it left")
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        try:
            yield
        finally:
            lock.truncate(0)  # a killed process leaves its number here, and the next start says so


def lock_file(folder: Path) -> Path:
    """Beside the folder, so that a reset does not remove it under its holder."""
    return folder.with_name(f"{folder.name}.lock")


def holder(folder: Path) -> int | None:
    """The process that has `folder` up; None when none has."""
    try:
        with open(lock_file(folder), "r+", encoding="ascii") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                return int(lock.read().strip() or "0") or None
    except FileNotFoundError:
        pass
    return None


@contextmanager
def interruptible() -> Iterator[None]:
    """Until the supervisor listens itself, SIGTERM and SIGHUP end a start as Ctrl-C does: with everything tidied up."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    try:
        yield
    except KeyboardInterrupt:
        say("interrupted before everything was up; ended")
        raise
