"""計測の通知 — from 本登録 to the rooms and the prefecture, end to end, through the real processes of the whole city. Issue 3, Measured.

The clock starts when the examiner's browser has the answer of 本登録, and stops when a room's receipts of that family, which are committed
with what they brought, can be read from outside, or the prefecture has kept its updates. Families move in one after another, the first
when the city's first load is over, the next when the one before has arrived everywhere. Who looks, looks every few milliseconds, and takes
that much of the processor.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from bench import whole
from bench.counter import Desk, Officer
from bench.figures import Act, Judgement, Series, judge
from bench.filings import REGISTERED, move_in
from bench.people import family
from daicho import clock
from daicho.site.config import Installation
from daicho.site.launch import accounts
from daicho.site.launch.demo import Demo

AIM_MS = 1000
ROOMS = {"juki_net": "identity_info", "atena": "atena_info", "chukan": "replica", "konbini": "certificate_data", "transfers": "transfer_info"}
"""Who is told, and the kind of notice that brings it."""
PREFECTURE = "prefecture"
TITLES = {
    "juki_net": "市町村CS", PREFECTURE: "都道府県サーバ（市町村CS経由）", "atena": "統合宛名", "chukan": "中間サーバー（統合宛名経由）", "konbini": "コンビニ交付",
    "transfers": "庁内連携",
}  # fmt: skip
LOOKS_EVERY, LOST_AFTER, QUIET = 0.01, 60.0, 2.0  # seconds
ACTS = {name: Act(f"to_{name}", f"通知：本登録から{title}まで", aim_ms=AIM_MS) for name, title in TITLES.items()}


class Lost(RuntimeError):
    """A notice did not arrive."""


@dataclass
class Place:
    """Somewhere that is told: `count` says how many notices it has had."""

    name: str
    count: Callable[[], int]
    seconds: list[float] = field(default_factory=list)
    of_a_family: int = 0
    before: int = 0


def measure(size: int, events: int) -> dict[str, Series]:
    """The times of `events` families, by the name of the place. Two more come first, which warm everything and show how many notices a family is."""
    city = whole.city_of(size)
    with whole.up(city) as made, _places(made, city) as places:
        whole.wait_until_quiet(made)
        clerk, examiner = (Desk(made.system("residents").screens.port, _officer(city, login)) for login in ("m.sasaki", "y.abe"))
        clerk.open_visit()
        for number in range(events + 2):
            for place in places:
                place.before = place.count()
            times = move_in(clerk, examiner, *family(number, clock.today()))
            if number < 2:
                _learn(places)
            else:
                _await(places, times[REGISTERED].at)
        return {place.name: Series([place.seconds]) for place in places}


def judgements(measured: dict[str, Series], size: int) -> list[Judgement]:
    return [judged for name, series in measured.items() for judged in judge(ACTS[name], None, series, size)]


def _officer(city: Demo, login: str) -> Officer:
    found = next(each for each in accounts.of("residents", city.folder) if each.login == login)
    return Officer(found.login, found.password)


@contextmanager
def _places(made: Installation, city: Demo) -> Iterator[list[Place]]:
    with ExitStack() as connections:
        rooms = [Place(name, _receipts(connections.enter_context(whole.connect(made, name)), kind)) for name, kind in ROOMS.items()]
        yield [*rooms, Place(PREFECTURE, _kept(city.folder / "simulators" / PREFECTURE / "received.jsonl"))]


def _receipts(connection: psycopg.Connection[tuple[Any, ...]], kind: str) -> Callable[[], int]:  # Any: whatever the columns hold
    def count() -> int:
        row = connection.execute("SELECT count(*) FROM outbox_receipt WHERE kind = %s", [kind]).fetchone()
        assert row is not None
        return int(row[0])

    return count


def _kept(file: Path) -> Callable[[], int]:
    """Lines that the simulator has written durably."""
    return lambda: file.read_bytes().count(b"\n") if file.exists() else 0


def _learn(places: list[Place]) -> None:
    """How many notices a family is to each place: all that come until none comes any more. Lost when one has none."""
    still_since, last = time.monotonic(), [0] * len(places)
    while time.monotonic() - still_since < QUIET or not all(last):
        if time.monotonic() - still_since > LOST_AFTER:
            raise Lost(f"nothing came to {[place.name for place, count in zip(places, last, strict=True) if not count]}")
        counts = [place.count() - place.before for place in places]
        if counts != last:
            still_since, last = time.monotonic(), counts
        time.sleep(LOOKS_EVERY)
    for place, count in zip(places, last, strict=True):
        place.of_a_family = count


def _await(places: list[Place], began: float) -> None:
    """Until every place has had all notices of the family."""
    waiting = list(places)
    while waiting:
        for place in list(waiting):
            if place.count() - place.before >= place.of_a_family:
                place.seconds.append(time.perf_counter() - began)
                waiting.remove(place)
        if time.perf_counter() - began > LOST_AFTER:
            raise Lost(f"a notice did not come to {[place.name for place in waiting]}")
        time.sleep(LOOKS_EVERY)
