"""世帯の神託 — random families move, part, merge, die and leave, and any event of them is cancelled: the painter of days agrees. design §4; fold.md.

After every event: each newest row is what is painted, every copy of 世帯主氏名 is the name of the painted head, no household breaks
its law; and an event that is cancelled at once leaves everything as it was. 異動の取消し: std 4.6; decision 0013.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest

from daicho.residents.rules import undoing
from daicho.residents.rules.definitions import EventDefinition
from daicho.residents.rules.events import cancellation
from daicho.residents.rules.events.cancellation import CANCELLATION
from daicho.residents.rules.events.death import DEATH
from daicho.residents.rules.events.head_change import HEAD_CHANGE
from daicho.residents.rules.events.household_change import HOUSEHOLD_CHANGE
from daicho.residents.rules.events.household_merge import HOUSEHOLD_MERGE
from daicho.residents.rules.events.household_split import HOUSEHOLD_SPLIT
from daicho.residents.rules.events.move_in import MOVE_IN
from daicho.residents.rules.events.move_out import MOVE_OUT
from daicho.residents.rules.events.relocation import RELOCATION
from daicho.residents.rules.filing import Filing, Member
from daicho.residents.rules.fold import as_of
from daicho.residents.rules.household_law import Household, lawless
from daicho.values.dates import JapaneseDate
from tests.rules.painter import DAYS
from tests.rules.small_city import PAINTED, City, day_of, on, snapshot
from tests.tiers import THOROUGH

SEQUENCES = 400 if THOROUGH else 60
ADDRESSES = ("花園1番", "色内2番", "稲穂3番")
WORDS = ("世帯主", "妻", "子", "子", "父", "同居人")


@dataclass
class Town:
    """One random town, and what was tried in it."""

    dice: random.Random
    city: City = field(default_factory=City)
    tried: Counter[str] = field(default_factory=Counter)

    def play(self, steps: int) -> None:
        """Two families come; then anything."""
        for _ in range(2):
            self.move_in()
        for _ in range(steps):
            for _ in range(self.dice.choice((0, 0, 0, 1, 2))):
                if self.city.today < DAYS - 6:
                    self.city.next_day()
            acts: Sequence[Callable[[], bool]] = (
                self.move_in, self.relocate, self.relocate, self.head_change, self.split, self.split, self.merge, self.change, self.die, self.leave, self.cancel, self.cancel,
            )  # fmt: skip
            act = self.dice.choice(acts)
            self.tried[f"{act.__name__}{'' if act() else ' (refused)'}"] += 1
            self.hold()

    # Events -----------------------------------------------------------------------------------------------------------------

    def file(self, definition: EventDefinition, members: Sequence[Member], **values: object) -> bool:
        """File it, and now and then cancel it at once: then everything is as it was."""
        day = values.pop("day", None)
        effective = on(day) if isinstance(day, int) else on(self.city.today - self.dice.choice((0, 0, 0, 0, 1, 2, 5)))
        filing = Filing(definition.code, JapaneseDate.of(effective), on(self.city.today), {"filer": "self", **values}, tuple(members))
        came = {m.atena_no for m in members} if definition is MOVE_IN else set()
        everybody = [no for no in self.city.versions if no not in came]
        before = snapshot(self.city, everybody)
        if not self.city.record(definition, filing):
            return False
        self.hold()
        if self.dice.random() < 0.3:
            event = self.city.events[self.city.step]
            assert self.undo(event.number, event.told), (definition.code, self.city.events)
            assert snapshot(self.city, everybody) == before, definition.code
            assert not any(self.city.state(no).is_open for no in self.city.versions if no not in everybody)  # who came leaves a sheet without life
            self.tried[f"{definition.code} undone"] += 1
        return True

    def some(self, household_no: str) -> list[str]:
        """Some of a household; all of it now and then, and of one person always."""
        people = self.city.members(household_no)
        return self.dice.sample(people, self.dice.randint(1, max(1, len(people) - (self.dice.random() < 0.8))))

    def neighbours(self, home: str) -> str | None:
        """Another household of the same address; now and then any."""
        there = {no: str(self.city.newest(no).entries.household_no) for no in self.city.residents()}
        address = self.city.newest(self.city.members(home)[0]).entries.address
        near = sorted({number for no, number in there.items() if number != home and self.city.newest(no).entries.address == address})
        return self.dice.choice(near) if near and self.dice.random() < 0.9 else self.home()

    def home(self) -> str | None:
        homes = sorted({str(self.city.newest(no).entries.household_no) for no in self.city.residents()})
        return self.dice.choice(homes) if homes else None

    def words(self, people: Sequence[str | None]) -> list[Member]:
        """A head, mostly, and anything for the others."""
        words = ["世帯主" if self.dice.random() < 0.9 else "同居人", *(self.dice.choice(WORDS[1:]) for _ in people[1:])]
        return [Member(no, {"relationship": word}) for no, word in zip(people, words, strict=True)]

    def move_in(self) -> bool:
        count, known = self.dice.randint(1, 5), len(self.city.versions)
        former = [no for no in self.city.versions if not self.city.state(no).is_open]
        back: list[str | None] = [self.dice.choice(former)] if former and self.dice.random() < 0.5 else []
        people = self.words((back + [None] * count)[:count])
        into = self.home() if self.dice.random() < 0.4 else None
        members = [
            Member(m.atena_no, {
                **m.values, "resident_kind": "1", "name_kanji": f"人　{m.atena_no or known + at}", "birth_date": JapaneseDate.of(on(-9000 - at)),
                "sex_code": "1", "registered_domicile": "不明", "family_register_head_name": "不明", "juminhyo_code": 1000 + (known + at),
                **({"relationship": "同居人"} if into else {}),
            })
            for at, m in enumerate(people)
        ]  # fmt: skip
        address = str(self.city.newest(self.city.members(into)[0]).entries.address).removeprefix("北海道小樽市") if into else self.dice.choice(ADDRESSES)
        choice = {"household_choice": "existing", "household_no": into} if into else {"household_choice": "new"}
        return self.file(MOVE_IN, members, address=address, previous_address="不明", **choice)

    def relocate(self) -> bool:
        home = self.home()
        if home is None:
            return False
        people, address = self.some(home), self.dice.choice(ADDRESSES)
        if len(people) == len(self.city.members(home)) and self.dice.random() < 0.7:
            return self.file(RELOCATION, [Member(no) for no in people], address=address, household_choice="same")
        into = self.home() if self.dice.random() < 0.4 else None
        if into and into != home:
            address = str(self.city.newest(self.city.members(into)[0]).entries.address).removeprefix("北海道小樽市")
            lodgers = [Member(no, {"relationship": "同居人"}) for no in people]
            return self.file(RELOCATION, lodgers, address=address, household_choice="existing", household_no=into)
        return self.file(RELOCATION, self.words(people), address=address, household_choice="new")

    def head_change(self) -> bool:
        home = self.home()
        if home is None:
            return False
        people = self.city.members(home)
        self.dice.shuffle(people)
        return self.file(HEAD_CHANGE, self.words(people))

    def split(self) -> bool:
        home = self.home()
        return home is not None and self.file(HOUSEHOLD_SPLIT, self.words(self.some(home)))

    def merge(self) -> bool:
        home = self.home()
        into = self.neighbours(home) if home else None
        if home is None or into is None:
            return False
        return self.file(HOUSEHOLD_MERGE, [Member(no, {"relationship": "同居人"}) for no in self.city.members(home)], household_no=into)

    def change(self) -> bool:
        home = self.home()
        into = self.neighbours(home) if home else None
        if home is None or into is None:
            return False
        return self.file(HOUSEHOLD_CHANGE, [Member(no, {"relationship": "同居人"}) for no in self.some(home)], household_no=into)

    def die(self) -> bool:
        home = self.home()
        return home is not None and self.dice.random() < 0.5 and self.file(DEATH, [Member(self.some(home)[0])])

    def leave(self) -> bool:
        """Mostly planned for a day to come."""
        home = self.home()
        if home is None:
            return False
        day = self.dice.randint(self.city.today - 2, self.city.today + 5)
        return self.file(MOVE_OUT, [Member(no) for no in self.some(home)], planned_municipality_code="012041", day=day)

    def cancel(self) -> bool:
        """Any event, of everybody or of some."""
        if not self.city.events:
            return False
        event = self.city.events[self.dice.choice(sorted(self.city.events))]
        people = list(event.told)
        return bool(people) and self.undo(event.number, people if self.dice.random() < 0.7 else self.dice.sample(people, self.dice.randint(1, len(people))))

    def undo(self, number: int, people: Sequence[str]) -> bool:
        filing = Filing(
            "cancellation", JapaneseDate.of(on(self.city.today)), None, {"basis": "ex_officio", "reason": "試験"}, tuple(Member(no) for no in people)
        )
        return self.city.record(CANCELLATION, filing, self.city.events[number])

    # What must hold -----------------------------------------------------------------------------------------------------------

    def hold(self) -> None:
        """Newest row = painted; residents are the painted ones; copies are the painted heads' names; no household is lawless."""
        city, today = self.city, self.city.today
        heads = city.heads(today)
        homes: dict[str, list[str]] = {}
        for no in city.versions:
            painted, entries = city.painted(no, today, whole=True), city.newest(no).entries
            assert (painted is not None) == city.state(no).is_open, no
            if painted is None:
                continue
            assert painted == {name: day_of(getattr(entries, name)) for name in PAINTED}, no
            names = heads[str(entries.household_no)]
            assert entries.householder_name == (names[0] if len(names) == 1 else None), no
            homes.setdefault(str(entries.household_no), []).append(no)
        for people in homes.values():
            assert lawless(Household(tuple((None, city.newest(no).entries) for no in people))) == ()

    def hold_every_day(self) -> None:
        """As of each day of the past, too."""
        for no, rows in self.city.versions.items():
            for day in range(self.city.today + 1):
                said = as_of(rows, on(day))
                assert (None if said is None else {name: day_of(getattr(said, name)) for name in PAINTED}) == self.city.painted(no, day), (no, day)


