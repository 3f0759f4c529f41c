"""耐久試験 — random towns and lives until a million events are recorded, each held against a model; `python -m tests.soak`. 設計8章, 10章.

Most are recorded by the rules in memory, one process for each core: half of them in towns held against the painter of days
(tests/rules/random_town.py), half in lives over decades held against the law's words (tests/law/lives.py). Beside them some towns go
through the real commands and tables (tests/residents/test_random_town.py). A town or life is its number, the same in every run;
`--first` goes on after those of another. Ends with 1 at the first difference and names it: `--town N` or `--life N` plays it again.
Ends with 1 when an event never came.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from xml.etree import ElementTree

from daicho.residents.rules.events import ALL_EVENTS
from tests.law.lives import FILINGS, Life
from tests.rules.random_town import Town

ROOT = Path(__file__).resolve().parents[1]
STEPS = 35  # filings tried in a town
A_ROUND = 40  # towns, and as many lives; then it is asked whether there are enough events
AT_THE_COUNTER = 25  # events that a town records through commands and tables, about


class Differs(Exception):
    """A town is not as painted, a life not as the law says, or the counter's not as the rules say. The text says where, and how to play it again."""


@dataclass(frozen=True)
class Played:
    """What one town or life recorded, by event code; how many filings were refused, in a life also of which events; how it differed, if it did."""

    number: int
    kind: str = "town"
    recorded: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    refused_of: Counter[str] = field(default_factory=Counter)
    difference: str = ""


def play(number: int) -> Played:
    """One town in memory; at its end every day of it is compared, too."""
    town = Town(random.Random(number))
    try:
        town.play(STEPS)
        town.hold_every_day()
    except Exception:  # noqa: BLE001 — whatever goes wrong in a town is a difference
        return Played(number, "town", difference=traceback.format_exc())
    refused = sum(times for act, times in town.tried.items() if act.endswith("(refused)"))
    return Played(number, "town", Counter(event.code for event in town.city.events.values()), refused)


def live(number: int) -> Played:
    """One life over decades, judged by the law; at its end days of the past are compared, too."""
    life = Life(number)
    try:
        life.play(FILINGS)
    except Exception:  # noqa: BLE001 — as in a town
        return Played(number, "life", difference=traceback.format_exc())
    return Played(number, "life", life.accepted, life.refused.total(), life.refused)


def play_both(number: int) -> tuple[Played, Played]:
    return play(number), live(number)


def rounds(first: int, processes: int) -> Iterator[list[Played]]:
    """Towns and lives from `first` on, a round at a time. Differs at the first that is not as its model says."""
    with multiprocessing.Pool(processes) as pool:
        for start in count(first, A_ROUND):
            done: list[Played] = []
            for both in pool.imap_unordered(play_both, range(start, start + A_ROUND)):
                for one in both:
                    if one.difference:
                        again = f"python -m tests.soak --{one.kind} {one.number}"
                        raise Differs(f"{one.difference}\n{one.kind} {one.number} differs; again: {again}")
                done += both
            yield done


