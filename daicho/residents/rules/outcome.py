"""結果 — every 住民票 that an event changes, before and after, with the copies that follow. design §3; F-1-02; std 1.2.1-13, 1.2.1-16.

Pure. The examiner compares them (commands/examining.py), and what was compared is what is written (commands/writing.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from daicho.residents.rules.changes import Changes, Opening, Renewal, Revision, Tie, Undone
from daicho.residents.rules.definitions import Effect
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.fold import Version, fold, is_open, place_of_mending
from daicho.residents.rules.household_law import Household
from daicho.residents.rules.officer_notes import notes_carried
from daicho.residents.rules.situation import PersonState, Situation
from daicho.residents.rules.vocabulary import ENTRY_CANCELLED


@dataclass(frozen=True)
class Outcome:
    """One sheet. `before`: of a new sheet None or, for someone who returns, what their last 除票 says.

    `asserts`: what the event says of it; None = all (記載 of a new sheet), nothing = it only follows, and `member` is None: 世帯主氏名
    is copied anew, an older 除票 was written on, or the person goes on on another sheet. `undoes`: a 取消し leads back to what it said.
    `spell_no`, `sheet_no`: the sheet it is written on, None = the newest; `key`, `anchor`: its place where that is not the event's own;
    `is_older`: a newer sheet stays the newest record. `renews`: it opens a further sheet in the same spell, `replaced`: its sheet gives way to one.
    `stood`: what the sheet itself said, where a 取消し leads back to one that had given way; `before` is what the person's record said.
    `remark`: the 留意事項 of this version, `tie`: to what it belongs.
    """

    atena_no: str | None
    public_id: str
    member: int | None
    before: SheetEntries | None
    after: SheetEntries
    asserts: Mapping[str, object] | None
    spell_no: int | None = None
    key: date | None = None
    is_older: bool = False
    undoes: bool = False
    sheet_no: int | None = None
    anchor: int | None = None
    renews: bool = False
    replaced: bool = False
    stood: SheetEntries | None = None
    remark: str = ""
    tie: Tie | None = None

    @property
    def on_sheet(self) -> SheetEntries | None:
        """What the sheet itself said before; None of a new one."""
        return None if self.opened or self.renews else self.stood or self.before

    @property
    def opened(self) -> bool:
        return self.asserts is None

    @property
    def closes(self) -> bool:
        """Whether the event says when the sheet is closed (消除), on this day or one to come."""
        return self.asserts is not None and self.asserts.get("closed_on") is not None


def effect_on(before: SheetEntries | None, after: SheetEntries, today: date) -> Effect:
    """What became of a sheet, by whether it was and is a resident's today; 修正 also where it was and stays a 除票."""
    was, is_now = before is not None and is_open(before, today), is_open(after, today)
    return Effect.CORRECTION if was == is_now else Effect.ENTRY if is_now else Effect.REMOVAL


def outcomes(situation: Situation, changes: Changes) -> tuple[Outcome, ...]:
    """All of them: those filed for in their order, then those who stay, when the event says something of them or their 世帯主氏名 follows.

    Whose older 除票 is written on has an unchanged row on the newest sheet after it, which stays the newest record (fold.md 15).
    """
    said = [
        *(_opened(situation, opening) for opening in changes.openings),
        *(_revised(situation, revision) for revision in changes.revisions),
        *(one for renewal in changes.renewals for one in _renewed(situation, renewal)),
        *(one for undone in changes.undone for one in _undone(situation, undone)),
    ]
    heads = {number: household.head_name for number, household in households_after(situation, said).items()}
    homes = [_home(situation, one) for one in said]
    said = [replace(one, after=one.after.but(householder_name=heads[home])) if home else one for one, home in zip(said, homes, strict=True)]
    told = {one.atena_no for one in said if not one.is_older}
    copies = [
        Outcome(person.atena_no, person.public_id, None, person.entries, person.entries.but(householder_name=heads[number]), {})
        for number in sorted(situation.households)
        for person in _living_in(situation, number)
        if person.atena_no not in told and person.entries.householder_name != heads[number]
    ]
    unchanged = [_unchanged(situation.person(one.atena_no)) for one in said if one.atena_no and one.is_older]
    return (*sorted(said, key=lambda one: (one.member is None, one.member or 0)), *copies, *unchanged)