def play(count: int, steps: int = 35) -> Counter[str]:
    tried: Counter[str] = Counter()
    for seed in range(count):
        town = Town(random.Random(seed))
        town.play(steps)
        town.hold_every_day()
        tried += town.tried
    return tried


def test_ランダムな町の異動と取消しで世帯の神託と一致する():
    """N-4.6.0.1-04, -06; std 1.2.1-13: after random events and 取消し everything is as painted."""
    tried = play(SEQUENCES)
    for act in ("move_in", "relocate", "head_change", "split", "merge", "change", "die", "leave", "cancel", "cancel (refused)"):
        assert tried[act] > SEQUENCES / 10, (act, tried)
    for code in ("domestic_move_in", "relocation", "head_change", "household_split", "household_change", "death", "move_out"):
        assert tried[f"{code} undone"] > SEQUENCES / 20, (code, tried)


@pytest.mark.parametrize("broken", ["resting", "home", "heads"])
def test_取消しの規則を外すと神託が気づく(monkeypatch, broken):
    """The oracle can fail: what rests on an event, the household that has moved away, the second 世帯主."""
    if broken == "resting":
        monkeypatch.setattr(cancellation, "resting_on", lambda versions, target, today: [])
    elif broken == "home":
        monkeypatch.setattr(undoing, "_has_moved", lambda situation, number, back, returning: False)
        monkeypatch.setattr(cancellation, "lawless", lambda household: ())
    else:
        monkeypatch.setattr(cancellation, "lawless", lambda household: ())
    with pytest.raises((AssertionError, KeyError)):
        play(120)
