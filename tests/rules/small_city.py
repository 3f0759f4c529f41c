"""小さな町 — a register in memory that records real events, and beside it the painter of days. See test_household_oracle.py.

What is taken from the product are its rules (check, apply, outcomes). The rows are written here once more, without a database;
and what everybody's sheet says, who lives with whom and who is head is painted from the facts alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from daicho.residents.rules.changes import Changes
from daicho.residents.rules.definitions import EventDefinition
from daicho.residents.rules.entries import ASSERTED, SheetEntries
from daicho.residents.rules.events.head_by_removal import HEAD_BY_REMOVAL
from daicho.residents.rules.filing import Filing, Member
from daicho.residents.rules.fold import Version, is_open, key_of
from daicho.residents.rules.outcome import Outcome, outcomes
from daicho.residents.rules.situation import Household, PersonState, RecordedEvent, Situation
from daicho.residents.rules.undoing import households_without
from daicho.values.dates import JapaneseDate
from tests.rules.painter import Fact, Oracle

BASE = date(2026, 1, 1)
PAINTED = (
    "name_kanji", "address", "relationship", "household_no", "order_in_household", "nhi_qualified_flag", "nhi_lost_date", "de_facto_householder_name", "remarks", "resident_kind",
    "registered_domicile", "former_surname", "foreign_alias", "foreign_name_alphabet",
)  # fmt: skip


def on(day: int) -> date:
    return BASE + timedelta(days=day)


def day_of(when: object) -> object:
    return (when - BASE).days if isinstance(when, date) else when


@dataclass
class City:
    """`today` is a day's number. Persons and households are numbered as they come."""

    today: int = 5
    step: int = 0
    versions: dict[str, list[Version]] = field(default_factory=dict)
    painters: dict[str, Oracle] = field(default_factory=dict)
    events: dict[int, RecordedEvent] = field(default_factory=dict)
    households: int = 0

    # What the register knows ------------------------------------------------------------------------------------------------

    def newest(self, no: str) -> Version:
        return self.versions[no][-1]

    def sheets(self, no: str) -> dict[int, Version]:
        """Of each sheet of a person the newest row."""
        return {v.sheet_no: v for v in self.versions[no]}

    def state(self, no: str, day: int | None = None) -> PersonState:
        last = self.newest(no)
        is_resident = is_open(last.entries, on(self.today if day is None else day))
        return PersonState(no, last.entries, is_resident, last.spell_no, last.history_no, tuple(self.versions[no]), no)

    def residents(self) -> list[str]:
        return [no for no in self.versions if self.state(no).is_open]

    def members(self, household_no: str) -> list[str]:
        return [no for no in self.residents() if self.newest(no).entries.household_no == household_no]

    def situation(self, people: Iterable[str], into: str | None, cancels: RecordedEvent | None) -> Situation:
        """Everyone the filing touches, as queries/situations.py gathers them."""
        known = set(people) | set(cancels.told if cancels else ())
        numbers = {self.newest(no).entries.household_no for no in known if self.state(no).is_open} | ({into} if into else set())
        if cancels:
            numbers |= {number for no in known for number in households_without(self.versions[no], cancels.number)}
        households = {n: Household(n, tuple(self.members(n))) for n in numbers if n and n in self.numbers()}
        everybody = known | {no for household in households.values() for no in household.members}
        persons = {no: self.state(no) for no in everybody}
        return Situation(on(self.today), "012033", "北海道小樽市", persons, households, cancels=cancels, events=self.events if cancels else {})

    def numbers(self) -> set[str]:
        return {f"世帯{n}" for n in range(1, self.households + 1)}

    # Recording --------------------------------------------------------------------------------------------------------------

    def record(self, definition: EventDefinition, filing: Filing, cancels: RecordedEvent | None = None) -> bool:
        """As a filing is registered; False when an error stands in its way. Alerts are answered."""
        situation = self.situation((m.atena_no for m in filing.members if m.atena_no), filing.text("household_no"), cancels)
        if any(problem.blocks for problem in definition.check(situation, filing)):
            return False
        assert filing.effective_on is not None
        self.write(definition, situation, definition.apply(situation, filing), filing.effective_on)
        return True

    def write(self, definition: EventDefinition, situation: Situation, changes: Changes, effective_on: JapaneseDate) -> None:
        self.step += 1
        if changes.founds_household:
            self.households += 1
            changes = changes.in_household(f"世帯{self.households}")
        changes = changes.with_codes(tuple(100_000 + 100 * self.step + at for at in range(changes.new_codes)))
        found = outcomes(situation, changes)
        if changes.annulled:
            self._annul(changes.annulled.event_no, changes.annulled.atena_nos)
        newest = {no: self.newest(no) for no in self.versions}
        told = [self._row(one, effective_on, situation.today, definition.of_event, newest) for one in found]
        self.events[self.step] = RecordedEvent(
            self.step, definition.code, definition.standard_code, effective_on, self.moment(), definition.of_event,
            told=tuple(no for no, one in zip(told, found, strict=True) if one.asserts != {}),
        )  # fmt: skip

    def moment(self, step: int | None = None) -> datetime:
        return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=self.step if step is None else step)

    def _row(self, one: Outcome, effective_on: JapaneseDate, today: date, of_cancel: bool, newest: Mapping[str, Version]) -> str:
        """The next version of somebody, and the same as a fact of the painter's. `newest`: the sheet that was the newest before the event."""
        no = one.atena_no or f"人{len(self.versions) + 1}"
        rows, painter = self.versions.setdefault(no, []), self.painters.setdefault(no, Oracle(names=PAINTED))
        number, key = len(rows) + 1, one.key or key_of(effective_on, today)
        spell = max((v.spell_no for v in rows), default=0) + 1 if one.opened else one.spell_no or newest[no].spell_no
        sheet = one.sheet_no or next((v.sheet_no for v in reversed(rows) if v.spell_no == spell), 0)
        if one.opened or one.renews:
            sheet = max((v.sheet_no for v in rows), default=0) + 1
        rows.append(Version(number, spell, sheet, key, one.anchor or number, self.moment(), one.after, one.asserts, None, self.step, of_cancel))
        said = one.after.__dict__ if one.asserts is None else one.asserts
        values = {name: day_of(said[name]) for name in (*PAINTED, "opened_on", "closed_on") if name in said}
        painter.facts.append(Fact(self.step, number, spell, (key - BASE).days, values, opens=one.opened, mends=one.anchor))
        return no

    def _annul(self, event_no: int, of: frozenset[str] | None) -> None:
        for no, rows in self.versions.items():
            if of is not None and no not in of:
                continue
            for at, version in enumerate(rows):
                if version.event_no == event_no and version.annulled_at is None:
                    rows[at] = replace(version, annulled_at=self.moment())
                    self.painters[no].facts[at].annulled = self.step

    def next_day(self) -> None:
        """The day turns; whose planned day has come leaves, and who remains is told by the job of the day (commands/due_removals.py)."""
        self.today += 1
        due = [no for no in self.versions if self.newest(no).entries.closed_on == on(self.today) and self.newest(no).recorded_at < self.moment(self.step + 1)]
        for number in sorted({self.newest(no).entries.household_no or "" for no in due}):
            leavers = [no for no in due if self.newest(no).entries.household_no == number]
            members = (*leavers, *self.members(number))
            persons = {no: self.state(no) for no in members}
            situation = Situation(on(self.today), "012033", "北海道小樽市", persons, {number: Household(number, members)})
            filing = Filing(HEAD_BY_REMOVAL.code, JapaneseDate.of(on(self.today)), None, {}, tuple(Member(no) for no in leavers))
            changes = HEAD_BY_REMOVAL.apply(situation, filing)
            if outcomes(situation, changes):
                self.write(HEAD_BY_REMOVAL, situation, changes, JapaneseDate.of(on(self.today)))

    # What the painter says --------------------------------------------------------------------------------------------------

    def painted(self, no: str, day: int, *, whole: bool = False, step: int | None = None) -> dict[str, object] | None:
        """What somebody's sheet says on a day (with `whole` by the end of all days), None when they are no resident that day.

        As known at `step`, or now.
        """
        painter = self.painters[no]
        for spell in painter.spells():
            life = painter.life(spell, step)
            if life and life[0] <= day < life[1]:
                line = painter.painted(spell, step)
                assert line is not None
                return {name: line[name][-1 if whole else day][0] for name in PAINTED}
        return None

    def heads(self, day: int) -> dict[str, list[object]]:
        """Of each household the names of those who are 世帯主 on a day, as painted."""
        found: dict[str, list[object]] = {}
        for no in self.painters:
            if said := self.painted(no, day, whole=day == self.today):
                found.setdefault(str(said["household_no"]), []).extend(
                    [said["foreign_name_alphabet"] or said["name_kanji"]] if said["relationship"] == "世帯主" else []
                )
        return found


def snapshot(city: City, people: Iterable[str]) -> Mapping[str, tuple[Sequence[object], str | None, bool]]:
    """What counts of people: every asserted entry, the copy, and whether they are residents."""
    told = {}
    for no in people:
        entries: SheetEntries = city.newest(no).entries
        told[no] = ([getattr(entries, name) for name in ASSERTED], entries.householder_name, city.state(no).is_open)
    return told
