"""結果 — every 住民票 that an event changes, before and after, with the copies that follow. design §3; F-1-02; std 1.2.1-13, 1.2.1-16.

Pure. The examiner compares them (commands/examining.py), and what was compared is what is written (commands/writing.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from daicho.residents.rules.changes import Changes, Opening, Revision
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.household_law import head_of
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.situation import Situation


@dataclass(frozen=True)
class Outcome:
    """One sheet. `before`: of a new sheet None or, for someone who returns, what their last 除票 says.

    `asserts`: what the event says of it; None = all (記載 of a new sheet), nothing = only 世帯主氏名 follows, and `member` is None.
    """

    atena_no: str | None
    public_id: str
    member: int | None
    before: SheetEntries | None
    after: SheetEntries
    asserts: Mapping[str, object] | None

    @property
    def opened(self) -> bool:
        return self.asserts is None


def outcomes(situation: Situation, changes: Changes) -> tuple[Outcome, ...]:
    """All of them: those filed for in their order, then those whose 世帯主氏名 follows."""
    found = [*(_opened(situation, opening) for opening in changes.openings), *(_revised(situation, revision) for revision in changes.revisions)]
    moved = {one.atena_no for one in found if one.atena_no}
    copies: list[Outcome] = []
    for household_no in sorted(set(situation.households) | {one.after.household_no for one in found if one.after.household_no}):
        arriving = [at for at, one in enumerate(found) if one.after.household_no == household_no and one.after.closed_on is None]
        staying = [person for person in situation.members_of(household_no) if person.atena_no not in moved]
        head = head_of([*(person.entries for person in staying), *(found[at].after for at in arriving)])
        name = shown_name(head) if head else None
        for at in arriving:
            found[at] = replace(found[at], after=found[at].after.but(householder_name=name))
        copies += [
            Outcome(person.atena_no, person.public_id, None, person.entries, person.entries.but(householder_name=name), {})
            for person in staying
            if person.entries.householder_name != name
        ]
    return (*sorted(found, key=lambda one: one.member or 0), *copies)


def _opened(situation: Situation, opening: Opening) -> Outcome:
    known = situation.person(opening.atena_no) if opening.atena_no else None
    return Outcome(opening.atena_no, known.public_id if known else "", opening.member, known.entries if known else None, opening.entries, None)


def _revised(situation: Situation, revision: Revision) -> Outcome:
    person = situation.person(revision.atena_no)
    return Outcome(person.atena_no, person.public_id, revision.member, person.entries, person.entries.but(**revision.asserts), revision.asserts)
