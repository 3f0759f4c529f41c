"""往復 — a whole city written out and taken into an empty one: what then comes out is the same file, byte for byte. C-07; issue 5.

python -m bench.round_trip [--size 100000]     exit 1 at a difference, whose row and items it names
"""

from __future__ import annotations

import argparse
import csv
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from itertools import zip_longest
from pathlib import Path

from bench.loading import made_file, take_in
from bench.place import FOLDER, ROOT, City, begin_city, cluster, running
from daicho.site.launch.binaries import LaunchError
from daicho.site.launch.progress import say
from daicho.site.launch.up import interruptible, only_one

Items = Counter[str]
"""How many rows differ in each item."""


def measure(city: City, folder: Path) -> tuple[int, Items]:
    """Made file → a city → `out` → an empty city → `again`: the rows, and what differs between the last two."""
    file = made_file(city, folder)
    for database, written in (("first", "out"), ("second", "again")):
        with cluster().connect() as superuser:
            begin_city(superuser, city, f"{database}_{city.size}")
        say(f"{database}: taken in ({take_in(city, f'{database}_{city.size}', file):.1f} s)")
        file = _write_out(city, f"{database}_{city.size}", folder / f"{written}.csv")
    return differing(folder / "out.csv", file)


def _write_out(city: City, database: str, file: Path) -> Path:
    began = time.perf_counter()
    command = [sys.executable, "-m", "bench.round_trip", "--inside", str(file)]
    done = subprocess.run(command, cwd=ROOT, env=city.environment(database), capture_output=True, text=True)
    if done.returncode:
        raise LaunchError(f"the export ended with {done.returncode}\n{done.stderr[-2000:]}")
    say(f"{database}: written out ({time.perf_counter() - began:.1f} s)")
    return file


def _inside(file: Path) -> None:
    """As an officer does it who may write out everything, the numbers too."""
    import django

    django.setup()
    from daicho.audit.actor import Actor
    from daicho.residents.permissions import Permission
    from daicho.residents.queries.exporting import What, export_register

    may = frozenset({Permission.REGISTER_EXPORT, Permission.NUMBER_REVEAL})
    actor = Actor(1, "bench1", "計測", "1201", "戸籍住民課", "main", "計測", may)
    export_register(actor, file, What(numbers=True), purpose="計測", keep_days=1)


def differing(one: Path, other: Path) -> tuple[int, Items]:
    """Rows of the longer file, and in how many of them each item differs; a row that only one has counts under every item."""
    rows, found = 0, Counter[str]()
    with one.open(encoding="utf-8", newline="") as left, other.open(encoding="utf-8", newline="") as right:
        first, second = csv.reader(left), csv.reader(right)
        names = next(first)
        if next(second) != names:
            raise LaunchError("the two files have different columns")
        for a, b in zip_longest(first, second, fillvalue=[]):
            rows += 1
            if a != b:
                found.update(name for name, x, y in zip_longest(names, a, b) if x != y)
    return rows, found


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.round_trip")
    parser.add_argument("--size", type=int, default=100_000, help="residents of the city")
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.inside:
        _inside(chosen.inside)
        return 0
    city = City(chosen.size, 0)
    city.folder.mkdir(parents=True, exist_ok=True)
    with only_one(FOLDER), interruptible(), tempfile.TemporaryDirectory(dir=city.folder) as folder:
        try:
            with running():
                rows, found = measure(city, Path(folder))
        except LaunchError as error:
            print(f"bench.round_trip: {error}", file=sys.stderr)
            return 2
    say(f"city of {city.size:,}: {rows:,} rows there and back, " + (f"differing: {dict(found)}" if found else "no difference"))
    return 1 if found else 0


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
