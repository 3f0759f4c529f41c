"""計測の場 — an installation of the bench's own: one cluster with durable commits, a database for each city, kept between runs.

A city is loaded once and kept as it came; each run works on a clone of it, so that no run measures what another left behind.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from psycopg import sql

from daicho.site import config, config_write
from daicho.site.config import Installation, System
from daicho.site.launch import bootstrap, city_keys, demo, ports, roles
from daicho.site.launch.binaries import LaunchError
from daicho.site.launch.bootstrap import Place, Ports
from daicho.site.launch.children import Child, ChildSpec
from daicho.site.launch.demo import base_environment, run_step
from daicho.site.launch.postgres import Cluster
from daicho.site.launch.progress import say
from daicho.site.launch.stamps import FURNITURE_SOURCES, SCHEMA_SOURCES, STATIC_SOURCES, Stamps, digest_of

ROOT = Path(__file__).resolve().parents[1]
FOLDER = Path(os.environ.get("BENCH_FOLDER", ROOT / "var" / "bench"))  # a large city may lie where there is room
DATABASE_PORT = 8740
FIRST_PORT = 8741  # one screens listener for each city
SYSTEM = "residents"
# What decides how a city lies in its tables once it is loaded.
LOADED_BY = (*SCHEMA_SOURCES, *FURNITURE_SOURCES, "residents/commands/*.py", "residents/rules/*.py", "values/**/*.py", "vault/*.py")
MADE_BY = ("synthetic/*.py", "bench/loading.py", "layouts/*.csv", "daicho/site/commands/import_.py")


def cluster() -> Cluster:
    """PostgreSQL as the launcher runs it. Nothing is tuned for the bench; `require_durable` looks that commits wait for the disk."""
    return Cluster(demo.cluster_folder(FOLDER) / "pg", DATABASE_PORT)


@contextmanager
def running() -> Iterator[None]:
    """The cluster, started, and stopped with the block."""
    cluster().create()
    cluster().start()
    try:
        yield
    finally:
        cluster().stop()


def require_durable(superuser: psycopg.Connection) -> dict[str, str]:
    """The settings a durable commit needs; LaunchError when one is off."""
    wanted = ("fsync", "synchronous_commit", "full_page_writes")
    found = {name: str(superuser.execute(sql.SQL("SHOW {}").format(sql.Identifier(name))).fetchone()[0]) for name in wanted}  # type: ignore[index]
    if set(found.values()) != {"on"}:
        raise LaunchError(f"this is no durable cluster: {found}")
    return found


@dataclass(frozen=True)
class City:
    """One city of the bench: its residents, the number of its listener, and where its files lie."""

    size: int
    order: int

    @property
    def folder(self) -> Path:
        return FOLDER / f"city-{self.size}"

    @property
    def kept(self) -> str:
        return f"city_{self.size}"

    @property
    def worked_on(self) -> str:
        return f"run_{self.size}"

    @property
    def port(self) -> int:
        return FIRST_PORT + self.order

    @property
    def stamps(self) -> Stamps:
        return Stamps(self.folder / "stamps")

    def digest(self) -> str:
        made = [path.read_bytes() for pattern in MADE_BY for path in sorted(ROOT.glob(pattern))]
        return digest_of(LOADED_BY, self.size, made)

    def installation(self) -> Installation:
        """Read, or made now. Its database names the kept city."""
        file = self.folder / "installation.toml"
        if not file.exists():
            at = {name: Ports(self.port if name == SYSTEM else 0, 0, DATABASE_PORT) for name in bootstrap.PAIRS}  # every room is posted to
            place = Place("demo", self.folder, at, 0, dict.fromkeys(at, cluster().host))
            config_write.write(self._on(bootstrap.create(place, datetime.now(UTC)), self.kept), file)
        city_keys.ensure(self.folder, bootstrap.PREFECTURE_NAME, bootstrap.MUNICIPALITY_NAME)  # a kept city may be older than they are
        return config.read(file)

    def _on(self, made: Installation, database: str) -> Installation:
        ours = made.system(SYSTEM)
        owner, web = f"{SYSTEM}_owner_{self.size}", f"{SYSTEM}_web_{self.size}"
        renamed = replace(ours, database=replace(ours.database, name=database, owner=owner, web=web))
        return replace(made, systems={**made.systems, SYSTEM: renamed})

    def system(self) -> System:
        return self.installation().system(SYSTEM)

    def environment(self, database: str, *, as_operator: bool = False) -> dict[str, str]:
        """For a process of the city on that database: as `daicho up` gives it (the web role's password only), or as an operator has it."""
        described = self._on(self.installation(), database)
        file = self.folder / "run" / f"{database}{'-operator' if as_operator else ''}.toml"
        if as_operator:
            config_write.write(described, file)
        else:
            config_write.write_for_processes(described, SYSTEM, file)
        names = {"DAICHO_CONFIG": str(file), "PYTHONPATH": str(ROOT)}
        return base_environment() | names | ({} if as_operator else {"DAICHO_SYSTEM": SYSTEM, "DJANGO_SETTINGS_MODULE": f"daicho.site.settings.{SYSTEM}"})

    def connect(self, database: str, *, read_only: bool = False) -> psycopg.Connection:
        """A connection as the web role, as the screens have it."""
        at = self.system().database
        options = "-c default_transaction_read_only=on" if read_only else ""
        return psycopg.connect(host=at.host, port=at.port, dbname=database, user=at.web, password=at.web_password, options=options, autocommit=True)


def begin_city(superuser: psycopg.Connection, city: City, name: str = "") -> None:
    """An empty database with tables, grants, offices and officers, for a city to be loaded into; the kept one without a `name`."""
    database = replace(city.system().database, name=name or city.kept)
    for former in (database.name,) if name else (city.worked_on, city.kept):
        superuser.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(former)))
    roles.ensure_roles(superuser, database)
    roles.create_database(superuser, database, template="template0")
    with cluster().connect(database.name) as inside:
        roles.close_schema(inside, database)
    run_step([sys.executable, "-m", "daicho.site.cli", "migrate", "--system", SYSTEM], city.environment(database.name, as_operator=True))
    run_step([sys.executable, "-m", "daicho.site.launch.furnish"], city.environment(database.name))