def households_after(situation: Situation, said: Sequence[Outcome]) -> dict[str, Household]:
    """Every household the event touches, with those who live in it on the day of processing, by its number."""
    told = {one.atena_no for one in said if not one.is_older}
    members: dict[str, list[tuple[int | None, SheetEntries]]] = {
        number: [(None, person.entries) for person in _living_in(situation, number) if person.atena_no not in told] for number in situation.households
    }
    for one in said:
        if home := _home(situation, one):
            members.setdefault(home, []).append((one.member, one.after))
    return {number: Household(tuple(of_household)) for number, of_household in members.items()}


def _living_in(situation: Situation, household_no: str) -> tuple[PersonState, ...]:
    """The members who are residents on the day; on the day on which a planned removal comes, those who left are none."""
    return tuple(person for person in situation.members_of(household_no) if is_open(person.entries, situation.today))


def _home(situation: Situation, one: Outcome) -> str | None:
    """The household someone lives in afterwards; None for who is removed by then, and for an older 除票."""
    return one.after.household_no if not one.is_older and is_open(one.after, situation.today) else None


def _opened(situation: Situation, opening: Opening) -> Outcome:
    known = situation.person(opening.atena_no) if opening.atena_no else None
    return Outcome(
        opening.atena_no,
        known.public_id if known else "",
        opening.member,
        known.entries if known else None,
        opening.entries,
        None,
        remark=opening.remark,
        tie=opening.tie,
    )


def _revised(situation: Situation, revision: Revision) -> Outcome:
    person = situation.person(revision.atena_no)
    if revision.mends is not None:
        return _mended(person, revision, revision.mends)
    spell_no = revision.spell_no if revision.spell_no != person.spell_no else None
    before = person.entries if spell_no is None else person.entries_of(spell_no)
    after = before.but(**revision.asserts)
    return Outcome(
        person.atena_no, person.public_id, revision.member, before, after, revision.asserts, spell_no, revision.key, spell_no is not None,
        remark=revision.remark, tie=revision.tie,
    )  # fmt: skip


def _mended(person: PersonState, revision: Revision, history_no: int) -> Outcome:
    """In the place of another version: the sheet says it only where nothing later says otherwise (fold.md 6)."""
    wrong = next(v for v in person.versions if v.history_no == history_no)
    key, anchor = place_of_mending(wrong)
    mending = Version(person.history_no + 1, wrong.spell_no, wrong.sheet_no, key, anchor, wrong.recorded_at, person.entries, revision.asserts)
    whole = fold([*(v for v in person.versions if v.spell_no == wrong.spell_no), mending])
    assert whole is not None, "what is mended counts"
    after = whole.but(householder_name=person.entries.householder_name, **notes_carried(person.entries, but=revision.asserts.keys()))
    return Outcome(
        person.atena_no,
        person.public_id,
        revision.member,
        person.entries,
        after,
        revision.asserts,
        key=key,
        anchor=anchor,
        remark=revision.remark,
        tie=revision.tie,
    )


def _renewed(situation: Situation, renewal: Renewal) -> tuple[Outcome, Outcome]:
    """The sheet that gives way, then the one on which the person goes on."""
    person = situation.person(renewal.atena_no)
    known = (person.atena_no, person.public_id, renewal.member, person.entries)
    return (
        Outcome(*known, person.entries.but(**renewal.closing), {}, replaced=True),
        Outcome(*known, person.entries.but(**renewal.asserts), renewal.asserts, renews=True, remark=renewal.remark, tie=renewal.tie),
    )


def _undone(situation: Situation, r: Undone) -> tuple[Outcome, ...]:
    """Of an older sheet that is open by the 取消し the newer one has no life any more: it is the newest record again."""
    person = situation.person(r.atena_no)
    before = person.entries_of(r.spell_no)
    is_older = r.spell_no != person.spell_no and not is_open(r.entries, situation.today)
    known = (person.atena_no, person.public_id, r.member, before)
    back = Outcome(*known, r.entries, r.asserts, r.spell_no, r.key, is_older, undoes=True, sheet_no=r.sheet_no)
    if r.drops is None:
        return (back,)
    back = replace(back, stood=max((v for v in person.versions if v.sheet_no == r.sheet_no), key=lambda v: v.history_no).entries)
    dropped = before.but(closed_on=before.opened_on, removal_reason_code=ENTRY_CANCELLED, removal_date=None)
    return Outcome(*known, dropped, {}, r.spell_no, r.key, is_older, sheet_no=r.drops, replaced=True), back


def _unchanged(person: PersonState) -> Outcome:
    return Outcome(person.atena_no, person.public_id, None, person.entries, person.entries, {})
