"""実演の街 — prepares a whole demo city in one folder: keys, clusters, databases, tables, people. 設計2章・10章.

Every part is skipped when a former start did it, so that a second start takes seconds and keeps the data.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

from daicho.site import config, config_write
from daicho.site.config import Installation
from daicho.site.launch import bootstrap, city_keys, roles, simulators_config
from daicho.site.launch.binaries import LaunchError, account
from daicho.site.launch.bootstrap import DEMO_PORTS, DEMO_SIMULATORS_FIRST_PORT, Place, Ports
from daicho.site.launch.postgres import Cluster
from daicho.site.launch.progress import say, step
from daicho.site.launch.stamps import FURNITURE_SOURCES, SCHEMA_SOURCES, STATIC_SOURCES, Stamps, digest_of

PAUSE_OF_KEEPER = 10.0  # seconds between two starts of one PostgreSQL
_steps: set[subprocess.Popen[bytes]] = set()  # that run now, so that all can be ended
DISK_BASE = 1_000_000_000  # clusters, their logs and the static files
DISK_PER_RESIDENT = 25_000  # measured: rows, indexes and write-ahead log of one made-up resident


@dataclass(frozen=True)
class Demo:
    """`port_offset` moves every port, so that several cities can stand side by side."""

    folder: Path
    size: int
    port_offset: int = 0

    @property
    def file(self) -> Path:
        return self.folder / "installation.toml"

    @property
    def run(self) -> Path:
        return self.folder / "run"

    @property
    def simulators_file(self) -> Path:
        return self.folder / "simulators.toml"

    def ports(self) -> dict[str, Ports]:
        move = self.port_offset
        return {name: Ports(at.screens + move, at.wire + move, at.database + move) for name, at in DEMO_PORTS.items()}

    @property
    def simulators_first_port(self) -> int:
        return DEMO_SIMULATORS_FIRST_PORT + self.port_offset

    def process_file(self, system: str) -> Path:
        """The configuration that the processes of one system see."""
        return self.run / f"{system}.toml"


def require_disk(demo: Demo) -> None:
    folder = demo.folder
    while not folder.exists():
        folder = folder.parent
    free, needed = shutil.disk_usage(folder).free, DISK_BASE + DISK_PER_RESIDENT * demo.size
    if free < needed:
        raise LaunchError(
            f"{folder} has {free / 1e9:.1f} GB free; a city of {demo.size:,} needs about {needed / 1e9:.1f} GB. Make room or choose a smaller SIZE="
        )


def installation(demo: Demo) -> Installation:
    """The demo's installation: read, or made now."""
    if demo.file.exists():
        known = config.read(demo.file)
        city_keys.ensure(demo.folder, known.prefecture_name, known.municipality_name)
        ports = {name: Ports(system.screens.port, system.wire.port, system.database.port) for name, system in known.systems.items()}
        if ports == demo.ports():
            return known
        raise LaunchError(f"{demo.file} was made with other ports; begin anew with RESET=1, or give the --port-offset it was made with")
    with step("keys and passwords"):
        hosts = {name: cluster.host for name, cluster in clusters(demo).items()}
        made = bootstrap.create(Place("demo", demo.folder, demo.ports(), demo.simulators_first_port, hosts), datetime.now(UTC))
        config_write.write(made, demo.file)
    return made


def clusters(demo: Demo) -> dict[str, Cluster]:
    """One PostgreSQL instance for each system: juki_net must have its own (F-2-31), and so the others can move out as well."""
    folder = cluster_folder(demo.folder)
    return {name: Cluster(folder / name, ports.database) for name, ports in demo.ports().items()}


def cluster_folder(folder: Path) -> Path:
    """In the demo's folder, unless the database's system user cannot get there (a home of mode 700)."""
    inside = folder / "db"
    if account().can_reach(inside):
        return inside
    mark = hashlib.sha256(str(folder).encode()).hexdigest()[:8]
    return Path("/var/lib/daicho") / mark


def reset(demo: Demo) -> None:
    """Forget the city: stop its clusters, remove all it has."""
    for cluster in clusters(demo).values():
        cluster.stop("immediate")
    for folder in (cluster_folder(demo.folder), demo.folder):
        shutil.rmtree(folder, ignore_errors=True)
        if folder.exists():
            raise LaunchError(f"{folder} could not be removed; does part of it belong to another user?")


def start_databases(demo: Demo, made: Installation) -> dict[str, Cluster]:
    """Make and start every cluster, with roles and databases in it."""
    started = clusters(demo)

    def one(name: str) -> None:
        with step(f"PostgreSQL of {name}"):
            _start_database(started[name], made, name)

    _each(started, one)
    return started


def _start_database(cluster: Cluster, made: Installation, name: str) -> None:
    cluster.create()
    cluster.start()
    with cluster.connect() as superuser:
        roles.close_to_public(superuser)
        roles.ensure_roles(superuser, made.system(name).database)
        roles.ensure_database(superuser, made.system(name).database)
    with cluster.connect(name) as inside:
        roles.close_schema(inside, made.system(name).database)


def keeper(databases: Mapping[str, Cluster]) -> Callable[[], None]:
    """Starts a PostgreSQL again that has ended; one that does not start is tried again after a pause, and shown."""
    not_before = dict.fromkeys(databases, 0.0)

    def look() -> None:
        for name, cluster in databases.items():
            if time.monotonic() < not_before[name] or cluster.postmaster_lives():
                continue
            not_before[name] = time.monotonic() + PAUSE_OF_KEEPER
            try:
                cluster.start()
                say(f"PostgreSQL of {name} had ended and was started again")
            except LaunchError as error:
                say(f"PostgreSQL of {name} has ended and does not start: {error}")

    return look