def clone_city(superuser: psycopg.Connection, city: City) -> None:
    """The database this run works on: the kept city, file by file."""
    superuser.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(city.worked_on)))
    roles.create_database(superuser, replace(city.system().database, name=city.worked_on), template=city.kept)


def prepare_static(city: City) -> None:
    """Style sheets and scripts, named by their digests as in production."""
    digest = digest_of(STATIC_SOURCES, SYSTEM)
    if not city.stamps.has("static", digest):
        run_step([sys.executable, "-m", "daicho.site.cli", "static", "--system", SYSTEM], city.environment(city.worked_on))
        city.stamps.put("static", digest)


@contextmanager
def served(cities: list[City]) -> Iterator[list[int]]:
    """The screens listeners of the cities, as `daicho up` starts them, by process id; ended with the block."""
    ports.require_free((f"screens of the city of {city.size:,}", city.port) for city in cities)
    children = [_listener(city) for city in cities]
    try:
        for child in children:
            child.start()
        for child, city in zip(children, cities, strict=True):
            _wait_for(child, city.port)
        yield [child.process.pid for child in children if child.process is not None]
    finally:
        for child in children:
            child.ask_to_end()
        for child in children:
            child.end(time.monotonic() + 6)


def _listener(city: City) -> Child:
    serve = [sys.executable, "-m", "daicho.site.launch.serve", "screens", SYSTEM]
    return Child(ChildSpec(f"screens of {city.size:,}", serve, city.environment(city.worked_on), city.folder / "log" / "screens.log", city.port))


def _wait_for(child: Child, port: int) -> None:
    until = time.monotonic() + 60
    while not ports.answers(port):
        if child.has_ended() or time.monotonic() > until:
            raise LaunchError(f"{child.spec.name} does not answer ({child.last_end}); {child.spec.log} says:\n{child.tail()}")
        time.sleep(0.05)


def forget() -> None:
    """FRESH=1: stop the cluster, remove all the bench has."""
    say("forgetting the former cities")
    cluster().stop("immediate")
    for folder in (demo.cluster_folder(FOLDER), FOLDER):
        shutil.rmtree(folder, ignore_errors=True)
