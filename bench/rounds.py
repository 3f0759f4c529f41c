"""計測の回 — every act in every city, in turns and in several rounds, so that a busy moment of the machine falls on all alike."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import cycle

from bench import lives
from bench.counter import Cost, Desk, Officer, Times
from bench.figures import Act, Series
from bench.filings import move_in
from bench.floors import Floor, Ledger
from bench.meter import Meter, descendants
from bench.people import Sample, family, households, residents
from bench.place import ROOT, City, cluster
from daicho import clock

ACTS = (
    Act("two_keys", "検索：フリガナ（氏）と生年月日", aim_ms=20, aim_growth=1.3),
    Act("kana", "検索：フリガナ（氏名）", aim_ms=20, aim_growth=1.3),
    Act("surname", "検索：フリガナ（氏だけ）", aim_ms=20, aim_growth=1.3),
    Act("kanji", "検索：漢字氏名の2文字", aim_growth=1.3),
    Act("card", "個人票を開く", aim_ms=15, aim_growth=1.3),
    Act("move_in", "転入4人、仮登録から本登録まで（5要求の合計）", aim_ms=60, aim_growth=1.3),
    Act("split", "世帯分離（5要求の合計）", aim_growth=1.3),
    Act("change", "世帯変更（5要求の合計）", aim_growth=1.3),
    Act("move_out", "転出（5要求の合計）", aim_growth=1.3),
    Act("cancel", "異動の取消し（5要求の合計）", aim_growth=1.3),
    Act("birth", "出生（5要求の合計）", aim_growth=1.3),
    Act("death", "死亡（5要求の合計）", aim_growth=1.3),
    Act("certificate", "住民票の写し（署名なし）", aim_ms=20, aim_growth=1.3),
    Act("household", "住民票の写し、世帯連記式（署名なし）", aim_growth=1.3),
    Act("as_of", "過去の日の記録", aim_growth=1.3),
)
FLOORLESS = ("household", "as_of")
SEED = 20260401


@dataclass
class Measured:
    """All series of one city, and the requests of a 転入 one by one."""

    city: City
    series: dict[str, Series] = field(default_factory=lambda: {act.key: Series() for act in ACTS})
    parts: dict[str, list[Cost]] = field(default_factory=dict)
    static: list[float] = field(default_factory=list)


class Bench:
    """Two officers in one city, with the people they will look for, and the floor's connection."""

    def __init__(self, city: City, clerk: Officer, examiner: Officer, per_round: int, rounds: int, at_end: ExitStack) -> None:
        self.city = city
        self.per_round = per_round
        self.families = 0
        self.clerk, self.examiner = Desk(city.port, clerk), Desk(city.port, examiner)
        self.clerk.open_visit()
        drawn = at_end.enter_context(city.connect(city.worked_on, read_only=True))
        homes = households(drawn, SEED, self.filings * (rounds + 1))
        mortal = {home.child for home in homes}  # who dies in a round gets no copy in the next
        self.people = cycle(one for one in residents(drawn, SEED, per_round * (rounds + 1)) if one.public_id not in mortal)
        self.lives = lives.Lives(self.clerk, self.examiner, iter(homes), drawn)
        self.floor = Floor(at_end.enter_context(city.connect(city.worked_on)))
        self.ledger = Ledger(at_end.enter_context(cluster().connect(city.worked_on)))
        self.page = at_end.enter_context(bare_page(city, next(self.people).public_id))
        self.measured = Measured(city)

    @property
    def filings(self) -> int:
        """How many of each 異動 in a round."""
        return max(1, self.per_round // 5)

    def round(self, key: str, *, counted: bool = True) -> None:
        """One round of one act and of its floor, on the same people."""
        floor: list[float] = []
        if key == "move_in":
            times, floor = self._move_ins()
        elif key in lives.ACTS:
            times = self.lives.act(key, self.filings, clock.today())
        else:
            people = [next(self.people) for _ in range(self.per_round)]
            times = [self._act(key, one) for one in people]
            floor = self._floors(key, people)
        if counted:
            series = self.measured.series[key]
            series.rounds.append([sum(cost.seconds for cost in each.values()) for each in times])
            series.cpu += [sum(cost.cpu for cost in each.values()) for each in times]
            if floor:
                series.floor.append(floor)
            for each in times if key == "move_in" else ():
                for name, cost in each.items():
                    self.measured.parts.setdefault(name, []).append(cost)

    def watch(self, listener: int) -> None:
        """From now on also measure what the listener's processes and its database connections compute."""
        backends = self.ledger.connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = %s AND application_name LIKE 'daicho %%'", [self.city.worked_on]
        ).fetchall()
        self.clerk.browser.meter = self.examiner.browser.meter = Meter([*descendants(listener), *(pid for (pid,) in backends)])

    def empty_requests(self) -> None:
        """A style sheet, which granian serves without Python: what a request costs before anybody does anything."""
        self.measured.static += [self.clerk.style_sheet().seconds for _ in range(self.per_round)]

    def _act(self, key: str, one: Sample) -> Times:
        if key == "card":
            return self.clerk.card(one.public_id)[0]
        if key == "certificate":
            return self.clerk.certificate(one.public_id)[0]
        if key == "household":
            return self.clerk.household_certificate(one.public_id)[0]
        if key == "as_of":
            return self.clerk.as_of(one.public_id, {"day": "2020-04-01"})[0]
        return self.clerk.search(searched(key, one))[0]

    def _floors(self, key: str, people: list[Sample]) -> list[float]:
        if key in FLOORLESS:
            return []
        if key == "certificate":
            return self.page(len(people))
        if key == "card":
            return [self.floor.card(one.public_id) for one in people]
        return [self.floor.search(**_as_floor(key, one)) for one in people]

    def _move_ins(self) -> tuple[list[Times], list[float]]:
        self.ledger.written(1)
        times = []
        for _ in range(self.filings):
            self.families += 1
            times.append(move_in(self.clerk, self.examiner, *family(self.families, clock.today())))
        return times, [self.floor.write(rows) for rows in self.ledger.written(self.filings)]


