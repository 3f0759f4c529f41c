"""本登録の書込み — one event becomes versions, current rows, search terms and copies, set-based, in the caller's transaction. design §4."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection
from django.db.models import Max, Model

from daicho import clock, rows
from daicho.outbox.epochs import restores_since
from daicho.residents.commands.archiving import bring_back
from daicho.residents.commands.atena import NewNumbers, new_numbers
from daicho.residents.commands.code_stock import take_codes
from daicho.residents.commands.terms import write_terms
from daicho.residents.models import CivilEvent, Household, Person, Sheet, SheetCurrent, SheetVersion, Spell
from daicho.residents.queries.archive import is_archived
from daicho.residents.rules.changes import Annulled, Changes
from daicho.residents.rules.department_items import written_by_others
from daicho.residents.rules.digests import digest_of
from daicho.residents.rules.entries import LAYOUT, SheetEntries, to_json
from daicho.residents.rules.events import event_recorded_as
from daicho.residents.rules.fold import key_of
from daicho.residents.rules.history_numbers import next_history_no
from daicho.residents.rules.outcome import Outcome, outcomes
from daicho.residents.rules.situation import Situation
from daicho.values.dates import JapaneseDate


@dataclass(frozen=True)
class VersionRow:
    """A version about to be written: whose it is, where it stands, what its event said."""

    person_id: int
    spell_id: int
    sheet_id: int
    event_id: int
    history_no: int
    sheet_history_no: int
    key: date
    anchor: int
    recorded_at: datetime
    asserts: Mapping[str, object] | None
    digest: bytes
    remark: str | None = None
    remark_tie: Mapping[str, object] | None = None


@dataclass(frozen=True)
class Written:
    """One version as it was written, with everything the notices and the audit need.

    `before`: what the person's record said; `on_sheet`: what this sheet said, None = a new one. `replaced`: the person goes on on another sheet.
    """

    person: Person
    sheet_id: int
    entries: SheetEntries
    before: SheetEntries | None
    version: VersionRow
    opened: bool
    on_sheet: SheetEntries | None = None
    replaced: bool = False


@dataclass(frozen=True)
class Recording:
    """An event about to be recorded: its row, not written yet, and the moment that all its versions bear."""

    event: CivilEvent
    recorded_at: datetime
    effective_on: JapaneseDate


class ForeignEntriesError(Exception):
    """An event asserts entries of another writer: 個別記載事項 are the departments' alone, and all else is not theirs (F-1-04, D-R6)."""

    def __init__(self, code: str, names: frozenset[str]) -> None:
        super().__init__(f"{code} may not write {', '.join(sorted(names))}")


def moment_after(latest: datetime | None) -> datetime:
    """One moment per event: from the clock, after the last lock, later than the newest row touched (fold.md 20)."""
    now = clock.now()
    return now if latest is None or now > latest else latest + timedelta(microseconds=1)


def newest_recorded(atena_nos: Collection[str]) -> datetime | None:
    """When the newest row of these was recorded: of everyone an event touches, also of those who only stay behind. At most one statement."""
    if not atena_nos:
        return None
    touched = SheetCurrent.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, person__atena_no__in=list(atena_nos))
    newest: datetime | None = touched.aggregate(newest=Max("recorded_at"))["newest"]
    return newest


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
    Raises ForeignEntriesError when the event asserts what is not its to write.
    """
    if foreign := written_by_others(event_recorded_as(recording.event.definition), situation, changes):
        raise ForeignEntriesError(recording.event.code, foreign)
    newcomers, spells = sum(o.atena_no is None for o in changes.openings), len(changes.openings)
    sheets = spells + len(changes.renewals)
    numbers = new_numbers(households=int(changes.founds_household), newcomers=newcomers, sheets=sheets)
    ids = rows.draw_ids({CivilEvent: 1, Person: newcomers, Spell: spells, Sheet: sheets})
    recording.event.pk = next(ids[CivilEvent])
    changes = changes.with_codes(take_codes(changes.new_codes))
    found = outcomes(situation, changes.in_household(numbers.household_nos[0]) if numbers.household_nos else changes)
    standing = _standing([one.atena_no for one in found if one.atena_no])
    bring_back(_archived(standing, found, of_all=changes.annulled is not None))
    history_nos = {no: count(sheets[0].next_history_no) for no, sheets in standing.items()}
    opened = _open(recording, [one for one in found if one.opened], standing, history_nos, numbers, ids)
    went_on = _go_on(recording, [one for one in found if not one.opened and not one.renews], standing, history_nos)
    renewed = _renew(recording, [one for one in found if one.renews], standing, history_nos, numbers.juminhyo_nos[spells:], ids[Sheet])
    written = [*opened.written, *went_on, *renewed.written]  # a sheet that gives way closes before the next one is open
    rows.insert([recording.event])
    rows.insert([_household(recording, number) for number in numbers.household_nos])
    rows.insert(opened.persons)
    rows.insert(opened.spells)
    rows.insert([*opened.sheets, *renewed.sheets])
    text = rows.as_text([_line(w) for w in written])
    rows.insert_text(SheetVersion, text)
    rows.insert_text(SheetCurrent, text, replacing=True)
    if changes.annulled:
        _annul(recording, changes.annulled)
    write_terms([(w.sheet_id, w.person.pk, w.on_sheet, w.entries) for w in written])
    return written


_ANNUL = """
    INSERT INTO residents_annulment (version_id, municipality_code, event_id, recorded_at)
    SELECT v.id, v.municipality_code, %s, %s FROM residents_sheetversion v JOIN residents_person p ON p.id = v.person_id
     WHERE v.event_id = %s AND (%s::text[] IS NULL OR p.atena_no = ANY(%s)) AND NOT EXISTS (SELECT FROM residents_annulment a WHERE a.version_id = v.id)
