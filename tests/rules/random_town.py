"""乱数の町 — families come, are born, move, part, merge, die and leave by the dice, each event of the house is filed, and any is cancelled. std 4.6; design §4.

What must hold after every event is asked here too: `hold`. See test_household_oracle.py, tests/residents/test_random_town.py and tests/soak.py.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from daicho.residents.rules.definitions import EventDefinition
from daicho.residents.rules.events.birth import BIRTH
from daicho.residents.rules.events.cancellation import CANCELLATION
from daicho.residents.rules.events.de_facto_head import DE_FACTO_HEAD
from daicho.residents.rules.events.death import DEATH
from daicho.residents.rules.events.department_entry import DEPARTMENT_ENTRY
from daicho.residents.rules.events.head_change import HEAD_CHANGE
from daicho.residents.rules.events.head_ex_officio import HEAD_EX_OFFICIO
from daicho.residents.rules.events.household_change import HOUSEHOLD_CHANGE
from daicho.residents.rules.events.household_merge import HOUSEHOLD_MERGE
from daicho.residents.rules.events.household_split import HOUSEHOLD_SPLIT
from daicho.residents.rules.events.member_order import MEMBER_ORDER
from daicho.residents.rules.events.move_in import MOVE_IN
from daicho.residents.rules.events.move_in_from_abroad import MOVE_IN_FROM_ABROAD
from daicho.residents.rules.events.move_in_notice import MOVE_IN_NOTICE_RECEIVED
from daicho.residents.rules.events.move_out import MOVE_OUT
from daicho.residents.rules.events.move_out_abroad import MOVE_OUT_ABROAD
from daicho.residents.rules.events.relocation import RELOCATION
from daicho.residents.rules.filing import Filing, Member
from daicho.residents.rules.fold import as_of, is_open
from daicho.residents.rules.household_law import Household, lawless
from daicho.residents.rules.vocabulary import CARDS_ABROAD, DE_FACTO_HEADS
from daicho.values.dates import JapaneseDate
from tests.rules.painter import DAYS
from tests.rules.small_city import PAINTED, City, day_of, on, snapshot
from tests.rules.town_records import ENTRIES_BY_OFFICE, ENTRIES_FILED, RecordActs, event

ADDRESSES = ("花園1番", "色内2番", "稲穂3番")
WORDS = ("世帯主", "妻", "子", "子", "父", "同居人")


@dataclass
class Town(RecordActs):
    """One random town, and what was tried in it."""

    dice: random.Random
    city: City = field(default_factory=City)
    tried: Counter[str] = field(default_factory=Counter)
    never: frozenset[str] = frozenset()
    """Acts that do not come in this town, by the name of their function."""

    def play(self, steps: int) -> None:
        """Two families come; then anything; then numbers are written, and one more event is cancelled."""
        for _ in range(2):
            self.move_in()
        for _ in range(steps):
            for _ in range(self.dice.choice((0, 0, 0, 1, 2))):
                if self.city.today < DAYS - 6:
                    self.city.next_day()
            acts: Sequence[Callable[[], bool]] = (
                self.move_in, self.return_from_abroad, self.birth, self.relocate, self.relocate, self.head_change, self.split, self.split, self.merge,
                self.change, self.die, self.leave, self.leave, self.go_abroad, self.appoint, self.lead, self.notice, self.reorder, self.write_items, self.cancel, self.cancel, self.cancel, self.cancel,
                self.enter_otherwise, self.register_tells, self.register_tells, self.correct, self.rename, self.mend, self.remove, self.restore, self.change_nationality,
                self.write_anew, self.ask_for_name, self.related, self.immigration_decides,
            )  # fmt: skip
            self.do(self.dice.choice([each for each in acts if each.__name__ not in self.never]))
        for last in (*[self.write_number] * 4, self.cancel):
            self.do(last)

    def do(self, act: Callable[[], bool]) -> None:
        self.tried[f"{act.__name__}{'' if act() else ' (refused)'}"] += 1
        self.hold()

    # Events -----------------------------------------------------------------------------------------------------------------

    def file(self, definition: EventDefinition, members: Sequence[Member], **values: object) -> bool:
        """File it, and now and then cancel it at once: then everything is as it was."""
        day = values.pop("day", None)
        effective = on(day) if isinstance(day, int) else on(self.city.today - self.dice.choice((0, 0, 0, 0, 1, 2, 5)))
        filed_on = on(self.city.today) if "filed_on" in definition.all_fields() else None
        filing = Filing(definition.code, JapaneseDate.of(effective), filed_on, {"filer": "self", **values}, tuple(members))
        came = {m.atena_no for m in members} if definition.newcomers else set()
        everybody, is_undone = [no for no in self.city.versions if no not in came], self.dice.random() < 0.3
        before = snapshot(self.city, everybody) if is_undone else {}
        if not self.city.record(definition, filing):
            return False
        self.hold()
        if is_undone:
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
        return self.arrive(MOVE_IN, previous_address="不明")

    def return_from_abroad(self) -> bool:
        return self.arrive(MOVE_IN_FROM_ABROAD, previous_country="不明", papers_seen=True)

    def enter_otherwise(self) -> bool:
        """就籍, 脱漏, 住所設定 by the office, or 法30条の46 and 47 on a foreigner's filing."""
        if self.dice.random() < 0.5:
            return self.arrive(event(self.dice.choice(ENTRIES_BY_OFFICE)), previous_address="不明", reason="調査", ground="ex_officio")
        return self.arrive(event(self.dice.choice(ENTRIES_FILED)), papers_seen=True)

    def arrive(self, definition: EventDefinition, **values: object) -> bool:
        """One to five, now and then one who lived here before; into a household of their own or as lodgers."""
        former = [no for no in self.city.versions if not self.city.state(no).is_open]
        back: list[str | None] = [self.dice.choice(former)] if former and self.dice.random() < 0.5 else []
        people = self.words((back + [None] * 5)[: self.dice.randint(1, 5)])
        into = self.home() if self.dice.random() < 0.4 else None
        is_foreign = definition.code in ENTRIES_FILED or (definition.code not in ENTRIES_BY_OFFICE and self.dice.random() < 0.3)
        members = [self.newcomer(m, at, is_lodger=into is not None, has_code=definition is MOVE_IN, is_foreign=is_foreign) for at, m in enumerate(people)]
        address = self.address_of(into) if into else self.dice.choice(ADDRESSES)
        choice = {"household_choice": "existing", "household_no": into} if into else {"household_choice": "new"}
        return self.file(definition, members, address=address, **choice, **values)

    def newcomer(self, who: Member, at: int, *, is_lodger: bool, has_code: bool, is_foreign: bool) -> Member:
        """Who has no code gets one of the stock."""
        number = who.atena_no or len(self.city.versions) + at
        said: dict[str, object] = {**who.values, "birth_date": JapaneseDate.of(on(-9000 - at)), "sex_code": "1"}
        if is_foreign:
            said |= {
                "resident_kind": "2", "foreign_name_alphabet": f"NAME {number}", "article_30_45_class_code": self.dice.choice("112"), "nationality_code": "USA",
                "residence_card_no": 1000 + 10 * self.city.step + at, "birth_date": JapaneseDate.of(on(-9000 - at)).in_western,
            }  # fmt: skip
        else:
            said |= {"resident_kind": "1", "name_kanji": f"人　{number}", "registered_domicile": "不明", "family_register_head_name": "不明"}
        said |= {"juminhyo_code": 1000 + 10 * self.city.step + at} if has_code else {}
        return Member(who.atena_no, said | ({"relationship": "同居人"} if is_lodger else {}))

    def birth(self) -> bool:
        """One child or two; now and then into a household that is not there, which is refused."""
        home = self.home() if self.dice.random() < 0.9 else None
        number = len(self.city.versions)
        children = [
            Member(None, {
                "resident_kind": "1", "name_kanji": f"子　{number + at}", "sex_code": "2", "relationship": "子",
                "registered_domicile": "不明", "family_register_head_name": "不明",
            })
            for at in range(self.dice.choice((1, 1, 1, 2)))
        ]  # fmt: skip
        return self.file(BIRTH, children, household_choice="existing", household_no=home)

    def notice(self) -> bool:
        """転入通知 about someone who left or will leave, mostly; at whatever day, and any number of times."""
        leaving = [no for no in self.city.versions if self.city.newest(no).entries.closed_on is not None]
        someone = self.dice.choice(leaving if leaving and self.dice.random() < 0.9 else sorted(self.city.versions))
        day = self.city.today - self.dice.choice((0, 1, 2, 5, 9))
        return self.file(MOVE_IN_NOTICE_RECEIVED, [Member(someone)], day=day, confirmed_address=f"北海道旭川市{self.dice.randint(1, 3)}番")

    def reorder(self) -> bool:
        home = self.home()
        if home is None:
            return False
        people, by_rule = self.city.members(home), self.dice.random() < 0.5
        places = self.dice.sample(range(1, len(people) + 3), len(people))
        members = [Member(no, {} if by_rule else {"place": str(place)}) for no, place in zip(people, places, strict=True)]
        return self.file(MEMBER_ORDER, members, way="by_rule" if by_rule else "as_written")

    def write_items(self) -> bool:
        """国民健康保険 of anybody, as a department tells it on that day; what contradicts itself is refused."""
        acquired, is_insured = on(self.city.today - self.dice.randint(0, 9)), self.dice.random() < 0.6
        lost = acquired + timedelta(self.dice.randint(-1, 9))
        items: dict[str, object] = {"nhi_qualified_flag": is_insured, "nhi_acquired_date": acquired, "nhi_lost_date": None if is_insured else lost}
        return self.file(DEPARTMENT_ENTRY, [Member(self.dice.choice(sorted(self.city.versions)), items)], day=self.city.today)

    def address_of(self, home: str) -> str:
        return str(self.city.newest(self.city.members(home)[0]).entries.address).removeprefix("北海道小樽市")

    def relocate(self) -> bool:
        home = self.home()
        if home is None:
            return False
        people, address = self.some(home), self.dice.choice(ADDRESSES)
        if len(people) == len(self.city.members(home)) and self.dice.random() < 0.7:
            return self.file(RELOCATION, [Member(no) for no in people], address=address, household_choice="same")
        into = self.home() if self.dice.random() < 0.4 else None
        if into and into != home:
            address = self.address_of(into)
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

    def go_abroad(self) -> bool:
        home = self.home()
        if home is None:
            return False
        day = self.dice.randint(self.city.today - 2, self.city.today + 5)
        members = [Member(no) for no in self.some(home)]
        return self.file(MOVE_OUT_ABROAD, members, planned_country="アメリカ合衆国", card=self.dice.choice([code for code, _ in CARDS_ABROAD]), day=day)

    def appoint(self) -> bool:
        """職権 in a household without 世帯主, where there is one; else in any."""
        heads = self.city.heads(self.city.today)
        headless = sorted({str(self.city.newest(no).entries.household_no) for no in self.city.residents()} - {home for home, names in heads.items() if names})
        home = self.dice.choice(headless) if headless else self.home()
        if home is None:
            return False
        people = self.city.members(home)
        self.dice.shuffle(people)
        return self.file(HEAD_EX_OFFICIO, self.words(people), reason="届出がない")

    def lead(self) -> bool:
        """事実上の世帯主 of some, another one, or none any more; in 備考 or not."""
        home = self.home()
        if home is None:
            return False
        named = {"name": self.dice.choice(("園　長一", "園　長二"))} if self.dice.random() < 0.7 else {}
        remark = {"in_remarks": True} if self.dice.random() < 0.5 else {}
        who = self.dice.choice([code for code, _ in DE_FACTO_HEADS])
        return self.file(DE_FACTO_HEAD, [Member(no) for no in self.some(home)], who=who, **named, **remark)

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
            assert [sheet for sheet, row in city.sheets(no).items() if is_open(row.entries, on(today))] == ([city.newest(no).sheet_no] if painted else []), no
            if painted is None:
                continue
            assert painted == {name: day_of(getattr(entries, name)) for name in PAINTED}, no
            names = heads[str(entries.household_no)]
            assert entries.householder_name == (names[0] if len(names) == 1 else None), no
            homes.setdefault(str(entries.household_no), []).append(no)
        for people in homes.values():
            assert lawless(Household(tuple((None, city.newest(no).entries) for no in people))) == ()

    def hold_every_day(self) -> None:
        """As of each day of the past, too: as it is known now, and as it was known at a moment drawn by lot."""
        every, drawn = range(self.city.today + 1), self.dice.randint(1, self.city.step)
        for step, known_at, days in ((None, None, every), (drawn, self.city.moment(drawn), self.dice.sample(every, 5))):
            for no, rows in self.city.versions.items():
                for day in days:
                    said = as_of(rows, on(day), known_at=known_at)
                    painted = self.city.painted(no, day, step=step)
                    assert (None if said is None else {name: day_of(getattr(said, name)) for name in PAINTED}) == painted, (no, day, step)