def prepare(demo: Demo, made: Installation) -> None:
    """Tables and static files of every system, the files its processes read, and the people, as far as not there yet. As many systems at once as there are cores."""
    stamps = Stamps(demo.folder / "stamps")
    simulators_config.write(demo.simulators_file, demo.folder, made, demo.simulators_first_port)
    offers_people = _offers("synthetic.city")
    if not offers_people:
        say("this copy has no synthetic.city: the city starts empty")
    furnishing = threading.Lock()  # the made-up officers of all systems have their passwords in one file

    def one(name: str) -> None:
        _tables_and_furniture(demo, made, stamps, name, furnishing)
        if offers_people:
            _people(demo, stamps, name)

    _each(made.systems, one)


def _each(names: Iterable[str], work: Callable[[str], None]) -> None:
    """Work on every system, some at once; what one raises ends the steps of the others, and is raised."""
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        waiting = [pool.submit(work, name) for name in names]
        try:
            for done in as_completed(waiting):
                done.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in list(_steps):
                process.kill()
            raise


def _tables_and_furniture(demo: Demo, made: Installation, stamps: Stamps, name: str, furnishing: threading.Lock) -> None:
    config_write.write_for_processes(made, name, demo.process_file(name))
    tables, static = digest_of(SCHEMA_SOURCES, name), digest_of(STATIC_SOURCES, name)
    if not stamps.has(f"tables-{name}", tables):
        with step(f"tables and grants of {name}"):
            run_step([sys.executable, "-m", "daicho.site.cli", "migrate", "--system", name], operator_environment(demo))
        stamps.put(f"tables-{name}", tables)
    if not stamps.has(f"static-{name}", static):
        with step(f"style sheets and scripts of {name}"):
            run_step([sys.executable, "-m", "daicho.site.cli", "static", "--system", name], process_environment(demo, name))
        stamps.put(f"static-{name}", static)
    offices = digest_of(FURNITURE_SOURCES, name, _digest_of_accounts())
    if not stamps.has(f"offices-{name}", offices):
        with furnishing, step(f"offices, terminals and made-up officers of {name}"):
            run_step([sys.executable, "-m", "daicho.site.launch.furnish"], process_environment(demo, name))
        stamps.put(f"offices-{name}", offices)


def _people(demo: Demo, stamps: Stamps, name: str) -> None:
    """The same size gives the same people in every system."""
    stamp = f"people-{name}"
    if not (stamps.folder / stamp).exists():
        with step(f"made-up city of {demo.size:,} residents for {name}"):
            run_step([sys.executable, "-m", "synthetic.city", "--size", str(demo.size)], operator_environment(demo) | {"DAICHO_SYSTEM": name})
        stamps.put(stamp, str(demo.size))
    elif not stamps.has(stamp, str(demo.size)):
        say(f"{name} keeps its {int((stamps.folder / stamp).read_text()):,} residents; RESET=1 begins anew with another SIZE=")


def has_font() -> bool:
    """Whether the certificate's font was set up (`make font`)."""
    return (fonts_dir() / "ipamjm.ttf").is_file()


def fonts_dir() -> Path:
    return Path(os.environ.get("DAICHO_FONTS") or Path(__file__).resolve().parents[3] / "var" / "fonts")


def _digest_of_accounts() -> str:
    spec = find_spec("synthetic.accounts") if _offers("synthetic") else None
    return hashlib.sha256(Path(spec.origin).read_bytes()).hexdigest() if spec is not None and spec.origin else ""


def _offers(module: str) -> bool:
    with contextlib.suppress(ModuleNotFoundError):
        return find_spec(module) is not None
    return False


def base_environment() -> dict[str, str]:
    """Ours, without what another installation may have left in it; the fonts are those that `has_font` looks for."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DAICHO_", "DJANGO_", "PG"))}
    return kept | {"PYTHONUNBUFFERED": "1", "DAICHO_FONTS": str(fonts_dir())}


def operator_environment(demo: Demo) -> dict[str, str]:
    """For commands of the operator, who may work as the owner."""
    return base_environment() | {"DAICHO_CONFIG": str(demo.file)}


def process_environment(demo: Demo, system: str) -> dict[str, str]:
    """For a process of one system: it sees that system's configuration only, without its owner's password."""
    return base_environment() | {
        "DAICHO_CONFIG": str(demo.process_file(system)),
        "DAICHO_SYSTEM": system,
        "DJANGO_SETTINGS_MODULE": f"daicho.site.settings.{system}",
    }


def run_step(command: Sequence[str], environment: Mapping[str, str]) -> None:
    """Run one step as a process of its own; it ends with us."""
    tied = [sys.executable, "-m", "daicho.site.launch.lifeline", str(os.getpid()), *command]
    process = subprocess.Popen(tied, env=dict(environment), stdin=subprocess.DEVNULL)
    _steps.add(process)
    try:
        code = process.wait()
    except BaseException:
        process.kill()
        process.wait()
        raise
    finally:
        _steps.discard(process)
    if code:
        raise LaunchError(f"{' '.join(command[1:])} ended with {code}; its messages are above")
