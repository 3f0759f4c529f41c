"""耐久試験 — random towns until a million events are recorded, each held against the painter of days; `python -m tests.soak`. 設計8章, 10章.

Most are recorded by the rules in memory (tests/rules/random_town.py), one process for each core. Beside them some towns go through the
real commands and tables (tests/residents/test_random_town.py). A town is its number, the same in every run; `--first` goes on after
those of another. Ends with 1 at the first difference and names the town: `--town N` plays it again. Ends with 1 when an event never came.
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
from tests.rules.random_town import Town

ROOT = Path(__file__).resolve().parents[1]
STEPS = 35  # filings tried in a town
A_ROUND = 40  # towns; then it is asked whether there are enough events
AT_THE_COUNTER = 25  # events that a town records through commands and tables, about


class Differs(Exception):
    """A town is not as painted, or the counter's is not as the rules say. The text says where, and how to play it again."""


@dataclass(frozen=True)
class Played:
    """What one town recorded, by event code; how many filings were refused; how it differed, if it did."""

    number: int
    recorded: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    difference: str = ""


def play(number: int) -> Played:
    """One town in memory; at its end every day of it is compared, too."""
    town = Town(random.Random(number))
    try:
        town.play(STEPS)
        town.hold_every_day()
    except Exception:  # noqa: BLE001 — whatever goes wrong in a town is a difference
        return Played(number, difference=traceback.format_exc())
    refused = sum(times for act, times in town.tried.items() if act.endswith("(refused)"))
    return Played(number, Counter(event.code for event in town.city.events.values()), refused)


def rounds(first: int, processes: int) -> Iterator[list[Played]]:
    """Towns from `first` on, a round at a time. Differs at the first that is not as painted."""
    with multiprocessing.Pool(processes) as pool:
        for start in count(first, A_ROUND):
            done = []
            for one in pool.imap_unordered(play, range(start, start + A_ROUND)):
                if one.difference:
                    raise Differs(f"{one.difference}\ntown {one.number} differs; again: python -m tests.soak --town {one.number}")
                done.append(one)
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
    began, towns, refused, told = time.monotonic(), 0, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        counter = AtTheCounter(at_the_counter, first, Path(folder)) if at_the_counter else None
        try:
            for done in rounds(first, processes):
                recorded += sum((one.recorded for one in done), Counter())
                towns, refused = towns + len(done), refused + sum(one.refused for one in done)
                rate = recorded.total() / (time.monotonic() - began)
                if recorded.total() * 20 // events > told or recorded.total() >= events:
                    told = recorded.total() * 20 // events
                    print(f"{recorded.total():,} events in {towns:,} towns, {rate:,.0f} a second", flush=True)
                if recorded.total() >= events:
                    break
            through_tables = counter.recorded() if counter else Counter()
        finally:
            if counter:
                counter.end()
    print("\n".join(report(recorded, through_tables)))
    print(
        f"towns {first:,}–{first + towns - 1:,}: {recorded.total():,} events as painted, {rate:,.0f} a second by {processes} processes; {refused:,} filings refused;"
        f" {through_tables.total():,} events more through commands and tables; {time.monotonic() - began:,.0f} s. SEED={first + towns} goes on"
    )
    return 1 if never(recorded) else 0


def never(recorded: Counter[str]) -> list[str]:
    """Events of the house (docs/events.md) that came in no town."""
    return [event.code for event in ALL_EVENTS if not recorded[event.code]]


def report(recorded: Counter[str], through_tables: Counter[str]) -> list[str]:
    lines = [f"{recorded[event.code]:>10,} {through_tables[event.code]:>7,}  {event.ja}" for event in ALL_EVENTS]
    return [f"{'in memory':>10} {'tables':>7}", *lines, *(f"never recorded: {code}" for code in never(recorded))]


def main() -> int:
    parser = argparse.ArgumentParser(prog="soak", description="random towns against the brute-force model")
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--at-the-counter", type=int, default=2_000, help="events beside them that go through commands and tables")
    parser.add_argument("--first", type=int, default=0, help="number of the first town")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--town", type=int, help="play this town only, and show where it differs")
    chosen = parser.parse_args()
    if chosen.town is not None:
        one = play(chosen.town)
        print(one.difference or f"town {one.number}: {one.recorded.total()} events, as painted")
        return 1 if one.difference else 0
    try:
        return soak(chosen.events, chosen.at_the_counter, chosen.first, chosen.processes)
    except Differs as difference:
        print(difference, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
