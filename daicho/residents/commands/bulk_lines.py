"""一括登録の行 — people read from a file as the lines that COPY takes, table by table. design §4.

No database is asked here: ids and references come with the portion, so that several processes can make lines at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from uuid import uuid4

from daicho.residents.commands.terms import COLUMNS as TERM_COLUMNS
from daicho.residents.rules.entries import ENTRIES, LAYOUT
from daicho.residents.rules.register_row import BadRow, Plan
from daicho.residents.rules.register_rows import Import, ReadEvent, ReadVersion, Refs, read_person
from daicho.residents.rules.terms import TermKind, sort_kana, term_grams, terms_of_history
from daicho.residents.rules.writings import escaped, line

_ENTRIES = ", ".join(ENTRIES)
COLUMNS = {
    "residents_civilevent": "id, municipality_code, code, standard_code, definition, basis, effect, effective_on, filed_on, recorded_at, office_code, terminal, "
    "entered_by, examined_by, source, filing_no, corrects_id, cancels_id, request_key",
    "residents_person": "id, municipality_code, atena_no, public_id",
    "residents_spell": "id, municipality_code, person_id, spell_no",
    "residents_sheet": "id, municipality_code, spell_id, juminhyo_no, kind",
    "residents_sheetversion": "id, municipality_code, person_id, spell_id, sheet_id, event_id, history_no, sheet_history_no, key, anchor, recorded_at, "
    f"asserts, sources, remark, remark_tie, layout, digest, {_ENTRIES}",
    "residents_sheetcurrent": f"sheet_id, municipality_code, person_id, spell_id, history_no, sheet_history_no, recorded_at, birth_first, birth_last, {_ENTRIES}",
    "residents_searchterm": f"municipality_code, {TERM_COLUMNS}",
    "residents_toldidentity": "municipality_code, person_id, update_sequence_no, history_no",
}
"""The tables a file fills, in the order of their references, with the columns of their lines."""


@dataclass(frozen=True)
class EventPlace:
    """The event of one row: its id, whether the row is the first of it, what it corrects or cancels."""

    event_id: int
    is_first: bool
    request_key: str
    corrects_id: int | None
    cancels_id: int | None


@dataclass(frozen=True)
class Portion:
    """Some people of a file, whole, with all that the database had to give for them."""

    people: Sequence[Sequence[tuple[int, Sequence[str]]]]
    refs: Refs
    places: Mapping[int, EventPlace]  # by row number
    person_ids: Sequence[int]
    row_ids: Sequence[int]  # one for each row: ids of its version, and where it opens them, of its spell and sheet
    spell_ids: Sequence[int]
    sheet_ids: Sequence[int]


@dataclass
class Made:
    """The lines of a portion, at last each table's as one block, and what the command has to see to."""

    lines: dict[str, list[str]] = field(default_factory=lambda: {table: [] for table in COLUMNS})
    blocks: dict[str, bytes] = field(default_factory=dict)
    sheets: list[tuple[int, int, int | None, str]] = field(default_factory=list)  # without 住民票番号 yet, where the file gives none
    bad: list[BadRow] = field(default_factory=list)
    household_nos: set[str] = field(default_factory=set)
    annulled: list[tuple[int, int, datetime]] = field(default_factory=list)  # row number, version, moment
    persons: int = 0
    versions: int = 0
    highest_filing_no: int = 0

    def finish(self) -> None:
        """Lines into blocks, which another process hands over far more quickly. With a bad row there are none."""
        self.blocks = {} if self.bad else {table: block(lines) for table, lines in self.lines.items()}
        self.lines.clear()


def block(lines: Sequence[str]) -> bytes:
    """Lines as COPY takes them."""
    return "".join([f"{line}\n" for line in lines]).encode()