def searched(key: str, one: Sample) -> dict[str, str]:
    """What the clerk types to find this person."""
    surname, _, _ = one.kana.partition("　")
    if key == "two_keys":
        return {"name": surname, "birth": one.birth_said}
    if key == "kanji":
        return {"name": one.two_characters}
    return {"name": surname if key == "surname" else one.kana}


def _as_floor(key: str, one: Sample) -> dict[str, object]:
    said = searched(key, one)
    if key == "kanji":
        return {"kanji": said["name"]}
    return {"kana": said["name"], "birth": one.birth if "birth" in said else None}


@contextmanager
def bare_page(city: City, person: str) -> Iterator[object]:
    """A function that makes so many bare pages and returns their seconds."""
    command = [sys.executable, "-m", "bench.bare_page", person]
    environment = city.environment(city.worked_on)
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None and process.stdout is not None
        asked, answers = process.stdin, process.stdout

        def make(count: int) -> list[float]:
            print(count, file=asked, flush=True)
            found: list[float] = json.loads(answers.readline())
            return found

        yield make
        asked.close()


def run(benches: list[Bench], listeners: list[int], rounds: int) -> None:
    """All rounds; the first, which warms everything, does not count. The order of the cities turns with each round."""
    gc.disable()
    for number in range(rounds + 1):
        turn = benches if number % 2 else benches[::-1]
        for act in ACTS:
            for bench in turn:
                bench.round(act.key, counted=number > 0)
        for bench, listener in zip(benches, listeners, strict=True):
            bench.watch(listener)  # after each round: a thread that worked for the first time has a connection of its own now
        for bench in turn:
            bench.empty_requests()
        gc.collect()
