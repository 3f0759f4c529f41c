"""神託 — a painter of days: it knows neither keys nor places. See test_fold_oracle.py.

Facts are painted on a line of days, in the order of recording, each day remembering its owner and the owner's first day;
what is annulled is simply not painted.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

DAYS = 40
FOREVER = DAYS * 9
ENTRIES = ("name_kanji", "address", "relationship")  # three entries stand for all: the fold treats every entry alike


@dataclass
class Fact:
    """One recorded fact as the oracle sees it: at which step, in which spell, from which day, what."""

    step: int
    number: int
    spell: int
    day: int
    values: dict[str, object]
    opens: bool = False
    mends: int | None = None  # number of the fact in whose days it stands
    annulled: int | None = None


Line = dict[str, list[tuple[object, int, int]]]


@dataclass
class Oracle:
    facts: list[Fact] = field(default_factory=list)
    names: tuple[str, ...] = ENTRIES
    _pictures: dict[tuple[int, int | None], tuple[object, Line | None]] = field(default_factory=dict)

    def painted(self, spell: int, step: int | None) -> Line | None:
        """entry → for each day (value, owner, the owner's first day); the last cell is the end of time. Painted anew when there is another fact."""
        seen = [(f.step, f.number, f.annulled) for f in self.facts]
        if (before := self._pictures.get((spell, step))) and before[0] == seen:
            return before[1]
        line = self._paint(spell, step)
        self._pictures[spell, step] = (seen, line)
        return line

    def _paint(self, spell: int, step: int | None) -> Line | None:
        known = [
            f for f in self.facts
            if f.spell == spell and (step is None or f.step <= step) and (f.annulled is None or (step is not None and f.annulled > step))
        ]  # fmt: skip
        opening = next((f for f in known if f.opens), None)
        if opening is None:
            return None
        line = {name: [(opening.values.get(name), opening.number, -1)] * (DAYS + 2) for name in (*self.names, "opened_on", "closed_on")}
        for fact in known:
            for name, value in fact.values.items():
                if fact.opens:
                    continue
                cells = line[name]
                if fact.mends is not None:
                    line[name] = [
                        (value, fact.number, start) if self._owner(owner) == self._owner(fact.mends) else (v, owner, start) for v, owner, start in cells
                    ]
                else:
                    line[name] = [cell if i < fact.day or cell[2] > fact.day else (value, fact.number, fact.day) for i, cell in enumerate(cells)]
        return line

    def _owner(self, number: int) -> int:
        """Whose days they were before anybody mended them."""
        fact = self.facts[number - 1]
        return number if fact.mends is None else self._owner(fact.mends)

    def life(self, spell: int, step: int | None = None) -> tuple[int, int] | None:
        line = self.painted(spell, step)
        if line is None:
            return None
        opened, closed = line["opened_on"][-1][0], line["closed_on"][-1][0]
        return int(opened), FOREVER if closed is None else int(closed)  # type: ignore[call-overload]

    def spells(self) -> list[int]:
        return sorted({f.spell for f in self.facts})

    def as_of(self, day: int, step: int | None = None) -> dict[str, object] | None:
        for spell in self.spells():
            life = self.life(spell, step)
            if life and life[0] <= day < life[1]:
                line = self.painted(spell, step)
                assert line is not None
                return {name: line[name][day][0] for name in self.names}
        return None

    def hidden(self, spell: int, day: int, names: list[str]) -> bool:
        """Whether somebody's later day already stands on what this would say."""
        line = self.painted(spell, None)
        assert line is not None
        return any(start > day for name in names for _, _, start in line[name])

    def overlap(self) -> bool:
        lives = sorted(life for spell in self.spells() if (life := self.life(spell)))
        return any(closed < opened for opened, closed in lives) or any(b[0] < a[1] for a, b in itertools.pairwise(lives))
