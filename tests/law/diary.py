"""日記 — a person of the model: dated facts, told again in the order of their days to know any day as known at any time. See test_law.py.

There is nothing here but the facts: what was said, of which day, by which event, and whether it was cancelled since.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

Items = dict[str, object]


@dataclass(eq=False)
class Fact:
    """`instead`: the fact that was wrong, in whose place this one is told. `cancelled`: by which event. `number`: the 履歴番号 that it got."""

    event: int
    written: int
    day: date
    stay: int
    says: Items
    opens: bool = False
    instead: Fact | None = None
    cancelled: int | None = None
    number: str = ""

    def told_at(self) -> tuple[object, ...]:
        """Its place in the telling: what began a stay first, then day by day, of one day as it was recorded."""
        place = self.instead.root() if self.instead else self
        return (not self.opens, date.min if place.opens else place.day, place.written, self.written)

    def root(self) -> Fact:
        return self.instead.root() if self.instead else self

    def counts(self, known: int | None) -> bool:
        if known is None:
            return self.cancelled is None
        return self.event <= known and (self.cancelled is None or self.cancelled > known)


@dataclass(eq=False)
class Person:
    no: str
    facts: list[Fact] = field(default_factory=list)
    _lives: list[tuple[int, Items]] | None = None

    def write(self, fact: Fact) -> None:
        self.facts.append(fact)
        self._lives = None

    def take_back(self, fact: Fact) -> None:
        self.facts.remove(fact)
        self._lives = None

    def cancel(self, fact: Fact, by: int | None) -> None:
        """By an event; None = it counts again."""
        fact.cancelled = by
        self._lives = None

    def stays(self) -> list[int]:
        return sorted({fact.stay for fact in self.facts})

    def telling(self, stay: int, known: int | None = None) -> list[Fact]:
        """What is told of a stay; nothing when what began it does not count."""
        told = sorted((f for f in self.facts if f.stay == stay and f.counts(known)), key=Fact.told_at)
        return told if told and told[0].opens else []

    def whole(self, stay: int, known: int | None = None) -> Items | None:
        return told_together(self.telling(stay, known))

    def lives(self, known: int | None = None) -> list[tuple[int, Items]]:
        """The stays that count, each as a whole. What counts now is kept in mind until something is written or cancelled."""
        if known is None and self._lives is not None:
            return self._lives
        found = [(stay, whole) for stay in self.stays() if (whole := self.whole(stay, known)) is not None]
        if known is None:
            self._lives = found
        return found

    def on(self, day: date, known: int | None = None) -> Items | None:
        """What the sheet said on a day, as known when an event had been recorded; None = no resident that day."""
        for stay, whole in self.lives(known):
            if lives_here(whole, day):
                return told_together(f for f in self.telling(stay, known) if f.opens or f.told_at()[1] <= day)
        return None

    def now(self, today: date) -> Items | None:
        """As a resident of today, all told; None when they are none."""
        return next((whole for _, whole in self.lives() if lives_here(whole, today)), None)

    def stay_now(self, today: date) -> int | None:
        return next((stay for stay, whole in self.lives() if lives_here(whole, today)), None)

    def last(self) -> tuple[int, Items] | None:
        """The stay that began last of those that count."""
        return max(self.lives(), key=lambda one: one[0], default=None)


def told_together(facts: Iterable[Fact]) -> Items | None:
    told = list(facts)
    if not told:
        return None
    values: Items = {}
    for fact in told:
        values |= fact.says
    return values


def lives_here(whole: Items, day: date) -> bool:
    """Resident from the day on which they came until the day before the one on which they are removed."""
    since, until = whole["opened_on"], whole["closed_on"]
    return isinstance(since, date) and since <= day and (not isinstance(until, date) or day < until)
