"""計測値 — times as p50 and p95, ratios, aims and whether they were met."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field


def p50(seconds: Sequence[float]) -> float:
    return statistics.median(seconds)


def p95(seconds: Sequence[float]) -> float:
    """The time that 95 of 100 stay below (nearest rank)."""
    ordered = sorted(seconds)
    return ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]


@dataclass
class Series:
    """The times of one act in one city, in rounds as they were taken, and of its floor in the same rounds."""

    rounds: list[list[float]] = field(default_factory=list)
    floor: list[list[float]] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    @property
    def all(self) -> list[float]:
        return [each for one in self.rounds for each in one]

    @property
    def all_floor(self) -> list[float]:
        return [each for one in self.floor for each in one]

    @property
    def over_floor(self) -> float:
        """How many times the floor's median."""
        return p50(self.all) / p50(self.all_floor) if self.floor else float("nan")

    @property
    def noise(self) -> tuple[float, float]:
        """The smallest and the largest median of a round: how much the machine itself moved."""
        medians = [p50(one) for one in self.rounds]
        return min(medians), max(medians)


@dataclass(frozen=True)
class Act:
    """Something that is measured. `aim_ms`: the largest p95 allowed in any city; `aim_growth`: the largest p95 against the smaller city's."""

    key: str
    title: str
    aim_ms: float | None = None
    aim_growth: float | None = None


@dataclass(frozen=True)
class Judgement:
    """One aim and what became of it."""

    what: str
    aim: str
    found: str
    met: bool


def judge(act: Act, small: Series | None, large: Series, size: int) -> list[Judgement]:
    """The aims of an act, in the larger city and against the smaller one."""
    judged = []
    if act.aim_ms is not None:
        found = p95(large.all) * 1000
        judged.append(Judgement(f"{act.title}, city of {size:,}", f"p95 ≤ {act.aim_ms:g} ms", f"{found:.1f} ms", found <= act.aim_ms))
    if act.aim_growth is not None and small is not None:
        found = p95(large.all) / p95(small.all)
        judged.append(Judgement(f"{act.title}, larger city against smaller", f"p95 ≤ {act.aim_growth:g}×", f"{found:.2f}×", found <= act.aim_growth))
    return judged
