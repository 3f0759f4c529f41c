"""計測の混雑 — fifty clerks at their terminals, each with time to think between two requests; a process of its own. Issue 3, Measured; N-9.1-09.

`python -m bench.crowd PORT`: the first line of standard input is what they know (JSON), each further line asks for so many seconds. Answers,
as JSON: what each request took, what went wrong, and how much of the processors this process itself used meanwhile.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from dataclasses import asdict, dataclass, field
from datetime import date
from random import Random

from bench.clerks import CLERKS, login
from bench.counter import Desk, Officer, Times
from bench.filings import type_move_in
from bench.people import Sample, family

THINKS = (2.0, 8.0)  # seconds between two requests of one clerk, evenly
MIX = (("検索", 45), ("個人票を開く", 30), ("住民票の写し", 15), ("転入の仮登録", 10))
FIRST_FAMILY = 20_000  # far from those of the other rounds


@dataclass
class Told:
    """What was measured while somebody listened."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    cpu: float = 0.0
    wall: float = 0.0


class Crowd:
    """Clerks that go on by themselves; `listen` keeps what they meet in so many seconds."""

    def __init__(self, port: int, password: str, people: list[Sample], today: date) -> None:
        self.port, self.password, self.people, self.today = port, password, people, today
        self.told, self.lock, self.ending, self.families = Told(), threading.Lock(), threading.Event(), 0
        desks = [self._desk(number) for number in range(CLERKS)]
        self.clerks = [threading.Thread(target=self._work, args=(desk, Random(number)), daemon=True) for number, desk in enumerate(desks)]

    def _desk(self, number: int) -> Desk:
        desk = Desk(self.port, Officer(login(number), self.password))
        desk.open_visit()
        return desk

    def listen(self, seconds: float) -> Told:
        with self.lock:
            self.told = told = Told()
        computed, began = time.process_time(), time.monotonic()
        time.sleep(seconds)
        with self.lock:
            self.told = Told()
        told.cpu, told.wall = time.process_time() - computed, time.monotonic() - began
        return told

    def _work(self, desk: Desk, dice: Random) -> None:
        names, weights = zip(*MIX, strict=True)
        while not self.ending.wait(dice.uniform(*THINKS)):
            [name], one = dice.choices(names, weights), dice.choice(self.people)
            told = self.told  # what was begun while somebody listened counts for them
            try:
                times = self._act(name, desk, one)
            except Exception as error:  # noqa: BLE001 — whatever goes wrong is counted, and the clerk goes on
                with self.lock:
                    told.errors.append(f"{name}: {type(error).__name__} {error}"[:300])
                continue
            with self.lock:
                told.seconds.setdefault(name, []).extend(cost.seconds for cost in times.values())

    def _act(self, name: str, desk: Desk, one: Sample) -> Times:
        if name == "検索":
            return desk.search({"name": one.kana, "birth": one.birth_said})[0]
        if name == "個人票を開く":
            return desk.card(one.public_id)[0]
        if name == "住民票の写し":
            return desk.certificate(one.public_id)[0]
        with self.lock:
            self.families += 1
            number = FIRST_FAMILY + self.families
        return type_move_in(desk, *family(number, self.today))


def main(port: int) -> int:
    known = json.loads(sys.stdin.readline())
    people = [Sample(each["public_id"], each["kana"], each["kanji"], date.fromisoformat(each["birth"])) for each in known["people"]]
    crowd = Crowd(port, known["password"], people, date.fromisoformat(known["today"]))
    for clerk in crowd.clerks:
        clerk.start()
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps(asdict(crowd.listen(float(line)))), flush=True)
    crowd.ending.set()
    for clerk in crowd.clerks:
        clerk.join()
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
