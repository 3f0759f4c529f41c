"""働き手の輪 — a room's own rounds, and a pause that the city sets. 設計2章."""

from __future__ import annotations

import threading
from collections import Counter

from daicho.outbox import courier, relay
from daicho.site import worker
from daicho.site.worker import Round, go_round


def test_部屋の輪は共通の輪と一緒に回る(monkeypatch):
    monkeypatch.setattr(worker, "_of_rooms", [])
    mine = Round("mine", lambda: False, 5)
    worker.register(mine)
    assert worker.rounds()[0] is mine
    assert {"jobs", "sealer"} <= {one.name for one in worker.rounds()}


def test_送り先ごとに別の輪が運ぶので遅い相手方がほかを待たせない(monkeypatch):
    """F-1-02, G-21: konbini hears within seconds, whoever else does not answer."""
    carried, slow = threading.Event(), threading.Event()

    def run_line(destination: str) -> Counter[str]:
        if destination == "atena":
            slow.wait(10)
        elif destination == "konbini":
            carried.set()
        return Counter()

    monkeypatch.setattr(relay, "run_line", run_line)
    lines = [one for one in worker.rounds() if one.name in ("relay atena", "relay konbini")]
    ending = threading.Event()
    threads = [threading.Thread(target=go_round, args=(one, ending)) for one in lines]
    for thread in threads:
        thread.start()
    assert carried.wait(5)
    assert {f"relay {destination}" for destination in courier.destinations()} <= {one.name for one in worker.rounds()}
    ending.set()
    slow.set()
    for thread in threads:
        thread.join()


def test_休む時間は毎回聞く():
    pauses = iter([0.0, 0.0, 0.0])
    ending, turns = threading.Event(), []

    def once() -> bool:
        turns.append(1)
        if len(turns) == 3:
            ending.set()
        return False

    go_round(Round("asked", once, lambda: next(pauses)), ending)
    assert len(turns) == 3
    assert next(pauses, None) is None


def test_休む時間を聞けなくても回り続ける(monkeypatch):
    monkeypatch.setattr(worker, "AFTER_FAILURE", (0.0,))
    ending, turns = threading.Event(), []

    def once() -> bool:
        turns.append(1)
        if len(turns) == 2:
            ending.set()
        return False

    def away() -> float:
        raise RuntimeError("the database is away")

    go_round(Round("asked", once, away), ending)
    assert len(turns) == 2