"""


def _annul(recording: Recording, annulled: Annulled) -> None:
    """取消し: what the event wrote no longer counts, of everybody or of those named; what was annulled before stays as it was. One statement."""
    of = sorted(annulled.atena_nos) if annulled.atena_nos is not None else None
    with connection.cursor() as cursor:
        cursor.execute(_ANNUL, [recording.event.pk, recording.recorded_at, annulled.event_no, of, of])


def _household(recording: Recording, number: str) -> Household:
    code, at = settings.INSTALLATION.municipality_code, recording.recorded_at
    return Household(municipality_code=code, household_no=number, founded_at=at)


def _open(
    recording: Recording, found: Sequence[Outcome], standing: _Sheets, history_nos: _Numbers, numbers: NewNumbers, ids: Mapping[type[Model], Iterator[int]]
) -> _Opened:
    if not found:
        return _Opened()
    code = settings.INSTALLATION.municipality_code
    created = [Person(pk=next(ids[Person]), municipality_code=code, atena_no=no, public_id=uuid4()) for no in numbers.atena_nos]
    new = iter(created)
    people = [standing[one.atena_no][0].person if one.atena_no else next(new) for one in found]
    spell_nos = _spell_nos([standing[one.atena_no][0].person.pk for one in found if one.atena_no])
    spells = [Spell(pk=next(ids[Spell]), municipality_code=code, person=p, spell_no=spell_nos.get(p.pk, 0) + 1) for p in people]
    sheets = [
        Sheet(pk=next(ids[Sheet]), municipality_code=code, spell=spell, juminhyo_no=no, kind=one.after.resident_kind)
        for spell, no, one in zip(spells, numbers.juminhyo_nos, found, strict=False)  # what is left over is for sheets in spells that go on
    ]
    written = []
    for one, person, spell, sheet in zip(found, people, spells, sheets, strict=True):
        version = _version(recording, one, (person.pk, spell.pk, sheet.pk), (next(history_nos[one.atena_no]) if one.atena_no else 1, 1))
        written.append(Written(person, sheet.pk, one.after, None, version, opened=True))
    return _Opened(created, spells, sheets, written)


def _sheet_of(one: Outcome, standing: _Sheets) -> _Standing:
    """The sheet on which this is written."""
    return next(s for s in standing[str(one.atena_no)] if one.spell_no in (None, s.spell_id) and one.sheet_no in (None, s.sheet_id))


def _archived(standing: _Sheets, found: Sequence[Outcome], *, of_all: bool) -> list[int]:
    """Sheets of the store of old 除票 that are written on, or of which something may be annulled: they come back first (decision 0033)."""
    if not any(sheet.is_archived for sheets in standing.values() for sheet in sheets):
        return []
    written = {_sheet_of(one, standing).sheet_id for one in found if not one.opened and not one.renews}
    return [s.sheet_id for sheets in standing.values() for s in sheets if s.is_archived and (of_all or s.sheet_id in written)]


def _go_on(recording: Recording, found: Sequence[Outcome], standing: _Sheets, history_nos: _Numbers) -> list[Written]:
    """A further version on each of these sheets: what the event says, or what follows from it."""
    written = []
    for one in found:
        no = str(one.atena_no)
        sheet = _sheet_of(one, standing)
        version = _version(recording, one, (sheet.person.pk, sheet.spell_id, sheet.sheet_id), (next(history_nos[no]), sheet.sheet_history_no + 1))
        written.append(Written(sheet.person, sheet.sheet_id, one.after, one.before, version, opened=False, on_sheet=one.on_sheet, replaced=one.replaced))
    return written


def _renew(
    recording: Recording, found: Sequence[Outcome], standing: _Sheets, history_nos: _Numbers, juminhyo_nos: Sequence[int], sheet_ids: Iterator[int]
) -> _Opened:
    """A further sheet in the spell of each (帰化, 改製)."""
    sheets, written = [], []
    for one, juminhyo_no in zip(found, juminhyo_nos, strict=True):
        no = str(one.atena_no)
        before = standing[no][0]
        sheet = Sheet(pk=next(sheet_ids), municipality_code=settings.INSTALLATION.municipality_code, spell_id=before.spell_id, juminhyo_no=juminhyo_no,
                      kind=one.after.resident_kind)  # fmt: skip
        version = _version(recording, one, (before.person.pk, before.spell_id, sheet.pk), (next(history_nos[no]), 1))
        sheets.append(sheet)
        written.append(Written(before.person, sheet.pk, one.after, one.before, version, opened=False))
    return _Opened(sheets=sheets, written=written)


def _version(recording: Recording, outcome: Outcome, ids: tuple[int, int, int], history_nos: tuple[int, int]) -> VersionRow:
    """`ids` of the person, spell and sheet; 履歴番号 of the person and of the sheet."""
    key = outcome.key or key_of(recording.effective_on, clock.jst(recording.recorded_at).date())
    said = None if outcome.asserts is None else {name: to_json(name, value) for name, value in outcome.asserts.items()}
    anchor = outcome.anchor or history_nos[0]
    digest = digest_of(outcome.after)
    tie = outcome.tie.to_json() if outcome.tie is not None else None
    return VersionRow(*ids, recording.event.pk, *history_nos, key, anchor, recording.recorded_at, said, digest, outcome.remark or None, tie)


def _line(w: Written) -> dict[str, object]:
    """The filled columns of a version, and the bounds of the birth date, which the current row alone has."""
    line = {name: to_json(name, value) for name, value in w.entries.__dict__.items() if value is not None}
    if w.entries.birth_date is not None:
        line["birth_first"], line["birth_last"] = w.entries.birth_date.first.isoformat(), w.entries.birth_date.last.isoformat()
    v = w.version
    own = {**v.__dict__, "key": v.key.isoformat(), "recorded_at": v.recorded_at.isoformat(), "digest": f"\\x{v.digest.hex()}"}
    return line | own | {"municipality_code": settings.INSTALLATION.municipality_code, "layout": LAYOUT}


def _spell_nos(person_ids: Sequence[int]) -> dict[int, int]:
    newest: dict[int, int] = {}
    if person_ids:
        for person_id, no in Spell.objects.filter(person_id__in=person_ids).values_list("person_id", "spell_no"):
            newest[person_id] = max(no, newest.get(person_id, 0))
    return newest


@dataclass(frozen=True)
class _Standing:
    """A current sheet: whose, the newest 履歴番号 of person and sheet on it, and how often the register was restored since."""

    person: Person
    sheet_id: int
    spell_id: int
    history_no: int
    sheet_history_no: int
    restores: int
    is_archived: bool

    @property
    def next_history_no(self) -> int:
        """Of the newest sheet of a person: the number of the person's next row."""
        return next_history_no(self.history_no, self.restores)


