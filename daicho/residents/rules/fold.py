"""履歴の畳込み — what a person's record says as of a day, as known at a moment. design §4; std 1.2.1.

Two orders: 記載順 is the 履歴番号; 効力順 is (key, anchor, 履歴番号), with the opening of a spell under everything. The fold
lays what each live version asserted on top of the one before. Nothing here asks a clock or a database.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from daicho.residents.rules.changes import Tie
from daicho.residents.rules.entries import COPIES, SheetEntries
from daicho.values.dates import JapaneseDate


@dataclass(frozen=True)
class Version:
    """One row of the history. `asserts` None = the opening of a spell, which asserts all of `entries`; `of_cancel`: a 取消し wrote it."""

    history_no: int
    spell_no: int
    sheet_no: int
    key: date
    anchor: int
    recorded_at: datetime
    entries: SheetEntries
    asserts: Mapping[str, object] | None
    annulled_at: datetime | None = None
    event_no: int = 0
    of_cancel: bool = False
    remark: str = ""
    tie: Tie | None = None  # 留意事項 and to what it belongs (rules/cautions.py); the fold does not look at them

    @property
    def is_opening(self) -> bool:
        return self.asserts is None

    @property
    def place(self) -> tuple[bool, date, int, int]:
        """Its place in 効力順. The opening lies under everything (fold.md 4)."""
        return (not self.is_opening, self.key, self.anchor, self.history_no)

    def asserted(self) -> Mapping[str, object]:
        """What the event said, also where equal to the row before."""
        if self.asserts is None:
            said = self.entries.__dict__.copy()  # and the copies out again: the fold spends its time here
            for name in COPIES:
                del said[name]
            return said
        return self.asserts

    def live_at(self, known_at: datetime | None) -> bool:
        """Recorded by `known_at` and not annulled by then (None = now)."""
        if known_at is None:
            return self.annulled_at is None
        return self.recorded_at <= known_at and (self.annulled_at is None or self.annulled_at > known_at)


def key_of(effective_on: JapaneseDate, recorded_on: date) -> date:
    """The stored key: the last day it can have been, never after the day of recording (fold.md 1, 13)."""
    return min(effective_on.last, recorded_on)


def place_of_mending(wrong: Version) -> tuple[date, int]:
    """Key and anchor of what stands in the place of another version. Upon an opening it lies under everything else, as that does (fold.md 4, 6)."""
    return date.min if wrong.is_opening else wrong.key, wrong.anchor


def live(versions: Iterable[Version], known_at: datetime | None = None) -> list[Version]:
    """The live versions in 効力順."""
    return sorted((v for v in versions if v.live_at(known_at)), key=lambda v: v.place)


def fold(versions: Iterable[Version], *, known_at: datetime | None = None, until: date | None = None) -> SheetEntries | None:
    """One spell's versions laid on one another up to the day `until` (None = all). None when the spell has no live opening."""
    rows = live(versions, known_at)
    if not rows or not rows[0].is_opening:
        return None
    values: dict[str, object] = {}
    for version in rows:
        if until is None or version.is_opening or version.key <= until:
            values.update(version.asserted())
    return SheetEntries.of(values)


def is_open(whole: SheetEntries, day: date) -> bool:
    """現存: half open, so that the day of removal is already closed (fold.md 2)."""
    return whole.opened_on is not None and whole.opened_on <= day and (whole.closed_on is None or day < whole.closed_on)


def spells_of(versions: Iterable[Version]) -> dict[int, list[Version]]:
    """The versions of a person by spell."""
    spells: dict[int, list[Version]] = {}
    for version in versions:
        spells.setdefault(version.spell_no, []).append(version)
    return spells


def lives(versions: Iterable[Version]) -> list[SheetEntries]:
    """Each spell of a person that counts, as a whole. A spell whose opening was annulled (取消し（減）) is none."""
    return [whole for rows in spells_of(versions).values() if (whole := fold(rows))]


def as_of(versions: Iterable[Version], day: date, *, known_at: datetime | None = None) -> SheetEntries | None:
    """What the register said of a person on `day`, as known at `known_at`; None when they were no resident that day."""
    for rows in spells_of(versions).values():
        whole = fold(rows, known_at=known_at)
        if whole is not None and is_open(whole, day):
            return fold(rows, known_at=known_at, until=day)
    return None


def overtaken_by(versions: Iterable[Version], spell_no: int, place: tuple[date, int, int], names: Iterable[str]) -> list[tuple[Version, list[str]]]:
    """Live versions of the spell that stand later in 効力順 and assert one of `names`: they would hide the new event.

    `place` is (key, anchor, history_no) of the event to be written.
    """
    wanted = set(names)
    found = []
    for version in live(v for v in versions if v.spell_no == spell_no):
        if version.is_opening or version.place <= (True, *place):
            continue
        hidden = wanted.intersection(version.asserted())
        if hidden:
            found.append((version, sorted(hidden)))
    return found


def spells_overlap(wholes: Sequence[SheetEntries]) -> bool:
    """True when the spells of one person overlap, or one ends before it begins: judged after every write (fold.md 22)."""
    spans = sorted((w.opened_on, w.closed_on or date.max) for w in wholes if w.opened_on is not None)
    if any(closed < opened for opened, closed in spans):
        return True
    return any(later[0] < earlier[1] for earlier, later in itertools.pairwise(spans))
