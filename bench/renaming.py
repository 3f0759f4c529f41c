"""計測の一括変更 — 800 households renamed in one case: 抽出・仮処理, and 本処理 by the job with all its notices. std 9.7; issue 4.

python -m bench.renaming [--size 10000]      this measure alone, on a city of the bench
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from dataclasses import asdict, dataclass

from bench import place
from bench.figures import Judgement
from bench.loading import loaded
from bench.place import FOLDER, ROOT, City, cluster
from daicho.site.launch.progress import say
from daicho.site.launch.up import interruptible, only_one

HOUSEHOLDS = 800
AIM_SECONDS = 60.0


@dataclass(frozen=True)
class Renamed:
    """One case: how many, and the seconds of 抽出・仮処理 and of 本処理."""

    households: int
    people: int
    stage_seconds: float
    work_seconds: float


def measure(city: City) -> Renamed:
    """On the database that this run works on, in a process of the city's own."""
    command = [sys.executable, "-m", "bench.renaming", "--inside"]
    done = subprocess.run(command, cwd=ROOT, env=city.environment(city.worked_on), capture_output=True, text=True, check=True)
    return Renamed(**json.loads(done.stdout.splitlines()[-1]))


def judgements(found: Renamed, size: int) -> list[Judgement]:
    what = f"住所の一括変更：{found.households}世帯（{found.people}人）の本処理, city of {size:,}"
    return [Judgement(what, f"≤ {AIM_SECONDS:g} s", f"{found.work_seconds:.1f} s", found.work_seconds <= AIM_SECONDS)]


def _inside() -> Renamed:
    """As two officers and the worker do it."""
    import django

    django.setup()
    from daicho import clock
    from daicho.audit.actor import Actor
    from daicho.jobs import commands
    from daicho.residents.commands import renaming
    from daicho.residents.models import SheetCurrent
    from daicho.residents.permissions import Permission

    maker, examiner = (Actor(no, f"bench{no}", "計測", "1201", "戸籍住民課", "main", "計測", frozenset({Permission.RENAMING_MANAGE})) for no in (1, 2))
    here = SheetCurrent.objects.filter(closed_on__isnull=True, address__isnull=False, household_no__isnull=False)
    homes = dict(here.order_by("household_no").values_list("household_no", "address")[: 8 * HOUSEHOLDS])
    lines = [f"{number},{address},{address}の2" for number, address in list(homes.items())[:HOUSEHOLDS]]
    file = "\n".join(["世帯番号,変更前住所,変更後住所", *lines]).encode()
    typed = {"title": "計測", "kind": "lot", "effective_on": clock.today().isoformat(), "ground": "計測", "source": "file"}
    began = time.perf_counter()
    row = renaming.prepare(maker, typed, file)
    staged = time.perf_counter() - began
    renaming.examine(examiner, row.public_id, renaming.mark(row))
    began = time.perf_counter()
    run = commands.run("renamings")
    worked = time.perf_counter() - began
    assert run.outcome == "done", run.error
    done = row.lines.filter(state="done")
    return Renamed(done.values("household_no").distinct().count(), done.count(), staged, worked)


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.renaming")
    parser.add_argument("--size", type=int, default=10_000, help="residents of the city")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.inside:
        print(json.dumps(asdict(_inside())))
        return 0
    city = City(chosen.size, 0)
    city.folder.mkdir(parents=True, exist_ok=True)
    with only_one(FOLDER), interruptible(), place.running():
        with cluster().connect() as superuser:
            loaded(superuser, city)
            place.clone_city(superuser, city)
        found = measure(city)
    say(f"{found.households} households, {found.people} people: staged in {found.stage_seconds:.1f} s, worked in {found.work_seconds:.1f} s")
    return 0 if all(one.met for one in judgements(found, city.size)) else 1


if __name__ == "__main__":
    sys.exit(main())
