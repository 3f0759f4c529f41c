"""世帯主のいない世帯 — since which event a household is without a 世帯主, and to whom of those who stayed the city writes. std 4.0.5 (N-4.0.5-05), 5.2."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from daicho.residents.rules.changes import Changes
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.events.head_ex_officio import HEAD_EX_OFFICIO
from daicho.residents.rules.fold import Version
from daicho.residents.rules.household_law import HEAD
from daicho.residents.rules.order_on_paper import order_on_paper
from daicho.residents.rules.situation import PersonState, Situation


@dataclass(frozen=True)
class LastWithHead:
    """The sheet of someone who stayed, as it was before the 世帯主 was gone, and the event by which 世帯主氏名 went."""

    entries: SheetEntries
    gone_by: int


def last_with_head(person: PersonState) -> LastWithHead | None:
    """Of one who lived in the household while it had a 世帯主; None of one who came later. `person.versions` is the history."""
    after: Version | None = None
    for version in sorted((v for v in person.versions if v.annulled_at is None), key=lambda v: v.history_no, reverse=True):
        said = version.entries
        if version.spell_no != person.spell_no or said.household_no != person.entries.household_no:
            return None
        if said.householder_name is not None:
            return LastWithHead(said, (after or version).event_no)
        after = version
    return None


def gone_by(members: Sequence[PersonState]) -> int:
    """The event that left them without a 世帯主; where there never was one, that of the first row which the household has."""
    events = [last.gone_by for person in members if (last := last_with_head(person))]
    here = [v for p in members for v in p.versions if v.spell_no == p.spell_no and v.entries.household_no == p.entries.household_no]
    return max(events) if events else min(here, key=lambda v: v.recorded_at).event_no


def in_former_order(members: Sequence[PersonState]) -> tuple[PersonState, ...]:
    """As their sheets stood in the order of std 5.2 before the 世帯主 was gone; who came later behind them. The first is written to."""
    former = [(person, last_with_head(person)) for person in members]
    stayed = [(person, last.entries) for person, last in former if last]
    came = [(person, person.entries) for person, last in former if not last]
    return tuple(group[at][0] for group in (stayed, came) for at in order_on_paper([(p.atena_no, entries) for p, entries in group]))


@dataclass(frozen=True)
class Appointed:
    """A household in which an event made somebody 世帯主 ex officio, and who is told (世帯主変更通知書)."""

    household_no: str
    addressee: str  # 宛名番号


def appointed(code: str, situation: Situation, changes: Changes) -> tuple[Appointed, ...]:
    """Of an event: who was left alone (N-4.0.4-01), and the household for which an officer decided (N-4.0.5-02). Empty for what people filed."""
    if code == HEAD_EX_OFFICIO.code:
        people = [situation.person(revision.atena_no) for revision in changes.revisions]
        return (Appointed(people[0].entries.household_no or "", in_former_order(people)[0].atena_no),)
    alone = [situation.person(r.atena_no) for r in changes.revisions if r.member is None and r.asserts.get("relationship") == HEAD]
    return tuple(Appointed(person.entries.household_no or "", person.atena_no) for person in alone)
