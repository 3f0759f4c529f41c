"""結果 — every 住民票 that a filing would change, before and after, with the copies that follow: what the examiner compares. design §3; F-1-02.

Pure. commands/writing.py writes the same; tests hold the two together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any  # what an event asserts is of many types

from daicho.residents.rules.changes import Changes
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.household_law import head_of
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.situation import Situation


@dataclass(frozen=True)
class Outcome:
    """One sheet. `opened` = a new sheet (記載), `before` then None or, for someone who returns, what their last 除票 says.

    `member` None = not filed for, changed by what follows (世帯主氏名).
    """

    atena_no: str | None
    public_id: str
    member: int | None
    before: SheetEntries | None
    after: SheetEntries
    opened: bool = False


def outcomes(situation: Situation, filed_for: Sequence[str | None], changes: Changes) -> tuple[Outcome, ...]:
    """All of them: those filed for in their order, then those whose 世帯主氏名 follows. `filed_for`: 宛名番号 of each member."""
    found = [_opened(situation, opening.atena_no, opening.member, opening.entries) for opening in changes.openings]
    found += [_revised(situation, revision.atena_no, filed_for.index(revision.atena_no), revision.asserts) for revision in changes.revisions]
    moved = {one.atena_no for one in found if one.atena_no}
    households = set(situation.households) | {one.after.household_no for one in found if one.after.household_no}
    filled: list[Outcome] = []
    copies: list[Outcome] = []
    for household_no in sorted(households):
        arriving = [one for one in found if one.after.household_no == household_no]
        staying = [person for person in situation.members_of(household_no) if person.atena_no not in moved]
        head = head_of([*(person.entries for person in staying), *(one.after for one in arriving)])
        name = shown_name(head) if head else None
        filled += [replace(one, after=one.after.but(householder_name=name)) for one in arriving]
        copies += [
            Outcome(person.atena_no, person.public_id, None, person.entries, person.entries.but(householder_name=name))
            for person in staying
            if person.entries.householder_name != name
        ]
    return (*sorted(filled, key=lambda one: one.member or 0), *copies)


def _opened(situation: Situation, atena_no: str | None, member: int, entries: SheetEntries) -> Outcome:
    known = situation.person(atena_no) if atena_no else None
    return Outcome(atena_no, known.public_id if known else "", member, known.entries if known else None, entries, opened=True)


def _revised(situation: Situation, atena_no: str, member: int, asserts: Mapping[str, Any]) -> Outcome:
    person = situation.person(atena_no)
    return Outcome(atena_no, person.public_id, member, person.entries, person.entries.but(**asserts))