_Sheets = Mapping[str, Sequence[_Standing]]
"""By 宛名番号 the sheets of each, the newest first."""
_Numbers = Mapping[str, Iterator[int]]
"""By 宛名番号 the numbers that the next rows of each get."""

_PERSON = rows.Columns(Person, "p")
_SHEETS = f"""
    SELECT {_PERSON.sql}, c.sheet_id, c.spell_id, c.history_no, c.sheet_history_no, {restores_since("c.recorded_at")},
           {is_archived("c")}
      FROM residents_sheetcurrent c JOIN residents_person p ON p.id = c.person_id
     WHERE c.municipality_code = %s AND p.atena_no = ANY(%s) ORDER BY c.history_no DESC
"""


def _standing(atena_nos: Sequence[str]) -> dict[str, list[_Standing]]:
    """Of each person the sheets, the newest first. One statement, none for nobody."""
    found: dict[str, list[_Standing]] = {}
    if atena_nos:
        with connection.cursor() as cursor:
            code = settings.INSTALLATION.municipality_code
            cursor.execute(_SHEETS, [code, code, list(atena_nos)])
            for row in cursor.fetchall():
                person = _PERSON.instance(row)
                found.setdefault(person.atena_no, []).append(_Standing(person, *row[len(_PERSON.names) :]))
    return found


def subjects_of(written: Sequence[Written]) -> list[UUID]:
    return [w.person.public_id for w in written]
