"""庁内連携の受入れ — what the departments take from 庁内連携: one person, a batch of persons, what became of a write-back. G-25, G-26; 標準7.2.3.

A department knows nobody's grants but what it sees: every message of one grant must bring the same items, and of who is out of its
range none; and a person's 履歴番号 must not go back.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from simulators import layouts
from simulators.layouts import Fault, Layout

FEED, BATCH, OUTCOME = "department_feed", "department_batch", "department_entry_outcome"
PERSON, OUT_OF_SCOPE = "1", "2"  # list feed_kind of layouts/codes.csv
_OF_THE_PERSON = ("feed_kind_code", "atena_no", "history_no")


class Feeds:
    """The rules, and what was learnt from the messages kept so far."""

    def __init__(self, folder: Path) -> None:
        self._feed, self._batch, self._outcome = (layouts.read(folder, name) for name in (FEED, BATCH, OUTCOME))
        self._granted = _items(folder, "yes")
        self._may_be_absent = self._granted | _items(folder, "if_blocked")
        self.forget()

    def forget(self) -> None:
        self._last: dict[tuple[object, ...], int] = {}
        self._items_of: dict[object, frozenset[str]] = {}

    def faults(self, layout_name: object, items: Mapping[str, object]) -> Sequence[Fault] | None:
        """By its layout. An item that may be granted need not be there, nor that of a 発行抑止."""
        if layout_name == OUTCOME:
            return self._outcome.faults(items)
        if layout_name == FEED:
            return self._without_granted(self._feed, items)
        if layout_name == BATCH:
            return [*self._of_batch(items)]
        return None

    def _without_granted(self, layout: Layout, items: Mapping[str, object]) -> list[Fault]:
        return [fault for fault in layout.faults(items) if not (fault.item in self._may_be_absent and fault.item not in items)]

    def _of_batch(self, items: Mapping[str, object]) -> Iterator[Fault]:
        people = items.get("people")
        yield from (fault for fault in self._batch.faults(items) if fault.item != "people")
        if not isinstance(people, list) or not people or not all(isinstance(person, dict) for person in people):
            yield Fault("F04", "people")
            return
        header = {name: items.get(name) for name in self._feed.items if name not in self._may_be_absent and name not in _OF_THE_PERSON}
        for person in people:
            yield from self._without_granted(self._feed, {**header, **person})

    def judge(self, items: Mapping[str, object]) -> tuple[str, tuple[str, ...]]:
        """A reply code of layouts/codes.csv and the items it is about; "" when nothing is wrong."""
        for person in _people(items):
            brought = frozenset(person) & self._granted
            known = self._items_of.get(items["grant_no"])
            if person["feed_kind_code"] == OUT_OF_SCOPE:
                if brought:
                    return "L11", tuple(sorted(brought))
            elif known is not None and brought != known:
                return "L11", tuple(sorted(brought ^ known))
            if _number(person) < self._last.get(_whose(items, person), 0):
                return "L12", ("history_no",)
        return "", ()

    def learn(self, items: Mapping[str, object]) -> None:
        for person in _people(items):
            self._last[_whose(items, person)] = _number(person)
            if person["feed_kind_code"] == PERSON:
                self._items_of[items["grant_no"]] = frozenset(person) & self._granted


def _people(items: Mapping[str, object]) -> list[Mapping[str, object]]:
    """Whom a message is about: of a feed itself, of an outcome nobody."""
    if "entry_no" in items:
        return []
    people = items.get("people")
    return people if isinstance(people, list) else [items]


def _whose(items: Mapping[str, object], person: Mapping[str, object]) -> tuple[object, ...]:
    return items["department_code"], items["purpose_code"], person["atena_no"]


def _number(person: Mapping[str, object]) -> int:
    number = person["history_no"]
    assert isinstance(number, int)  # the layout saw to it
    return number


def _items(folder: Path, granted: str) -> frozenset[str]:
    with (folder / f"{FEED}.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["identifier"] for row in csv.DictReader(file) if row["granted"] == granted)
