"""何十年の暮らし — a town of people over decades: every event is filed, lawfully and not, and cancelled; register and law must agree. See test_law.py.

After every filing: accepted by the one means accepted by the other, and all sheets say the same. At the end of a life: on days of the past, as known then.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from daicho.residents.rules.definitions import Basis, EventDefinition, NoticeKind
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.events import ALL_EVENTS
from daicho.residents.rules.filing import Filing, Member
from daicho.values.dates import JapaneseDate
from tests.law import entering
from tests.law.diary import Items, Person
from tests.law.forms import PAPERS, Forms
from tests.law.judge import Verdict, judge
from tests.law.register import Answer, Register
from tests.law.ruling import GIVEN, City, day_of
from tests.law.telling import Sheets, by_law, by_register
from tests.law.waiting import REFUSED

DEFINITIONS = {event.code: event for event in ALL_EVENTS}
BY_DAYS, CANCELLED = "head_by_removal", "cancellation"
OFTEN = (*(code for code in DEFINITIONS if code in PAPERS), *[CANCELLED] * 9, *("domestic_move_in", "relocation", "household_change") * 2)
"""Each event alike, but for what the others need (people, households) and what they are tried by."""
NUMBERS_GIVEN = frozenset(code for code, event in DEFINITIONS.items() if event.writes_number and "effective_on" not in event.all_fields())
"""個人番号 that 機構 gives, written on the day they come. Here they come at once (commands/number_answers.py)."""
FIRST = date(1990, 1, 4)
FILINGS = 70
"""Tried in a life; about half of them are lawful."""


class Disagreement(AssertionError):
    """Register and law say different things of the same filing, or of the same person on the same day."""


@dataclass
class Life:
    """One town, from its number."""

    seed: int
    accepted: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    grounds: Counter[str] = field(default_factory=Counter)
    waiting: Counter[str] = field(default_factory=Counter)
    told_of: Counter[tuple[NoticeKind, str]] = field(default_factory=Counter)

    began: date = FIRST

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.city, self.register = City(FIRST), Register(FIRST)
        self.forms = Forms(self.dice, self.city)
        self.people_of: dict[int, Sequence[str]] = {}

    def play(self, filings: int) -> None:
        self.file(DEFINITIONS["domestic_move_in"])
        for _ in range(filings):
            self.turn(self.dice.choice((0, 0, 1, 3, 20, 90, 300, 900)))
            code = self.dice.choice(OFTEN)
            if code == CANCELLED:
                self.cancel()
            else:
                self.file(DEFINITIONS[code])
        self.look_back()

    # Filing ------------------------------------------------------------------------------------------------------------------

    def file(self, definition: EventDefinition) -> None:
        paper = self.forms.paper(definition)
        if paper is None:
            return
        members, values = paper
        self.settle(definition, self.filing(definition, members, values))

    def filing(self, definition: EventDefinition, members: Sequence[Member], values: dict[str, object]) -> Filing:
        ahead = (0, 3, 10, 30, 30, 60) if definition.future_day else (0,)
        day = self.city.today + timedelta(days=self.dice.choice((*ahead, 0, 0, 0, -1, -10, -100, -700) if not self.dice.random() < 0.03 else (1, 9)))
        asked = definition.all_fields()
        at_once = definition.of_departments or definition.code in NUMBERS_GIVEN
        day = self.city.today if at_once else day
        filed = self.city.today + timedelta(days=1 if self.dice.random() < 0.02 else 0) if "filed_on" in asked else None
        if definition.basis is Basis.REQUEST and not at_once and filed is not None and self.dice.random() < 0.85:
            filed = min(filed, day)  # what is asked for is written after it was asked for
        said = {name: value for name, value in values.items() if value is not None and (name in asked or not asked)}
        said |= {"filer": "self"} if "filer" in asked else {}
        once = {m.atena_no or id(m): m for m in members}
        when = JapaneseDate.of(day)
        if self.dice.random() < (0.2 if definition.uncertain_day else 0.01) and not at_once:
            when = JapaneseDate.parse(f"{when.wareki()}頃")
        return Filing(definition.code, when, filed, said, tuple(once.values()))

    def cancel(self) -> None:
        numbers = [number for number, event in self.register.events.items() if event.told]
        if not numbers:
            return
        about = self.dice.choice(numbers[-12:] if self.dice.random() < 0.8 else numbers)
        people = list(self.register.events[about].told)
        if self.dice.random() < 0.2:
            people = self.dice.sample(people, self.dice.randint(1, len(people)))
        if self.dice.random() < 0.03:
            people.append(self.dice.choice(self.forms.anybody()))
        basis = self.dice.choice(("ex_officio", "petition"))
        filed = self.city.today if basis == "petition" and self.dice.random() < 0.95 else None
        members = tuple(Member(no) for no in dict.fromkeys(people))
        filing = Filing(CANCELLED, JapaneseDate.of(self.city.today), filed, {"basis": basis, "reason": "試験"}, members)
        self.settle(DEFINITIONS[CANCELLED], filing, about)

    def turn(self, days: int) -> None:
        """The days go by; on the planned day of a 転出 what it brings is an event, too."""
        since, until = self.city.today, self.city.today + timedelta(days=days)
        for day, answer in self.register.turn_to(until):
            self.city.today = day - timedelta(days=1)
            eve = self.sheets()
            self.city.today = day
            left = [p for p in self.city.people.values() if (last := p.last()) and last[1]["closed_on"] == day]
            gone = tuple(Member(p.no) for p in left if (p.last() or (0, {}))[1]["household_no"] in {o.after.household_no for o in answer.written})
            filing = Filing(BY_DAYS, JapaneseDate.of(day), None, {}, gone)
            self.agreed(DEFINITIONS[BY_DAYS], filing, judge(self.city, filing), answer)
            self.tells(DEFINITIONS[BY_DAYS], filing, answer, eve)
        self.city.today = until
        if days:
            self.compare()
            self.nobody_left_alone(since)

    def nobody_left_alone(self, since: date) -> None:
        """標準4.0.4: who stays alone after a planned day is 世帯主, whether the register's job thought of it or not."""
        lasts = [last[1] for p in self.city.people.values() if (last := p.last())]
        for home in {whole["household_no"] for whole in lasts if whole["closed_on"] and since < whole["closed_on"] <= self.city.today}:
            stay = self.city.members(home)
            if len(stay) == 1 and (stay[0].now(self.city.today) or {})["relationship"] != "世帯主":
                raise Disagreement(f"seed {self.seed}: {stay[0].no} stays alone in {home} since a planned day, and is not 世帯主")

    def settle(self, definition: EventDefinition, filing: Filing, about: int | None = None) -> None:
        before = self.sheets()
        verdict = judge(self.city, filing, about)
        answer = self.register.record(definition, filing, about)
        self.agreed(definition, filing, verdict, answer, about)
        if not answer.refused:
            self.in_order(filing, verdict)
            self.tells(definition, filing, answer, before, self.city.events[about] if about else "")

    def in_order(self, filing: Filing, verdict: Verdict) -> None:
        """標準5.2: those who come to a household stand last, and 並べ替え as written is as written."""
        joined = [person.no for person, fact in verdict.facts if "household_no" in fact.says]
        place = {no: self.register.newest(no).entries.order_in_household or 0 for no in self.city.people}
        homes = {no: (self.city.people[no].now(self.city.today) or {}).get("household_no") for no in self.city.people}
        for no in joined if filing.code != "cancellation" else ():
            before = [other for other, home in homes.items() if home is not None and home == homes[no] and other not in joined]
            if any(place[other] >= place[no] for other in before):
                raise Disagreement(f"{no} came to {homes[no]}, and is not behind {before}\n{self.told(filing, None)}")
        if filing.code == "member_order" and filing.text("way") == "as_written":
            asked = sorted(filing.members, key=lambda m: int(m.text("place") or 0))
            if [m.atena_no for m in asked] != sorted((str(m.atena_no) for m in asked), key=lambda no: place[no]):
                raise Disagreement(f"the order is not as written\n{self.told(filing, None)}")

    def sheets(self) -> Sheets:
        """Of everybody the sheet as it counts today, with the name of the 世帯主."""
        heads, found = self.heads(), {}
        for no, person in self.city.people.items():
            now, last = person.now(self.city.today), person.last()
            whole = now or (last[1] if last else None)
            found[no] = (now is not None, whole | {"head_name": heads.get(whole["household_no"]) if now else None}) if whole else None
        return found

    def tells(self, definition: EventDefinition, filing: Filing, answer: Answer, before: Sheets, cancelled: str = "") -> None:
        """What is told to whom."""
        after = self.sheets()
        if definition.code == BY_DAYS:  # those who leave are told of by the 転出, on its day (commands/due_removals.py)
            homes = {o.after.household_no for o in answer.written}  # each household of the day is written by itself
            stay = {no for no, sheet in after.items() if sheet and sheet[0] and sheet[1]["household_no"] in homes}
            before, after = ({no: sheet for no, sheet in of.items() if no in stay} for of in (before, after))
        must, may = by_law(filing, before, after, cancelled)
        told = by_register(definition, filing, answer, self.city.today)
        for kind in NoticeKind:
            self.told_of[kind, definition.code] += len(told[kind])
            if not must[kind] <= told[kind] <= may[kind]:
                missing, needless = must[kind] - told[kind], told[kind] - may[kind]
                raise Disagreement(f"{kind}: law also {sorted(missing)}; register needlessly {sorted(needless)}\n{self.told(filing, None)}")

    def agreed(self, definition: EventDefinition, filing: Filing, verdict: Verdict, answer: Answer, about: int | None = None) -> None:
        if bool(verdict.grounds) != bool(answer.refused):
            raise Disagreement(f"law: {verdict.grounds or 'lawful'}; register: {answer.refused or 'recorded'} {answer.alerts}\n{self.told(filing, about)}")
        (self.refused if verdict.grounds else self.accepted)[definition.code] += 1
        self.grounds.update(verdict.grounds)
        self.waiting.update(set(verdict.grounds) & set(REFUSED))
        if verdict.grounds:
            return
        for person, fact in verdict.facts:
            numbers = [v.history_no for v in self.register.versions.get(person.no, ()) if v.event_no == answer.event_no and v.asserts != {}]
            fact.number = str(numbers[0]) if numbers else ""
            if fact.says.get("juminhyo_code") == GIVEN and person.no in self.register.versions:
                person.take_back(fact)
                fact.says["juminhyo_code"] = self.register.newest(person.no).entries.juminhyo_code
                person.write(fact)
        if definition.code == BY_DAYS:  # other households of the same day are still to be written (turn)
            return
        try:
            self.compare()
        except Disagreement as differs:
            raise Disagreement(f"{differs}\n{self.told(filing, about)}") from None

    def told(self, filing: Filing, about: int | None) -> str:
        said = [(m.atena_no, {k: str(v) for k, v in m.values.items()}) for m in filing.members]
        of = f" of event {about} {self.register.events[about].code}" if about else ""
        day = filing.effective_on.last if filing.effective_on else None
        return f"seed {self.seed}, today {self.city.today}, {filing.code}{of} on {day}, filed {filing.filed_on}: {dict(filing.values)}\n{said}"

    # Agreeing ------------------------------------------------------------------------------------------------------------------

    def compare(self) -> None:
        """The newest sheet of everybody."""
        if set(self.city.people) != set(self.register.versions):
            raise Disagreement(f"people: {set(self.city.people) ^ set(self.register.versions)}")
        heads = self.heads()
        for no, person in self.city.people.items():
            entries = self.register.newest(no).entries
            now = person.now(self.city.today)
            if self.register.state(no).is_open != (now is not None):
                raise Disagreement(f"{no}: law: {'resident' if now else 'none'}; register: opened {entries.opened_on}, closed {entries.closed_on}")
            if (last := person.last()) is not None:
                kept = [v.entries for v in self.register.versions[no] if v.spell_no == (person.stay_now(self.city.today) or last[0])]
                self.same(no, now or last[1], kept[-1])
            if now is not None and entries.householder_name != heads.get(now["household_no"]):
                raise Disagreement(f"{no}: 世帯主氏名: law {heads.get(now['household_no'])}; register {entries.householder_name}")

    def heads(self) -> dict[object, object]:
        """Of each household the name of its 世帯主, where there is one."""
        found: dict[object, object] = {}
        for person in self.city.residents():
            now = person.now(self.city.today) or {}
            if now["relationship"] == "世帯主":
                found[now["household_no"]] = shown(now)
        return found

    def same(self, no: str, law: Items, entries: SheetEntries) -> None:
        differ = {
            name: (law[name], kept) for name in entering.BLANK
            if law[name] != (kept := day_of(value) if isinstance(value := getattr(entries, name), JapaneseDate) else value)
        }  # fmt: skip
        if differ:
            raise Disagreement(f"{no}: {', '.join(f'{name}: law {a!r}, register {b!r}' for name, (a, b) in differ.items())}")

    def look_back(self) -> None:
        """As of days of the past, as known by now and at a moment of the past."""
        moments = [None, *self.dice.sample(range(1, len(self.register.events) + 1), min(4, len(self.register.events)))]
        span = (self.city.today - FIRST).days + 60
        for person in self.city.people.values():
            for known in moments:
                for day in [FIRST + timedelta(days=self.dice.randint(-800, span)) for _ in range(6)]:
                    self.look(person, day, known)

    def look(self, person: Person, day: date, known: int | None) -> None:
        law, kept = person.on(day, known), self.register.as_of(person.no, day, known)
        if (law is None) != (kept is None):
            raise Disagreement(f"seed {self.seed}, {person.no} as of {day}, known {known}: law {law and 'resident'}, register {kept and 'resident'}")
        if law is not None and kept is not None:
            try:
                self.same(person.no, law, kept)
            except Disagreement as differs:
                raise Disagreement(f"seed {self.seed}, as of {day}, known {known}: {differs}") from None


def shown(now: Items) -> object:
    """氏名 as on the sheet: of a foreigner ローマ字, and 漢字 where there is one."""
    if now["resident_kind"] != "2":
        return now["name_kanji"]
    return "　".join(str(name) for name in (now["foreign_name_alphabet"], now["name_kanji"]) if name) or None
