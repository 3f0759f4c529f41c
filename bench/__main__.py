"""計測の実行 — `python -m bench [--fresh] [--sizes 10000,100000]`: cities, rounds, floors, fifty clerks, notices, the table, RESULTS.md; exit 1 on a missed aim.

Cities are kept under var/bench between runs and loaded anew when what they are made of has changed (FRESH=1: at any rate).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from bench import fifty, hidden, notices, place, renaming, report, rounds, signing
from bench.counter import Officer
from bench.loading import Loaded, loaded
from bench.place import FOLDER, ROOT, City, cluster
from daicho import clock
from daicho.site.launch import accounts
from daicho.site.launch.binaries import LaunchError
from daicho.site.launch.demo import has_font
from daicho.site.launch.progress import say, step
from daicho.site.launch.up import interruptible, only_one

CLERK, EXAMINER = "m.sasaki", "y.abe"


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description="what daicho takes, against the least it could take")
    parser.add_argument("--sizes", default="10000,100000", help="residents of each city, smallest first")
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--per-round", type=int, default=50, help="requests of each act in a round (a fifth as many 転入)")
    parser.add_argument("--fifty-seconds", type=float, default=120, help="how long fifty clerks work, once without and once with a job")
    parser.add_argument("--notices", type=int, default=100, help="families whose notices are followed to every room")
    parser.add_argument("--probes", type=int, default=10_000, help="questions about hidden people, and as many about nobody, of each kind")
    parser.add_argument("--fresh", action="store_true", help="forget the kept cities")
    chosen = parser.parse_args()
    if not has_font():
        print("bench: the certificate's font is not installed (make font): certificates cannot be measured", file=sys.stderr)
        return 2
    cities = [City(int(size), order) for order, size in enumerate(chosen.sizes.split(","))]
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        with only_one(FOLDER), interruptible(), ExitStack() as at_end:
            return _bench(cities, chosen, at_end)
    except LaunchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2


def _bench(cities: list[City], chosen: argparse.Namespace, at_end: ExitStack) -> int:
    if chosen.fresh:
        place.forget()
    busy = os.getloadavg()[0]
    with step("PostgreSQL"):
        cluster().create()
        cluster().start()
    at_end.callback(cluster().stop)
    loads: dict[int, Loaded] = {}
    with cluster().connect() as superuser:
        durable = place.require_durable(superuser)
        version = superuser.execute("SHOW server_version").fetchone()
        for city in cities:
            city.folder.mkdir(parents=True, exist_ok=True)
            loads[city.size] = loaded(superuser, city)
            place.clone_city(superuser, city)
            place.prepare_static(city)
    measured, crowded, probed = _rounds(cities, chosen)
    renamed = renaming.measure(cities[0])
    told = report.Beside({city.size: _prove(city) for city in cities})
    arrived = report.Arrived(cities[0].size, notices.measure(cities[0].size, chosen.notices))
    with step("copies, signed and unsigned, beside two other engines"):
        signed = signing.write()
    machine = report.Machine(
        f"PostgreSQL {version[0] if version else '?'}", durable, busy, os.getloadavg()[0], f"{datetime.now().astimezone():%Y-%m-%d %H:%M %z}"
    )
    judged = [
        *report.judgements(measured, loads), *fifty.judgements(crowded, cities[-1].size), *notices.judgements(arrived.series, arrived.size),
        *renaming.judgements(renamed, cities[0].size), *hidden.judgements(probed), *signed,
    ]  # fmt: skip
    report.show(measured, loads, report.Wider(crowded, arrived, probed), judged, told, machine)
    return 0 if all(one.met for one in judged) else 1


def _rounds(cities: list[City], chosen: argparse.Namespace) -> tuple[list[rounds.Measured], fifty.Fifty, list[hidden.Compared]]:
    """One client in every city, then fifty in the largest; last, one in the smallest who may not know everybody."""
    with place.served(cities) as listeners, ExitStack() as connections:
        benches = [rounds.Bench(city, _officer(city, CLERK), _officer(city, EXAMINER), chosen.per_round, chosen.rounds, connections) for city in cities]
        rounds.run(benches, listeners, chosen.rounds)
        crowded = fifty.measure(cities[-1], chosen.fifty_seconds)
        probed = hidden.measure(cities[0], chosen.probes, clock.today())
        return [bench.measured for bench in benches], crowded, probed


def _officer(city: City, login: str) -> Officer:
    found = next(each for each in accounts.of(place.SYSTEM, city.folder) if each.login == login)
    return Officer(found.login, found.password)


def _prove(city: City) -> float:
    began = time.monotonic()
    command = [sys.executable, "-m", "daicho.site.cli", "prove"]
    done = subprocess.run(command, cwd=ROOT, env=city.environment(city.worked_on), capture_output=True, text=True)
    if done.returncode:
        raise LaunchError(f"daicho prove ended with {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    say(f"city of {city.size:,}: {done.stdout.strip().splitlines()[-1]}")
    return time.monotonic() - began


if __name__ == "__main__":
    os.chdir(Path(ROOT))
    sys.exit(main())
