"""状況 — everyone a filing touches, at the source and at the destination, as the register knows them at the lock. design §3."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.fold import Version
from daicho.values.dates import JapaneseDate


@dataclass(frozen=True)
class PersonState:
    """One person: the newest sheet's entries, whether it is open, the newest 履歴番号, and (for those filed for) the history."""

    atena_no: str
    entries: SheetEntries
    is_open: bool
    spell_no: int
    history_no: int
    versions: tuple[Version, ...] = ()
    public_id: str = ""

    def place_of_next(self, key: date) -> tuple[date, int, int]:
        """Where a row written now would stand in 効力順: behind every row of its key. Its number is given when it is written."""
        behind = self.history_no + 1
        return key, behind, behind

    def entries_of(self, spell_no: int) -> SheetEntries:
        """What the newest row of an older spell says; of those filed for, whose history is known. ValueError for a spell that is none of theirs."""
        return max((v for v in self.versions if v.spell_no == spell_no), key=lambda v: v.history_no).entries


@dataclass(frozen=True)
class Candidate:
    """Someone in the register whom a newcomer of the filing may be (std 4.1.1.2). `by` names what agrees."""

    member: int
    atena_no: str
    public_id: str
    is_open: bool
    by: tuple[str, ...]

    @property
    def by_number(self) -> bool:
        return any(name != "three_facts" for name in self.by)


@dataclass(frozen=True)
class Household:
    """世帯: its number and its members who are residents now, in order."""

    household_no: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class RecordedEvent:
    """An event of the register, as the history names it. `number` is its id; `told`: of whom it said something (宛名番号)."""

    number: int
    code: str
    standard_code: str
    effective_on: JapaneseDate
    recorded_at: datetime
    is_cancel: bool = False
    sent_move_in_notice: bool = False
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class CodeStock:
    """空き番: how many 住民票コード are left, and how many should be (std 4.3.1)."""

    left: int
    low: int


@dataclass(frozen=True)
class Situation:
    """The state a filing is judged against. `today` is the day of processing (処理日)."""

    today: date
    municipality_code: str
    city_prefix: str  # 北海道小樽市
    persons: Mapping[str, PersonState] = field(default_factory=dict)
    households: Mapping[str, Household] = field(default_factory=dict)
    candidates: tuple[Candidate, ...] = ()
    households_at_address: tuple[str, ...] = ()
    buildings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # address → its 方書 in the dictionary, where the filing says one
    code_stock: CodeStock | None = None  # for events that give a code
    stocked: frozenset[int] = frozenset()  # codes typed that lie in the stock, for events that write one
    awaited: frozenset[str] = frozenset()  # who waits for a 個人番号 of 機構, for events that write one
    cancels: RecordedEvent | None = None
    events: Mapping[int, RecordedEvent] = field(default_factory=dict)
    """Of a 取消し: the event it is about, and by number every event that wrote in the histories of its people."""

    def person(self, atena_no: str) -> PersonState:
        return self.persons[atena_no]

    def members_of(self, household_no: str) -> tuple[PersonState, ...]:
        household = self.households.get(household_no)
        return tuple(self.persons[no] for no in household.members) if household else ()
