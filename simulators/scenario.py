"""障害の台本 — faults that a counterpart plays on demand: POST /_scenario.

    {"faults": [{"kind": "late", "ms": 500, "times": 2}, {"kind": "refuse", "code": "L02", "times": 1}]}

One fault is spent per message, in the order given; without `times` a fault lasts until the next scenario or /_reset.

late          answers after `ms`
refuse        answers with the reply code `code` and keeps nothing
down          answers 503
silent        keeps the message, then closes the connection without an answer (the answer was lost)
duplicate     keeps the message, then answers that it was there already
corrupt       keeps the message, then alters its signed answer
wrong_person, ill_formed, wrong_question   (of an answer to a question) answers of somebody else, not as the layout has it, or to another question
out_of_order  holds the message until another one has been dealt with, or for `ms` at most
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

KINDS = frozenset({"late", "refuse", "down", "silent", "duplicate", "corrupt", "out_of_order", "wrong_person", "ill_formed", "wrong_question"})


class BadScenario(ValueError):
    """The scenario cannot be played; says why."""


@dataclass(frozen=True)
class Fault:
    kind: str
    ms: int = 0
    code: str = ""


class Scenario:
    """The faults still to play. Safe to use from several threads."""

    def __init__(self, reply_codes: frozenset[str]) -> None:
        self._lock = threading.Lock()
        self._reply_codes = reply_codes
        self._waiting: list[tuple[Fault, int | None]] = []

    def set(self, body: object) -> None:
        """Play these faults from now on, in place of what was left. Raises BadScenario."""
        waiting = [self._fault(entry) for entry in _entries(body)]
        with self._lock:
            self._waiting = waiting

    def clear(self) -> None:
        with self._lock:
            self._waiting = []

    def next(self) -> Fault | None:
        """The fault for this message, or None."""
        with self._lock:
            if not self._waiting:
                return None
            fault, times = self._waiting[0]
            if times is not None:
                self._waiting[:1] = [(fault, times - 1)] if times > 1 else []
            return fault

    def left(self) -> list[dict[str, object]]:
        """What is still to be played, as it would be posted."""
        with self._lock:
            return [{"kind": f.kind, "ms": f.ms, "code": f.code, "times": times} for f, times in self._waiting]

    def _fault(self, entry: object) -> tuple[Fault, int | None]:
        if not isinstance(entry, Mapping) or set(entry) - {"kind", "ms", "code", "times"}:
            raise BadScenario("a fault has kind, ms, code, times and nothing else")
        kind, ms, code, times = entry.get("kind"), entry.get("ms", 0), entry.get("code", ""), entry.get("times")
        if kind not in KINDS:
            raise BadScenario(f"kind is one of {', '.join(sorted(KINDS))}")
        if not isinstance(ms, int) or not 0 <= ms <= 60_000 or (times is not None and (not isinstance(times, int) or times < 1)):
            raise BadScenario("ms lies in 0–60000, times is 1 or more")
        if kind == "refuse" and code not in self._reply_codes:
            raise BadScenario("refuse needs a code of layouts/codes.csv, list reply")
        return Fault(str(kind), ms, str(code)), times


def _entries(body: object) -> Sequence[object]:
    if not isinstance(body, Mapping) or set(body) != {"faults"} or not isinstance(body["faults"], list):
        raise BadScenario('a scenario is {"faults": [...]}')
    return body["faults"]
