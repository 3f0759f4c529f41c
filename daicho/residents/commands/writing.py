"""本登録の書込み — one event becomes versions, current rows, search terms and copies, set-based, in the caller's transaction. design §4."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db.models import Model

from daicho import clock, rows
from daicho.residents.commands.atena import NewNumbers, new_numbers
from daicho.residents.commands.rows import VersionRow, write_rows
from daicho.residents.commands.terms import write_terms
from daicho.residents.models import CivilEvent, Household, Person, Sheet, SheetCurrent, Spell
from daicho.residents.rules.changes import NEW_HOUSEHOLD, Changes, Opening
from daicho.residents.rules.digests import digest_of
from daicho.residents.rules.entries import SheetEntries, to_json
from daicho.residents.rules.fold import key_of
from daicho.residents.rules.household_law import head_of
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.situation import PersonState, Situation
from daicho.values.dates import JapaneseDate


@dataclass
class Written:
    """One version as it was written, with everything the notices and the audit need."""

    person: Person
    sheet_id: int
    entries: SheetEntries
    before: SheetEntries | None
    version: VersionRow
    opened: bool


@dataclass(frozen=True)
class Recording:
    """An event about to be recorded: its row, not written yet, and the moment that all its versions bear."""

    event: CivilEvent
    recorded_at: datetime
    effective_on: JapaneseDate


def moment_after(situation_rows: Sequence[datetime]) -> datetime:
    """One moment per event: from the clock, after the last lock, later than every row touched (fold.md 20)."""
    latest = max(situation_rows, default=None)
    now = clock.now()
    return now if latest is None or now > latest else latest + timedelta(microseconds=1)


@dataclass(frozen=True)
class _Opened:
    """The rows of sheets that an event opens: of newcomers also the person."""

    persons: Sequence[Person] = ()
    spells: Sequence[Spell] = ()
    sheets: Sequence[Sheet] = ()
    written: Sequence[Written] = ()


def write_changes(recording: Recording, situation: Situation, changes: Changes) -> list[Written]:
    """Write the event, its openings, revisions and the copies that follow from them. A fixed number of statements per event.

    Numbers and ids are drawn first, so that no row waits for another's key: the caller lets them go out together.
    """
    newcomers, sheets = sum(o.atena_no is None for o in changes.openings), len(changes.openings)
    numbers = new_numbers(households=int(_founds(changes)), newcomers=newcomers, sheets=sheets)
    ids = rows.draw_ids({CivilEvent: 1, Person: newcomers, Spell: sheets, Sheet: sheets})
    recording.event.pk = next(ids[CivilEvent])
    changes = _in_new_household(changes, numbers.household_nos)
    opened = _open(recording, situation, changes.openings, numbers, ids)
    written = [*opened.written, *_revise(recording, changes)]
    written += _copies(recording, situation, written)
    _fill_copies(situation, written)
    rows.insert([recording.event])
    rows.insert([_household(recording, number) for number in numbers.household_nos])
    rows.insert(opened.persons)
    rows.insert(opened.spells)
    rows.insert(opened.sheets)
    write_rows([(w.version, w.entries) for w in written])
    write_terms([(w.sheet_id, w.person.pk, w.before, w.entries) for w in written])
    return written


def _founds(changes: Changes) -> bool:
    """Whether the event founds a household."""
    return any(o.entries.household_no == NEW_HOUSEHOLD for o in changes.openings) or any(
        r.asserts.get("household_no") == NEW_HOUSEHOLD for r in changes.revisions
    )


def _household(recording: Recording, number: str) -> Household:
    code, at = settings.INSTALLATION.municipality_code, recording.recorded_at
    return Household(municipality_code=code, household_no=number, founded_at=at, touched_at=at)


def _in_new_household(changes: Changes, numbers: Sequence[str]) -> Changes:
    """The number of the household that the event founds, in the place of NEW_HOUSEHOLD."""
    if not numbers:
        return changes
    number = numbers[0]
    return Changes(
        tuple(replace(o, entries=o.entries.but(household_no=number)) if o.entries.household_no == NEW_HOUSEHOLD else o for o in changes.openings),
        tuple(replace(r, asserts={**r.asserts, "household_no": number}) if r.asserts.get("household_no") == NEW_HOUSEHOLD else r for r in changes.revisions),
    )


def _open(recording: Recording, situation: Situation, openings: Sequence[Opening], numbers: NewNumbers, ids: Mapping[type[Model], Iterator[int]]) -> _Opened:
    if not openings:
        return _Opened()
    code = settings.INSTALLATION.municipality_code
    created = [Person(pk=next(ids[Person]), municipality_code=code, atena_no=no, public_id=uuid4()) for no in numbers.atena_nos]
    new, returning = iter(created), _persons([o.atena_no for o in openings if o.atena_no])
    people = [returning[o.atena_no] if o.atena_no else next(new) for o in openings]
    spell_nos = _spell_nos([p.pk for p in returning.values()])
    spells = [Spell(pk=next(ids[Spell]), municipality_code=code, person=p, spell_no=spell_nos.get(p.pk, 0) + 1) for p in people]
    sheets = [
        Sheet(pk=next(ids[Sheet]), municipality_code=code, spell=spell, juminhyo_no=no, kind=opening.entries.resident_kind)
        for spell, no, opening in zip(spells, numbers.juminhyo_nos, openings, strict=True)
    ]
    written = []
    for opening, person, spell, sheet in zip(openings, people, spells, sheets, strict=True):
        last = situation.persons[opening.atena_no].history_no if opening.atena_no else 0
        version = _version(recording, person, spell.pk, sheet.pk, last + 1, 1, None)
        written.append(Written(person, sheet.pk, opening.entries, None, version, opened=True))
    return _Opened(created, spells, sheets, written)


def _revise(recording: Recording, changes: Changes) -> list[Written]:
    if not changes.revisions:
        return []
    newest = _newest_rows([r.atena_no for r in changes.revisions])
    written = []
    for revision in changes.revisions:
        row = newest[revision.atena_no]
        before = row.to_entries()
        after = before.but(**revision.asserts)
        version = _version(recording, row.person, row.spell_id, row.sheet_id, row.history_no + 1, row.sheet_history_no + 1, revision.asserts)
        written.append(Written(row.person, row.sheet_id, after, before, version, opened=False))
    return written


def _copies(recording: Recording, situation: Situation, written: Sequence[Written]) -> list[Written]:
    """Members whose 世帯主氏名 changes through others: an unchanged row that asserts nothing (std 1.2.1-13, 1.2.1-16)."""
    by_person = {w.person.atena_no for w in written}
    stale = [
        p.atena_no
        for household_no, members in _households_after(situation, written).items()
        for p in members
        if isinstance(p, PersonState) and p.atena_no not in by_person and p.entries.householder_name != _head_name(members)
    ]
    if not stale:
        return []
    newest = _newest_rows(stale)
    copies = []
    for atena_no in stale:
        row = newest[atena_no]
        entries = row.to_entries()
        version = _version(recording, row.person, row.spell_id, row.sheet_id, row.history_no + 1, row.sheet_history_no + 1, {})
        copies.append(Written(row.person, row.sheet_id, entries, entries, version, opened=False))
    return copies


def _households_after(situation: Situation, written: Sequence[Written]) -> dict[str, list[PersonState | Written]]:
    """Every household the event touches, with those who live in it afterwards."""
    moved = {w.person.atena_no: w for w in written}
    after: dict[str, list[PersonState | Written]] = {no: [] for no in situation.households}
    for no, household in situation.households.items():
        after[no] = [situation.persons[a] for a in household.members if a not in moved]
    for w in written:
        if w.entries.household_no and w.entries.closed_on is None:
            after.setdefault(w.entries.household_no, []).append(w)
    return after


def _head_name(members: Sequence[PersonState | Written]) -> str | None:
    head = head_of([m.entries for m in members])
    return shown_name(head) if head else None


def _fill_copies(situation: Situation, written: Sequence[Written]) -> None:
    """世帯主氏名 of every row that is written, from the household as it will be."""
    for members in _households_after(situation, written).values():
        name = _head_name(members)
        for w in members:
            if isinstance(w, Written):
                w.entries = w.entries.but(householder_name=name)
    for w in written:
        w.version.digest = digest_of(w.entries)


def _version(
    recording: Recording, person: Person, spell_id: int, sheet_id: int, history_no: int, sheet_history_no: int, asserts: Mapping[str, object] | None
) -> VersionRow:
    key = key_of(recording.effective_on, clock.jst(recording.recorded_at).date())
    said = None if asserts is None else {name: to_json(name, value) for name, value in asserts.items()}
    return VersionRow(person.pk, spell_id, sheet_id, recording.event.pk, history_no, sheet_history_no, key, history_no, recording.recorded_at, said)


def _persons(atena: Sequence[str]) -> dict[str, Person]:
    if not atena:
        return {}
    found = Person.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, atena_no__in=atena)
    return {p.atena_no: p for p in found}


def _spell_nos(person_ids: Sequence[int]) -> dict[int, int]:
    newest: dict[int, int] = {}
    if person_ids:
        for person_id, no in Spell.objects.filter(person_id__in=person_ids).values_list("person_id", "spell_no"):
            newest[person_id] = max(no, newest.get(person_id, 0))
    return newest


def _newest_rows(atena: Sequence[str]) -> dict[str, SheetCurrent]:
    found = SheetCurrent.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, person__atena_no__in=atena, closed_on__isnull=True)
    return {r.person.atena_no: r for r in found.select_related("person")}


def subjects_of(written: Sequence[Written]) -> list[UUID]:
    return [w.person.public_id for w in written]
