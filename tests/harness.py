"""試験台 — a database for every test process, cloned from a template that the owner migrated. 設計8章.

One cluster serves all test processes of this working copy; it is started by the first that needs it and left running
(`python -m tests.harness stop` ends it, `remove` takes away its files too: they may lie in memory). Nothing here is
trusted either: tests connect as the web role, with its password.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import psycopg
from psycopg import sql

from daicho.site import config, config_write
from daicho.site.config import Installation
from daicho.site.launch import binaries, bootstrap, city_keys, roles
from daicho.site.launch.bootstrap import Place, Ports
from daicho.site.launch.postgres import Cluster
from daicho.site.launch.stamps import SCHEMA_SOURCES, digest_of

ROOT = Path(__file__).resolve().parents[1]
SYSTEMS = tuple(bootstrap.PAIRS)
KEPT = 6  # templates of earlier schemas, which running test processes may still clone
PORT = 5432  # names the socket's file only; no port is opened
ENOUGH_MEMORY = 8 << 30  # bytes that the file system in memory may hold in all: what is free would tell each process something else

# Lost with the machine, and that is all right here: only tests do without the disk's word.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off", "max_wal_size": "2GB"}


@dataclass(frozen=True)
class Clone:
    """A database of one's own, and the file that describes an installation on it (for child processes)."""

    system: str
    name: str
    config_file: Path

    def environment(self) -> dict[str, str]:
        """Environment variables of a child process that works on this database as the web role."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("DAICHO_", "DJANGO_"))}
        return {**kept, "DAICHO_CONFIG": str(self.config_file), "DAICHO_SYSTEM": self.system, "DJANGO_SETTINGS_MODULE": f"daicho.site.settings.{self.system}"}


@cache
def scratch() -> Path:
    """Where the tests' databases lie: in memory where there is plenty of it, else on the disk. Short, because sockets lie in it.

    Each test with commits of its own makes and removes a database of two thousand files: 0.04 s in memory, and on a disk that was
    measured 0.07 s for the first and 0.5–1.0 s after a few dozen, all of it the file system's work.
    """
    memory = Path("/dev/shm")
    if memory.is_mount() and os.access(memory, os.W_OK | os.X_OK):
        about = os.statvfs(memory)
        if about.f_blocks * about.f_frsize >= ENOUGH_MEMORY:
            return memory
    return Path("/tmp")


@cache
def state_dir() -> Path:
    """Reachable for the database's system user."""
    mark = hashlib.sha256(f"{ROOT} {os.geteuid()} {binaries.find()}".encode()).hexdigest()[:8]
    folder = scratch() / f"daicho-test-{mark}"
    folder.mkdir(exist_ok=True)
    if folder.stat().st_uid != os.geteuid():
        raise RuntimeError(f"{folder} belongs to somebody else")
    folder.chmod(0o711)
    return folder


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Held by one test process of this working copy at a time."""
    with open(state_dir() / f"{name}.lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@cache
def cluster() -> Cluster:
    return Cluster(state_dir() / "pg", PORT, tcp=False, settings=FAST)


def installation_file() -> Path:
    """The installation of the tests: keys and passwords made once. Its databases are named anew for each process."""
    file = state_dir() / "installation.toml"
    with locked("installation"):
        if not file.exists() or not _readable(file):
            shutil.rmtree(state_dir() / "keys", ignore_errors=True)
            ports = {name: Ports(screens=8100 + 100 * at, wire=8110 + 100 * at, database=PORT) for at, name in enumerate(SYSTEMS)}
            hosts = {name: str(state_dir() / "pg" / "s") for name in SYSTEMS}
            config_write.write(bootstrap.create(Place("test", state_dir(), ports, 8900, hosts), datetime.now(UTC)), file)
        city_keys.ensure(state_dir(), bootstrap.PREFECTURE_NAME, bootstrap.MUNICIPALITY_NAME)
    return file


def _readable(file: Path) -> bool:
    try:
        installation = config.read(file)
    except config.ConfigError:
        return False
    has_peers = all(set(system.peers) == {*pairs[0], *pairs[1]} for name, pairs in bootstrap.PAIRS.items() if (system := installation.systems.get(name)))
    has_peers = has_peers and installation.system(bootstrap.CHECKED).check_page is not None
    return has_peers and all(not system.missing_files() for system in installation.systems.values()) and set(installation.systems) == set(SYSTEMS)


def start() -> Cluster:
    """The running cluster, with the roles of every system. Safe when several processes ask at once."""
    installation = config.read(installation_file())
    with locked("cluster"):
        running, known = cluster(), state_dir() / "roles"
        running.create()
        was_running = running.running()
        if not was_running:
            running.start()
        made = str(installation_file().stat().st_mtime_ns)  # an installation made anew has other passwords
        if not was_running or not known.exists() or known.read_text() != made:
            with running.connect() as superuser:
                roles.close_to_public(superuser)
                for system in installation.systems.values():
                    roles.ensure_roles(superuser, system.database)
            known.write_text(made)
    return running


def schema_digest(system: str) -> str:
    return digest_of(SCHEMA_SOURCES, system, installation_file().stat().st_mtime_ns)[:10]


@cache
def template(system: str) -> str:
    """The name of the migrated template database of `system`, made now if the schema's sources have changed.

    Asked once in a process: who edits a model while tests run does not change the database under them.
    """
    name = f"template_{system}_{schema_digest(system)}"
    with locked(f"template-{system}"), start().connect() as superuser:
        known = superuser.execute("SELECT datistemplate FROM pg_database WHERE datname = %s", [name]).fetchone()
        if known and known[0]:
            return name
        _drop_old(superuser, system)
        superuser.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))  # a half-made one
        _migrate(superuser, system, name)
        superuser.execute(sql.SQL("ALTER DATABASE {} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false").format(sql.Identifier(name)))
    return name


def _migrate(superuser: psycopg.Connection, system: str, name: str) -> None:
    described = _with_database(config.read(installation_file()), system, name)
    database = described.system(system).database
    roles.create_database(superuser, database, template="template0")
    with cluster().connect(name) as inside:
        roles.close_schema(inside, database)
    file = state_dir() / f"{name}.toml"
    config_write.write(described, file)
    environment = {**Clone(system, name, file).environment(), "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-m", "daicho.site.cli", "migrate", "--system", system], cwd=ROOT, env=environment, capture_output=True, text=True)
    file.unlink()
    if done.returncode == 3:  # tables are there, a model's grants are unfinished: tests/architecture fails, the others may run
        print(f"\n{done.stderr.strip()}", file=sys.stderr)
    elif done.returncode:
        raise RuntimeError(f"daicho migrate --system {system} ended with {done.returncode}\n{done.stdout}{done.stderr}")


def _drop_old(superuser: psycopg.Connection, system: str) -> None:
    """Templates of schemas before the last few, and clones that a killed process left behind."""
    old = superuser.execute(
        "SELECT datname FROM pg_database WHERE datname LIKE %s AND datistemplate ORDER BY oid DESC OFFSET %s", [f"template_{system}_%", KEPT]
    )
    for (name,) in old.fetchall():
        superuser.execute(sql.SQL("ALTER DATABASE {} WITH IS_TEMPLATE false").format(sql.Identifier(name)))
        superuser.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
    for (name,) in superuser.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%'").fetchall():
        made_by = re.fullmatch(r"test_\w+?_(\d+)_[0-9a-f]+", name)
        if made_by and not Path(f"/proc/{made_by.group(1)}").exists():
            superuser.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
            (state_dir() / f"{name}.toml").unlink(missing_ok=True)


def _with_database(installation: Installation, system: str, name: str) -> Installation:
    ours = installation.system(system)
    renamed = replace(ours, database=replace(ours.database, name=name))
    return replace(installation, systems={**installation.systems, system: renamed})


@contextmanager
def clone(system: str, source: str = "") -> Iterator[Clone]:
    """A fresh clone of the migrated template, or of a database `source` that nobody is connected to; dropped at the end."""
    source = source or template(system)
    name = f"test_{system}_{os.getpid()}_{secrets.token_hex(3)}"
    described = _with_database(config.read(installation_file()), system, name)
    file = state_dir() / f"{name}.toml"
    with cluster().connect() as superuser:
        roles.create_database(superuser, described.system(system).database, template=source)
    config_write.write(replace(described, clock_file=state_dir() / f"{name}.clock"), file)
    try:
        yield Clone(system, name, file)
    finally:
        with cluster().connect() as superuser:
            superuser.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        for left in (file, state_dir() / f"{name}.clock"):
            left.unlink(missing_ok=True)


def stop() -> None:
    with locked("cluster"):
        if cluster().exists():
            cluster().stop("immediate")


def remove() -> None:
    stop()
    shutil.rmtree(state_dir())


if __name__ == "__main__":
    {"stop": stop, "start": start, "remove": remove}[sys.argv[1]]()
