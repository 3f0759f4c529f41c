"""取消し後の記載 — what the sheets say without an event that is cancelled, and what becomes of the households. std 4.6.0.1; design §4; fold.md 7, 10; decision 0013.

Who was removed by it is a resident again, in the household they left (N-4.6.0.1-10); who came by it was never one (取消し（減）).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from daicho.residents.rules.changes import NEW_HOUSEHOLD, Undone
from daicho.residents.rules.destination import order_in_new_household
from daicho.residents.rules.entries import NOTED, SheetEntries
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.fold import Version, fold, is_open, spells_of
from daicho.residents.rules.household_law import HEAD
from daicho.residents.rules.officer_notes import notes_carried
from daicho.residents.rules.situation import PersonState, Situation
from daicho.residents.rules.vocabulary import ENTRY_CANCELLED
from daicho.values.dates import JapaneseDate


def versions_by(person: PersonState, event_no: int) -> list[Version]:
    """What an event said of a person and still counts, oldest first; its rows that only follow are none of it."""
    return [v for v in person.versions if v.event_no == event_no and v.annulled_at is None and v.asserts != {}]


def undone_of(situation: Situation, filing: Filing) -> tuple[Undone, ...]:
    """Of each person filed for, in each spell that the event wrote in."""
    assert situation.cancels is not None and filing.effective_on is not None
    event_no, found = situation.cancels.number, []
    for index, member in enumerate(filing.members):
        person = situation.person(member.atena_no or "")
        for spell_no in sorted({v.spell_no for v in versions_by(person, event_no)}):
            entries = _without(person, spell_no, event_no, filing.effective_on)
            goes_on, drops = _sheets_without(person, spell_no, event_no)
            found.append(Undone(index, person.atena_no, spell_no, entries, sheet_no=goes_on, drops=drops))
    return _housed(situation, found)


def households_without(versions: Collection[Version], event_no: int) -> set[str]:
    """The households to which someone's sheets would lead back without the event."""
    rows = [v for v in versions if v.event_no != event_no]
    touched = {v.spell_no for v in versions if v.event_no == event_no}
    wholes = [fold(of_spell) for spell_no, of_spell in spells_of(rows).items() if spell_no in touched]
    return {whole.household_no for whole in wholes if whole and whole.household_no}


def _without(person: PersonState, spell_no: int, event_no: int, cancelled_on: JapaneseDate) -> SheetEntries:
    """The fold of the spell without the event. A spell that it opened has no life: the sheet keeps its last values, closed on the day it began."""
    others = [v for v in person.versions if v.spell_no == spell_no and v.event_no != event_no]
    undone = [v for v in person.versions if v.spell_no == spell_no and v.event_no == event_no]
    whole = fold(others)
    if whole is None:
        last = person.entries_of(spell_no)
        return last.but(closed_on=last.opened_on, removal_reason_code=ENTRY_CANCELLED, removal_date=cancelled_on)
    now = person.entries if spell_no == person.spell_no else person.entries_of(spell_no)
    said_last = {name for version in undone for name in NOTED if version.asserted().get(name) == getattr(now, name)}
    head_name = max(others, key=lambda v: v.history_no).entries.householder_name  # of a 除票; who lives here gets it anew
    return whole.but(householder_name=head_name, **notes_carried(now, but=said_last))


def _sheets_without(person: PersonState, spell_no: int, event_no: int) -> tuple[int | None, int | None]:
    """The sheet that goes on and the one that is dropped, where the event opened a further one in the spell (帰化, 改製); else neither."""
    of_spell = [v for v in person.versions if v.spell_no == spell_no]
    [first, *_] = [v for v in of_spell if v.event_no == event_no and v.asserts != {}]
    if first.is_opening or first.history_no != min(v.history_no for v in of_spell if v.sheet_no == first.sheet_no):
        return None, None
    before = max((v for v in of_spell if v.sheet_no != first.sheet_no and v.event_no != event_no and v.annulled_at is None), key=lambda v: v.history_no)
    return before.sheet_no, first.sheet_no


def _housed(situation: Situation, found: Sequence[Undone]) -> tuple[Undone, ...]:
    """Those whose household lives elsewhere by now found one of their own at the address they come back to (N-4.6.0.1-11)."""
    by_household: dict[str, list[Undone]] = {}
    for r in found:
        if r.entries.household_no and is_open(r.entries, situation.today):
            by_household.setdefault(r.entries.household_no, []).append(r)
    homeless = [comers for number, of_one in by_household.items() if (comers := _homeless(situation, number, of_one))]
    if len(homeless) != 1:  # of several such households at once the law of households tells (H004)
        return tuple(found)
    settled = _settled(situation, homeless[0])
    return tuple(settled.get(r.atena_no, r) for r in found)


def _homeless(situation: Situation, number: str, of_household: Sequence[Undone]) -> list[Undone]:
    """Those who would come back to a household that lives elsewhere by now (方書 aside); nobody where it lives there, or nobody stays in it."""
    now = {p.atena_no: p.entries for p in situation.members_of(number)}
    comers = [r for r in of_household if r.atena_no not in now or (r.entries.address != now[r.atena_no].address and _was_moved(situation, r))]
    led_back = {r.atena_no: r.entries.address for r in of_household}
    coming = {r.atena_no for r in comers}
    addresses = {led_back.get(no, entries.address) for no, entries in now.items() if no not in coming}
    return comers if addresses and addresses.isdisjoint({r.entries.address for r in comers}) else []


def _was_moved(situation: Situation, r: Undone) -> bool:
    """Whether the event said when they took up an address, be it the day of the one before; a new name of the place (住居表示) says none."""
    assert situation.cancels is not None
    said = versions_by(situation.person(r.atena_no), situation.cancels.number)
    return any("address_changed_date" in v.asserted() for v in said if v.spell_no == r.spell_no)


def _settled(situation: Situation, returning: Sequence[Undone]) -> Mapping[str, Undone]:
    """In a new household; who is alone there is its 世帯主. It stands after all that was said of the household before (decision 0013)."""
    if len(returning) == 1:
        returning = [replace(returning[0], entries=returning[0].entries.but(relationship=HEAD))]
    orders = order_in_new_household([(r.atena_no, r.entries) for r in returning])
    settled = {}
    for r, order in zip(returning, orders, strict=True):
        said: dict[str, object] = {"household_no": NEW_HOUSEHOLD, "order_in_household": order, "relationship": r.entries.relationship}
        settled[r.atena_no] = replace(r, entries=r.entries.but(**said), asserts=said, key=_behind(situation, r, said))
    return settled


def _behind(situation: Situation, r: Undone, said: Mapping[str, object]) -> date:
    """The day of the event that is cancelled, or of the last version that says the same entries."""
    assert situation.cancels is not None
    person, event_no = situation.person(r.atena_no), situation.cancels.number
    own = [v for v in person.versions if v.spell_no == r.spell_no and v.annulled_at is None and not v.is_opening]
    return max(v.key for v in own if v.event_no == event_no or said.keys() & v.asserted().keys())