class AtTheCounter:
    """The towns that go through commands and tables, in a process of their own."""

    def __init__(self, events: int, first: int, folder: Path) -> None:
        towns = -(-events // AT_THE_COUNTER)
        self._told, self._said = folder / "told.xml", (folder / "said").open("w+b")
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-k", "窓口を通しても", f"--junitxml={self._told}", "-o", "junit_family=xunit1"]
        environment = {**os.environ, "DAICHO_THOROUGH": "1", "DAICHO_TOWNS": f"{first}:{towns}"}
        self._process = subprocess.Popen([*command, "tests/residents/test_random_town.py"], cwd=ROOT, env=environment, stdout=self._said, stderr=self._said)

    def recorded(self) -> Counter[str]:
        """By event code, when all are done. Differs when one is not as the rules say."""
        if self._process.wait():
            self._said.seek(0)
            again = "again: DAICHO_THOROUGH=1 DAICHO_TOWNS=N:1 python -m pytest tests/residents/test_random_town.py"
            raise Differs(f"{self._said.read().decode()[-6000:]}\na town N at the counter, in brackets above, differs; {again}")
        properties = ElementTree.parse(self._told).iter("property")
        return sum((Counter(json.loads(each.attrib["value"])) for each in properties), Counter())

    def end(self) -> None:
        self._process.terminate()
        self._process.wait()
        self._said.close()


def soak(events: int, at_the_counter: int, first: int, processes: int) -> int:
    """Play until there are enough, telling of progress; 0, or 1 when an event of the house never came. Differs at the first difference."""
    recorded: Counter[str] = Counter()
    by_law: Counter[str] = Counter()
    unlawful: Counter[str] = Counter()
    began, towns, refused, told = time.monotonic(), 0, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        counter = AtTheCounter(at_the_counter, first, Path(folder)) if at_the_counter else None
        try:
            for done in rounds(first, processes):
                recorded += sum((one.recorded for one in done), Counter())
                by_law += sum((one.recorded for one in done if one.kind == "life"), Counter())
                unlawful += sum((one.refused_of for one in done), Counter())
                towns, refused = towns + A_ROUND, refused + sum(one.refused for one in done)
                rate = recorded.total() / (time.monotonic() - began)
                if recorded.total() * 20 // events > told or recorded.total() >= events:
                    told = recorded.total() * 20 // events
                    print(f"{recorded.total():,} events in {towns:,} towns and lives, {rate:,.0f} a second", flush=True)
                if recorded.total() >= events:
                    break
            through_tables = counter.recorded() if counter else Counter()
        finally:
            if counter:
                counter.end()
    print("\n".join(report(recorded - by_law, by_law, unlawful, through_tables)))
    print(
        f"towns and lives {first:,}–{first + towns - 1:,}: {recorded.total():,} events, {by_law.total():,} of them as the law says, the others as painted, {rate:,.0f} a second by {processes} processes; {refused:,} filings refused;"
        f" {through_tables.total():,} events more through commands and tables; {time.monotonic() - began:,.0f} s. SEED={first + towns} goes on"
    )
    return 1 if never(recorded - by_law) or never(by_law) else 0


def never(recorded: Counter[str]) -> list[str]:
    """Events of the house (docs/events.md) that came nowhere."""
    return [event.code for event in ALL_EVENTS if not recorded[event.code]]


def report(painted: Counter[str], by_law: Counter[str], unlawful: Counter[str], through_tables: Counter[str]) -> list[str]:
    """Of each event how often it was recorded in towns and in lives, refused in lives as the law does, and recorded through tables."""
    lines = [
        f"{painted[event.code]:>10,} {by_law[event.code]:>10,} {unlawful[event.code]:>10,} {through_tables[event.code]:>7,}  {event.ja}" for event in ALL_EVENTS
    ]
    missing = [f"never recorded{where}: {code}" for where, by in (("", painted), (" by the law", by_law)) for code in never(by)]
    return [f"{'in towns':>10} {'in lives':>10} {'refused':>10} {'tables':>7}", *lines, *missing]


def main() -> int:
    parser = argparse.ArgumentParser(prog="soak", description="random towns and lives against their models")
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--at-the-counter", type=int, default=2_000, help="events beside them that go through commands and tables")
    parser.add_argument("--first", type=int, default=0, help="number of the first town")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--town", type=int, help="play this town only, and show where it differs")
    parser.add_argument("--life", type=int, help="play this life only, and show where it differs")
    chosen = parser.parse_args()
    if chosen.town is not None or chosen.life is not None:
        one = play(chosen.town) if chosen.town is not None else live(chosen.life)
        print(one.difference or f"{one.kind} {one.number}: {one.recorded.total()} events, as its model says")
        return 1 if one.difference else 0
    try:
        return soak(chosen.events, chosen.at_the_counter, chosen.first, chosen.processes)
    except Differs as difference:
        print(difference, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
