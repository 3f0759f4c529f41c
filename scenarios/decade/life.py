"""十年を生きる — one family's life as a story of the day: the city's clock is turned from year to year, and each year ends with what every room says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from scenarios.day import papers
from scenarios.day.world import World
from scenarios.decade import rooms
from scenarios.decade.family import GRANDMOTHER, Family, families
from scenarios.decade.outages import Failing
from scenarios.decade.years_1_to_3 import first, second, third
from scenarios.decade.years_4_to_6 import fifth, fourth, sixth
from scenarios.decade.years_7_to_10 import eighth, ninth, seventh, tenth

YEARS: tuple[Callable[[Family], None], ...] = (first, second, third, fourth, fifth, sixth, seventh, eighth, ninth, tenth)
A_YEAR = timedelta(days=366)


@dataclass(frozen=True)
class Life:
    """`which` of families.json; `is_failing`: the simulators fail in turn."""

    TITLE: str
    which: str
    is_failing: bool

    def play(self, world: World) -> None:
        family = Family(world, families()[self.which], notice_first=self.is_failing)
        for year, live in enumerate(YEARS, 1):
            with world.report.telling(f"{self.TITLE}{year}年目"):
                world.turn(papers.today() + A_YEAR)
                if self.is_failing:
                    Failing(family, year).begin()
                live(family)
        with world.report.telling(f"{self.TITLE}の後"):
            if self.is_failing:
                rooms.erased(family)
            else:
                world.kept[rooms.DEAD_BEFORE] = family.integrated[GRANDMOTHER]


FIRST, AGAIN = Life("13 十年（一度目）", "一度目", False), Life("14 十年（二度目）", "二度目", True)
