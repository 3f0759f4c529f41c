"""記録する側 — the product's register in memory over decades: check, apply and outcomes of its rules, rows kept without a database. See test_law.py.

Nothing of the law is known here. What is gathered for a filing is what queries/situations.py gathers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from daicho.residents.rules.definitions import EventDefinition, FieldKind
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.events.head_by_removal import HEAD_BY_REMOVAL
from daicho.residents.rules.filing import Filing, Member
from daicho.residents.rules.fold import Version, as_of, is_open, key_of
from daicho.residents.rules.number_writing import doubts
from daicho.residents.rules.outcome import Outcome, outcomes
from daicho.residents.rules.reading import read_field
from daicho.residents.rules.situation import Candidate, Household, PersonState, RecordedEvent, Situation
from daicho.residents.rules.undoing import households_without
from daicho.values.dates import JapaneseDate

OUR_CITY = ("012033", "北海道小樽市")


@dataclass(frozen=True)
class Answer:
    """What the register did with a filing: the codes of the errors that stood in its way, or whom it wrote on."""

    refused: tuple[str, ...] = ()
    alerts: tuple[str, ...] = ()
    event_no: int = 0
    written: tuple[Outcome, ...] = ()
    newcomers: tuple[str, ...] = ()
    situation: Situation | None = None


@dataclass
class Register:
    """Rows by 宛名番号, events by number. `today` is the day of processing."""

    today: date
    versions: dict[str, list[Version]] = field(default_factory=dict)
    events: dict[int, RecordedEvent] = field(default_factory=dict)
    households: int = 0

    def newest(self, no: str) -> Version:
        return self.versions[no][-1]

    def state(self, no: str) -> PersonState:
        last = self.newest(no)
        return PersonState(no, last.entries, is_open(last.entries, self.today), last.spell_no, last.history_no, tuple(self.versions[no]), no)

    def members(self, household_no: str) -> tuple[str, ...]:
        return tuple(no for no in self.versions if self.newest(no).entries.household_no == household_no and self.state(no).is_open)

    def moment(self, event_no: int) -> datetime:
        return datetime(1990, 1, 1, tzinfo=UTC) + timedelta(minutes=event_no)

    def as_of(self, no: str, day: date, event_no: int | None = None) -> SheetEntries | None:
        """What the sheet of a person said on a day, as known when an event had been recorded."""
        return as_of(self.versions[no], day, known_at=None if event_no is None else self.moment(event_no))

    def record(self, definition: EventDefinition, filing: Filing, about: int | None = None) -> Answer:
        """As a filing is registered, alerts answered. `about`: the event that a 取消し is about."""
        if unread := self._unread(definition, filing):
            return Answer(unread)
        situation = self._situation(definition, filing, self.events[about] if about else None)
        problems = definition.check(situation, filing)
        if not any(p.blocks for p in problems) and (doubts := self._doubts(definition, situation, filing)):
            return Answer(doubts)
        errors, alerts = (tuple(sorted({p.code for p in problems if p.blocks is blocks})) for blocks in (True, False))
        if errors:
            return Answer(errors, alerts)
        return replace(self._write(definition, situation, filing), alerts=alerts)

    def _doubts(self, definition: EventDefinition, situation: Situation, filing: Filing) -> tuple[str, ...]:
        """Why a number that 機構 gave is not written when it comes (commands/number_answers.py): asked of who has none, or in the place of the present one."""
        if not definition.writes_number or "effective_on" in definition.all_fields():
            return ()
        asked = ((m, self.newest(str(m.atena_no)).entries.individual_number if definition.awaits_number else None) for m in filing.members)
        return tuple(doubt for member, before in asked for doubt in doubts(situation, member, before))

    def _unread(self, definition: EventDefinition, filing: Filing) -> tuple[str, ...]:
        """What the form itself does not let through (rules/reading.py): fields that must be filled in, words that are no 続柄."""
        filled = filing.values | {"effective_on": filing.effective_on, "filed_on": filing.filed_on}
        missing = [f.name for f in definition.fields if f.required and filled.get(f.name) is None]
        found = [f"F001 {name}" for name in missing]
        for member in filing.members:
            found += [f"F001 {f.name}" for f in definition.member_fields if f.required and member.values.get(f.name) is None]
            for declared in definition.member_fields:
                if declared.kind is FieldKind.RELATIONSHIP and (text := member.text(declared.name)) is not None:
                    try:
                        read_field(declared, text)
                    except ValueError:
                        found.append("F002 relationship")
        return tuple(found)

    def turn_to(self, day: date) -> Iterator[tuple[date, Answer]]:
        """The days turn. On a planned day of 転出 the job of that day records what becomes of those who stay: each as it is written."""
        planned = sorted({c for no in self.versions if (c := self.newest(no).entries.closed_on) and self.today < c <= day})
        for due in planned:
            self.today = due
            gone = [no for no in self.versions if self.newest(no).entries.closed_on == due]
            for number in sorted({self.newest(no).entries.household_no or "" for no in gone}):
                leavers = tuple(no for no in gone if self.newest(no).entries.household_no == number)
                members = (*leavers, *self.members(number))
                situation = Situation(due, *OUR_CITY, {no: self.state(no) for no in members}, {number: Household(number, members)})
                filing = Filing(HEAD_BY_REMOVAL.code, JapaneseDate.of(due), None, {}, tuple(Member(no) for no in leavers))
                if outcomes(situation, HEAD_BY_REMOVAL.apply(situation, filing)):
                    yield due, self._write(HEAD_BY_REMOVAL, situation, filing)
        self.today = day

    def _situation(self, definition: EventDefinition, filing: Filing, cancels: RecordedEvent | None) -> Situation:
        known = {m.atena_no for m in filing.members if m.atena_no in self.versions} | set(cancels.told if cancels else ())
        numbers = {self.newest(no).entries.household_no for no in known if self.state(no).is_open} | {filing.text("household_no")}
        numbers |= {number for no in known for number in households_without(self.versions[no], cancels.number)} if cancels else set()
        exists = {f"世帯{n}" for n in range(1, self.households + 1)}
        households = {n: Household(n, self.members(n)) for n in numbers if n in exists}
        everybody = known | {no for household in households.values() for no in household.members}
        return Situation(
            self.today, *OUR_CITY, {no: self.state(no) for no in everybody}, households, self._candidates(filing) if definition.newcomers or definition.writes_number else (),
            cancels=cancels, events=self.events if cancels else {},
        )  # fmt: skip

    def _candidates(self, filing: Filing) -> tuple[Candidate, ...]:
        """Who has the number that a newcomer of the filing brings, or that is written for somebody (std 4.1.1.2, 4.3.2, 4.4)."""
        return tuple(
            Candidate(index, no, no, self.state(no).is_open, (name,))
            for index, member in enumerate(filing.members)
            for name in ("juminhyo_code", "individual_number")
            if (number := member.number(name)) is not None
            for no in self.versions
            if no != member.atena_no and getattr(self.newest(no).entries, name) == number
        )

    def _write(self, definition: EventDefinition, situation: Situation, filing: Filing) -> Answer:
        changes, effective_on = definition.apply(situation, filing), filing.effective_on
        assert effective_on is not None
        event_no = len(self.events) + 1
        if changes.founds_household:
            self.households += 1
            changes = changes.in_household(f"世帯{self.households}")
        changes = changes.with_codes(tuple(1_000_000 + 100 * event_no + at for at in range(changes.new_codes)))
        found = outcomes(situation, changes)
        if changes.annulled:
            self._annul(changes.annulled.event_no, changes.annulled.atena_nos, event_no)
        newest, known = {no: rows[-1] for no, rows in self.versions.items()}, set(self.versions)
        told = [self._row(one, effective_on, event_no, definition.of_event, newest) for one in found]
        self.events[event_no] = RecordedEvent(
            event_no, definition.code, definition.standard_code, effective_on, self.moment(event_no), definition.of_event,
            told=tuple(dict.fromkeys(no for no, one in zip(told, found, strict=True) if one.asserts != {})),
        )  # fmt: skip
        return Answer((), (), event_no, found, tuple(no for no in told if no not in known), situation)

    def _row(self, one: Outcome, effective_on: JapaneseDate, event_no: int, of_cancel: bool, newest: Mapping[str, Version]) -> str:
        no = one.atena_no or f"人{len(self.versions) + 1}"
        rows = self.versions.setdefault(no, [])
        spell = max((v.spell_no for v in rows), default=0) + 1 if one.opened else one.spell_no or newest[no].spell_no
        sheet = one.sheet_no or next((v.sheet_no for v in reversed(rows) if v.spell_no == spell), 0)
        sheet = max((v.sheet_no for v in rows), default=0) + 1 if one.opened or one.renews else sheet
        key, number = one.key or key_of(effective_on, self.today), len(rows) + 1
        rows.append(Version(number, spell, sheet, key, one.anchor or number, self.moment(event_no), one.after, one.asserts, None, event_no, of_cancel))
        return no

    def _annul(self, event_no: int, of: frozenset[str] | None, by: int) -> None:
        for no, rows in self.versions.items():
            for at, version in enumerate(rows):
                if version.event_no == event_no and version.annulled_at is None and (of is None or no in of):
                    rows[at] = replace(version, annulled_at=self.moment(by))
