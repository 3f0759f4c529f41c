"""町の人 — the dice, and of whom and of which household a filing is: mostly of those it can be of, now and then of anybody. See forms.py."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from daicho.residents.rules.filing import Member
from tests.law.diary import Items, Person
from tests.law.ruling import CITY, HEAD, City

Paper = tuple[list[Member], dict[str, object]]
ADDRESSES = ("花園1番", "色内2番", "稲穂3番")
WORDS = ("妻", "夫", "子", "子", "父", "母", "兄", "子の子", "妻（未届）の子", "同居人", "縁故者")
UNLAWFUL_WORDS = ("孫", "世帯主の子", "子の子の子の子の子", "準世帯主", HEAD)
SURNAMES = ("小樽", "手宮", "奥沢", "朝里")


@dataclass
class Townspeople:
    dice: random.Random
    city: City
    numbers: int = 0

    def now_and_then(self, chance: float = 0.06) -> bool:
        return self.dice.random() < chance

    def number(self) -> int:
        self.numbers += 1
        return self.numbers

    def items(self, person: Person) -> Items:
        return person.now(self.city.today) or {}

    def anybody(self) -> list[str]:
        return sorted(self.city.people)

    def residents(self, fits: Callable[[Items], bool] = lambda items: True) -> list[str]:
        """Those of whom it can be; now and then anybody, also who was removed."""
        if self.now_and_then():
            return self.anybody()
        return sorted(p.no for p in self.city.residents() if fits(self.items(p)))

    def home(self) -> str | None:
        homes = sorted({str(self.items(p)["household_no"]) for p in self.city.residents()})
        return self.dice.choice(homes) if homes else None

    def household(self, home: object) -> list[str]:
        return [p.no for p in self.city.members(home)]

    def some(self, home: object, *, part: bool = False) -> list[str]:
        """Some of a household; with `part` not all of it, mostly. Now and then one of another place is among them."""
        people = self.household(home)
        most = max(1, len(people) - (1 if part and not self.now_and_then(0.2) else 0))
        chosen = self.dice.sample(people, self.dice.randint(1, most))
        return [*chosen, self.dice.choice(self.anybody())] if self.now_and_then(0.04) else chosen

    def word(self) -> str | None:
        if self.now_and_then(0.05):
            return self.dice.choice(UNLAWFUL_WORDS)
        return None if self.now_and_then(0.03) else self.dice.choice(WORDS)

    def together(self, people: Sequence[str | None]) -> list[Member]:
        """A head, mostly, and others."""
        first = HEAD if not self.now_and_then(0.1) else self.word()
        return [Member(no, {"relationship": first if at == 0 else self.word()}) for at, no in enumerate(people)]

    def into(self, address: str | None = None, but: object = None) -> str | None:
        """Another household, of the same address when one is given; now and then any, or one that is not there."""
        if self.now_and_then(0.04):
            return self.dice.choice(("世帯999", "世帯1", "世帯2"))
        near = {str(i["household_no"]) for p in self.city.residents() if (i := self.items(p)) and (address is None or i["address"] == address)}
        near -= {str(but)} if not self.now_and_then(0.1) else set()
        return self.dice.choice(sorted(near)) if near else self.home()

    def address_of(self, home: object) -> str:
        there = self.city.members(home)
        return str(self.items(there[0])["address"]).removeprefix(CITY) if there and not self.now_and_then(0.04) else self.dice.choice(ADDRESSES)
