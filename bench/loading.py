"""取込みの計測 — a made-up city through `daicho import`, end to end; and its floor: the same rows by COPY, the same indexes made afterwards.

The floor's tables stay, in a schema of their own: 転入 writes its floor there too, among as many rows.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import psycopg
from psycopg import sql

from bench.place import ROOT, SYSTEM, City, begin_city, cluster
from daicho.site.launch.binaries import LaunchError
from daicho.site.launch.progress import say
from daicho.values import made_up

FLOOR = "floor"
SEED = 1
STOCK = 5_000  # 住民票コード
_AT_ONCE = 1 << 20  # bytes handed to COPY at a time


@dataclass(frozen=True)
class Loaded:
    """What a load took, and its floor. Seconds."""

    people: int
    rows: int
    seconds: float
    floor_seconds: float
    measured_at: str
    load_average: float

    @property
    def people_a_second(self) -> float:
        return self.people / self.seconds


def loaded(superuser: psycopg.Connection, city: City) -> Loaded:
    """The kept city's load; loaded and measured now, if what it is made of has changed since or it was never."""
    record = city.folder / "loaded.json"
    digest = city.digest()
    if city.stamps.has("city", digest) and record.exists():
        return Loaded(**json.loads(record.read_text()))
    begin_city(superuser, city)
    with tempfile.TemporaryDirectory(dir=city.folder) as folder:
        file = made_file(city, Path(folder))
        done = _import(city, file, Path(folder))
        _stock_codes(city, Path(folder) / "codes.csv")
    record.write_text(json.dumps(asdict(done)))
    city.stamps.put("city", digest)
    return done


def made_file(city: City, folder: Path) -> Path:
    """The city's file of the register."""
    began = time.monotonic()
    command = [sys.executable, "-m", "synthetic.city", "--size", str(city.size), "--seed", str(SEED), "--files", str(folder), "--system", SYSTEM]
    subprocess.run(command, cwd=ROOT, env=city.environment(city.kept), check=True, stdout=subprocess.DEVNULL)
    say(f"city of {city.size:,}: file made ({time.monotonic() - began:.1f} s)")
    return folder / "resident_register.csv"


def _stock_codes(city: City, file: Path) -> None:
    """空き番 for those who are born: nobody's, from the end of the made-up numbers."""
    codes = (str(made_up.made_up_juminhyo_code(made_up.CAPACITY - 1 - n)) for n in range(STOCK))
    file.write_text("\n".join(["juminhyo_code", *codes]) + "\n", encoding="utf-8")
    take_in(city, city.kept, file, "juminhyo_codes")


def take_in(city: City, database: str, file: Path, layout: str = "resident_register") -> float:
    """`daicho import` of a file into a database of the city: its seconds. LaunchError with what it said last."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "daicho.site.cli", "import", str(file), "--layout", layout]
    done = subprocess.run(command, cwd=ROOT, env=city.environment(database, as_operator=True), capture_output=True, text=True)
    if done.returncode:
        raise LaunchError(f"daicho import ended with {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return time.perf_counter() - began


def _import(city: City, file: Path, folder: Path) -> Loaded:
    with cluster().connect(city.kept) as inside:
        before = _counts(inside)
        busy, seconds = os.getloadavg()[0], take_in(city, city.kept, file)
        after = _counts(inside)
        filled = {name: after[name] - before[name] for name in after if after[name] > before[name]}
        floor = _floor(inside, [name for name in filled if name != "audit_entry"], folder, city)
        inside.execute("VACUUM ANALYZE")  # as autovacuum would within minutes
        inside.execute("CHECKPOINT")
    people = filled["residents_person"]
    say(f"city of {city.size:,}: {people:,} people loaded in {seconds:.1f} s ({people / seconds:,.0f}/s), floor {floor:.1f} s")
    return Loaded(people, sum(filled.values()), seconds, floor, datetime.now().astimezone().isoformat(timespec="minutes"), busy)


def tables(inside: psycopg.Connection) -> list[str]:
    """The tables of the system, a partitioned one once."""
    found = inside.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY 1"
    )
    return [name for (name,) in found.fetchall()]


def _counts(inside: psycopg.Connection) -> dict[str, int]:
    count = sql.SQL("SELECT count(*) FROM public.{}")
    return {name: int(inside.execute(count.format(sql.Identifier(name))).fetchone()[0]) for name in tables(inside)}  # type: ignore[index]


def _floor(inside: psycopg.Connection, filled: list[str], folder: Path, city: City) -> float:
    """Seconds that the same rows take by COPY, indexes made afterwards as `daicho import` does, one durable commit. No foreign keys."""
    inside.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(FLOOR)))
    like = sql.SQL("CREATE TABLE {} (LIKE public.{} INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING IDENTITY)")
    for name in tables(inside):  # those too that only the counter fills
        inside.execute(like.format(_copied(name), sql.Identifier(name)))
    for name in filled:
        _write_out(inside, name, folder / name)
    began = time.perf_counter()
    with inside.transaction():
        for name in filled:
            with (folder / name).open("rb") as file, inside.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(_copied(name))) as copy:
                while block := file.read(_AT_ONCE):
                    copy.write(block)
        _make_indexes(inside)
    seconds = time.perf_counter() - began
    web = sql.Identifier(city.system().database.web)
    inside.execute(sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(sql.Identifier(FLOOR), web))
    inside.execute(sql.SQL("GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA {} TO {}").format(sql.Identifier(FLOOR), web))
    return seconds


def _copied(table: str) -> sql.Identifier:
    return sql.Identifier(FLOOR, table)


def _make_indexes(inside: psycopg.Connection) -> None:
    """Every index of the register's tables on the floor's; those of a partitioned table on its one copy."""
    found = inside.execute("SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = ANY(%s)", [tables(inside)]).fetchall()
    for table, definition in found:
        inside.execute(definition.replace(f" ON ONLY public.{table} ", f" ON {FLOOR}.{table} ").replace(f" ON public.{table} ", f" ON {FLOOR}.{table} "))


def _write_out(inside: psycopg.Connection, table: str, file: Path) -> None:
    with file.open("wb") as out, inside.cursor().copy(sql.SQL("COPY public.{} TO STDOUT").format(sql.Identifier(table))) as copy:
        for block in copy:
            out.write(block)
