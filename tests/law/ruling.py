"""判断 — what the law makes of one filing: why it must be refused, or what is written down of whom. See test_law.py."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from daicho.residents.rules.filing import CLEARED, Filing, Member
from daicho.values.dates import JapaneseDate
from tests.law.diary import Fact, Items, Person

CITY = "北海道小樽市"
HEAD = "世帯主"
NEW = "新しい世帯"
OF_LIVING_HERE = frozenset({
    "relocation", "move_out", "move_out_abroad", "head_change", "head_ex_officio", "household_split", "household_merge", "household_change", "member_order",
    "death", "disappearance", "ex_officio_removal", "relationship_30_48", "sheet_renewal", "sheet_remaking", "naturalisation", "nationality_acquisition",
    "nationality_loss", "special_move_out", "residence_ended", "juminhyo_code_change", "residence_notification", "special_permanent_certificate",
})  # fmt: skip
"""What can be of a resident only; the last three are asked or filed of the city in whose register one is, or handed over by it. What the 戸籍 tells of an earlier day may become known after they came, and is written then (職権修正)."""
GIVEN = "空き番から"


@dataclass(eq=False)
class Said:
    """To be written of a person; of nobody known yet for who comes for the first time (`index` in the filing)."""

    person: Person | None
    says: Items
    day: date
    stay: int | None = None
    opens: bool = False
    instead: Fact | None = None
    index: int = 0
    of_itself: bool = False  # it follows from the event, nobody filed for it: nothing that was said later stands in its way


@dataclass(eq=False)
class City:
    """Everybody of the model, and what is asked of all: who lives together, and whether they may."""

    today: date
    people: dict[str, Person] = field(default_factory=dict)
    events: dict[int, str] = field(default_factory=dict)
    written: int = 0
    households: int = 0

    def residents(self) -> Iterator[Person]:
        return (p for p in self.people.values() if p.now(self.today) is not None)

    def members(self, household: object) -> list[Person]:
        return [p for p in self.residents() if (p.now(self.today) or {})["household_no"] == household]

    def exists(self, household: object) -> bool:
        return household in {f"世帯{n}" for n in range(1, self.households + 1)}


@dataclass(eq=False)
class Ruling:
    city: City
    filing: Filing
    grounds: list[str] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    cancels: list[tuple[Person, Fact]] = field(default_factory=list)
    founds: bool = False

    @property
    def today(self) -> date:
        return self.city.today

    @property
    def day(self) -> date:
        """異動日; of an uncertain day the last that it can have been by today (標準1.1.8)."""
        on = self.filing.effective_on
        assert on is not None
        return on.last if on.is_certain else min(on.last, max(on.first, self.today))

    @property
    def as_written(self) -> date:
        assert self.filing.effective_on is not None
        return self.filing.effective_on.last

    @property
    def told_on(self) -> date:
        """The day of which a fact is: what is planned was said today."""
        return min(self.day, self.today)

    def refuse(self, ground: str, because: object = True) -> bool:
        if because:
            self.grounds.append(ground)
        return bool(because)

    def say(self, person: Person, says: Items, **how: object) -> None:
        self.said.append(Said(person, says, self.told_on, **how))

    def persons(self) -> list[tuple[int, Member, Person]]:
        return [(i, m, self.city.people[m.atena_no]) for i, m in enumerate(self.filing.members) if m.atena_no in self.city.people]

    def residents(self) -> list[tuple[int, Member, Person]]:
        """Those filed for, who must live here and have lived here on the day."""
        self.refuse("異動者がいない（標準4.0.1）", not self.filing.members)
        for _, _, person in self.persons():
            now = person.now(self.today)
            if self.refuse("消除された者の異動（domain 11）", now is None) or now is None:
                continue
            self.refuse("住民となる前の異動（法5条）", self.filing.code in OF_LIVING_HERE and self.day < now["opened_on"])
        return self.living()

    def living(self) -> list[tuple[int, Member, Person]]:
        return [one for one in self.persons() if one[2].now(self.today) is not None]

    def now(self, person: Person) -> Items:
        now = person.now(self.today)
        assert now is not None
        return now

    def later(self, one: Said) -> list[Fact]:
        """遡及: what was said of the same items for a later day, which would hide this one (domain 13, 取消しの順序)."""
        if one.person is None or one.opens or one.instead or one.of_itself:
            return []
        stay = one.stay if one.stay is not None else one.person.stay_now(self.today)
        return [
            f for f in one.person.telling(stay or 0)
            if not f.opens and f.told_at()[1] > one.day and set(f.says) & set(one.says)
        ]  # fmt: skip


def written(value: object) -> object:
    """As a form says it: 「空欄」 empties."""
    return None if value is CLEARED else value


def day_of(value: object) -> date | None:
    return value.last if isinstance(value, JapaneseDate) else value if isinstance(value, date) else None


def overlap(person: Person) -> bool:
    """A person lives here once at a time, and nobody leaves before they came."""
    spans = sorted((w["opened_on"], w["closed_on"] or date.max) for _, w in person.lives())
    return any(end < begin for begin, end in spans) or any(b[0] < a[1] for a, b in itertools.pairwise(spans))