@dataclass(frozen=True)
class Maker:
    """Makes the lines of one file's portions. Safe to use in another process."""

    heading: tuple[str, ...]
    whole: Import
    municipality_code: str
    source: str

    @cached_property
    def plan(self) -> Plan:
        """Made once for a file: it remembers what it read. ValueError for a heading that fits no layout."""
        return Plan.of(self.heading)

    def make(self, portion: Portion) -> Made:
        made, code = Made(), self.municipality_code
        spells, sheets, rows = iter(portion.spell_ids), iter(portion.sheet_ids), iter(portion.row_ids)
        at = list(self.heading).index("atena_no")
        for person_id, person in zip(portion.person_ids, portion.people, strict=True):
            versions, bad = read_person(self.plan, person, portion.refs, self.whole)
            if bad:
                made.bad += bad
                continue
            made.persons += 1
            made.versions += len(versions)
            made.lines["residents_person"].append(f"{person_id}\t{code}\t{escaped(person[0][1][at])}\t{uuid4()}")
            spell_no, juminhyo_no, spell_id, sheet_id, of_sheet = 0, None, 0, 0, list[ReadVersion]()
            for version in versions:
                if version.spell_no != spell_no or version.juminhyo_no != juminhyo_no:
                    self._finish_sheet(made, sheet_id, person_id, spell_id, of_sheet)
                    of_sheet = []
                    if version.spell_no != spell_no:
                        spell_id = next(spells)
                        made.lines["residents_spell"].append(f"{spell_id}\t{code}\t{person_id}\t{version.spell_no}")
                    sheet_id, spell_no, juminhyo_no = next(sheets), version.spell_no, version.juminhyo_no
                    made.sheets.append((sheet_id, spell_id, juminhyo_no, version.entries.resident_kind or ""))
                of_sheet.append(version)
                self._version(made, version, (next(rows), person_id, spell_id, sheet_id), portion.places[version.row_no])
            self._finish_sheet(made, sheet_id, person_id, spell_id, of_sheet)
            newest = versions[-1]
            if newest.entries.juminhyo_code is not None:
                made.lines["residents_toldidentity"].append(f"{code}\t{person_id}\t1\t{newest.history_no}")
        made.finish()
        return made

    def _version(self, made: Made, v: ReadVersion, ids: tuple[int, int, int, int], place: EventPlace) -> None:
        """One version, and its event when it is the first row of it. `ids`: of the version, person, spell and sheet."""
        version_id, person_id, spell_id, sheet_id = ids
        recorded_at = v.recorded_at.isoformat()
        if place.is_first:
            made.highest_filing_no = max(made.highest_filing_no, v.event.filing_no or 0)
            made.lines["residents_civilevent"].append(self._event(v.event, recorded_at, place))
        if v.entries.household_no:
            made.household_nos.add(v.entries.household_no)
        if v.annulled_at is not None:
            made.annulled.append((v.row_no, version_id, v.annulled_at))
        head = f"{version_id}\t{self.municipality_code}\t{person_id}\t{spell_id}\t{sheet_id}\t{place.event_id}\t{v.history_no}\t{v.sheet_history_no}"
        rest = f"{v.key.isoformat()}\t{v.anchor}\t{recorded_at}\t{line(v.asserts, v.sources, v.remark, v.remark_tie)}\t{LAYOUT}\t{line(v.digest)}"
        made.lines["residents_sheetversion"].append(f"{head}\t{rest}\t{v.columns}")

    def _event(self, e: ReadEvent, recorded_at: str, place: EventPlace) -> str:
        what = _repeated(e.code, e.standard_code, e.definition, e.basis, e.effect)
        who = _repeated(e.office_code, e.terminal, e.entered_by, e.examined_by, self.source)
        when = f"{e.effective_on.encode()}\t{line(e.filed_on)}\t{recorded_at}"
        return (
            f"{place.event_id}\t{self.municipality_code}\t{what}\t{when}\t{who}\t{line(e.filing_no, place.corrects_id, place.cancels_id)}\t{place.request_key}"
        )

    def _finish_sheet(self, made: Made, sheet_id: int, person_id: int, spell_id: int, of_sheet: Sequence[ReadVersion]) -> None:
        """Current row and search terms of a sheet, from its rows."""
        if not of_sheet:
            return
        v = of_sheet[-1]
        newest, birth, code = v.entries, v.entries.birth_date, self.municipality_code
        first, last = (birth.first, birth.last) if birth else (None, None)
        head = f"{sheet_id}\t{code}\t{person_id}\t{spell_id}\t{v.history_no}\t{v.sheet_history_no}\t{v.recorded_at.isoformat()}"
        made.lines["residents_sheetcurrent"].append(f"{head}\t{line(first, last)}\t{v.columns}")
        whose, tail = f"{code}\t{sheet_id}\t{person_id}", f"{line(first, last)}\t{escaped(sort_kana(newest))}"
        for (kind, key), (is_past, surname_length) in terms_of_history([version.entries for version in of_sheet]).items():
            term, array = _term(kind, key)
            made.lines["residents_searchterm"].append(f"{whose}\t{term}\t{'t' if is_past else 'f'}\t{tail}\t{surname_length}\t{array}")


_repeated = lru_cache(maxsize=4_096)(line)
"""For what many events of a file have in common."""


@lru_cache(maxsize=8_192)
def _term(kind: TermKind, key: str) -> tuple[str, str]:
    """Kind and key of a term, and its grams."""
    return f"{kind}\t{escaped(key)}", escaped(_array(term_grams(kind, key)))


def _array(grams: Sequence[str]) -> str:
    """A text[] literal of them. A gram may hold anything."""
    text = '","'.join(grams)
    if "\\" in text or text.count('"') != 2 * (len(grams) - 1):
        text = '","'.join(gram.replace("\\", "\\\\").replace('"', '\\"') for gram in grams)
    return f'{{"{text}"}}' if grams else "{}"
