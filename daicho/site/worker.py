"""働き手の輪 — the endless rounds of one system's worker, each in a thread of its own: a relay for each line, due jobs, sealer. 設計2章.

What is to be done stands in the database; asking again is the truth, and a restart loses nothing.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.apps import apps
from django.db import close_old_connections, connection

log = logging.getLogger("daicho.worker")

AFTER_FAILURE = (1.0, 2.0, 5.0, 15.0, 30.0)  # seconds, by failures in a row


@dataclass(frozen=True)
class Round:
    """`once` does what there is and says whether there may be more at once; `pause` is the rest (seconds) when there is not.

    A pause that the city sets is a function, asked each time.
    """

    name: str
    once: Callable[[], bool]
    pause: float | Callable[[], float]

    def rest(self) -> float:
        return self.pause() if callable(self.pause) else self.pause


_of_rooms: list[Round] = []


def register(*rounds_of_a_room: Round) -> None:
    """Add a room's own rounds. Called by site/wiring."""
    _of_rooms.extend(rounds_of_a_room)


def rounds() -> list[Round]:
    """The rounds of this system: those of the shared rooms that are installed, and its own room's."""
    found = [*_of_rooms]
    if apps.is_installed("daicho.outbox"):
        from daicho.outbox import courier, relay

        found += [Round(f"relay {to}", lambda to=to: bool(relay.run_line(to)), pause=0.3) for to in courier.destinations()]  # type: ignore[misc]
    if apps.is_installed("daicho.jobs"):
        from daicho import clock
        from daicho.city import queries as city
        from daicho.jobs import alarms, commands

        found.append(Round("jobs", lambda: bool(commands.run_due(city.closed_days(clock.today()))), pause=5))
        if (receiver := alarms.configured()) is not None:
            found.append(Round("alarms", lambda: alarms.tell_once(receiver), pause=5))
    if apps.is_installed("daicho.audit"):
        from daicho import audit

        found.append(Round("sealer", lambda: audit.seal_once() is not None, pause=5))
    return found


def run_until_ended(all_rounds: Iterable[Round]) -> None:
    """Run every round in a thread until SIGTERM or SIGINT; what is under way is finished first."""
    ending = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.set())
    threads = [threading.Thread(target=go_round, args=(one, ending), name=one.name) for one in all_rounds]
    for thread in threads:
        thread.start()
    while not ending.wait(1):
        pass
    for thread in threads:
        thread.join()


def go_round(one: Round, ending: threading.Event) -> None:
    """A failure is logged and the round goes on, later and later, but never given up."""
    failures = 0
    try:
        while not ending.is_set():
            try:
                close_old_connections()
                more, failures = one.once(), 0
                pause = 0.0 if more else one.rest()
            except Exception:
                failures += 1
                log.exception("%s failed, %s in a row", one.name, failures)
                ending.wait(AFTER_FAILURE[min(failures, len(AFTER_FAILURE)) - 1])
                continue
            ending.wait(pause)
    finally:
        connection.close()
