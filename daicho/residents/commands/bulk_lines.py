"""一括登録の行 — people read from a file as the lines that COPY takes, table by table. design §4.

No database is asked here: ids and references come with the portion, so that several processes can make lines at once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any  # values of a row are of many types, each named in _WRITERS
from uuid import UUID, uuid4

from daicho.residents.rules.digests import digest_of
from daicho.residents.rules.entries import ENTRIES, LAYOUT, SheetEntries
from daicho.residents.rules.register_rows import BadRow, Import, Plan, ReadVersion, Refs, read_person
from daicho.residents.rules.terms import sort_kana, terms_of
from daicho.values.dates import JapaneseDate
from daicho.values.search_key import grams

_ENTRIES = ", ".join(ENTRIES)
COLUMNS = {
    "residents_civilevent": "id, municipality_code, code, standard_code, definition, basis, effect, effective_on, filed_on, recorded_at, office_code, terminal, "
    "entered_by, examined_by, source, filing_no, corrects_id, cancels_id, request_key",
    "residents_person": "id, municipality_code, atena_no, public_id",
    "residents_spell": "id, municipality_code, person_id, spell_no",
    "residents_sheet": "id, municipality_code, spell_id, juminhyo_no, kind",
    "residents_sheetversion": "id, municipality_code, person_id, spell_id, sheet_id, event_id, history_no, sheet_history_no, key, anchor, recorded_at, "
    f"asserts, sources, remark, layout, digest, {_ENTRIES}",
    "residents_sheetcurrent": f"sheet_id, municipality_code, person_id, spell_id, history_no, sheet_history_no, recorded_at, birth_first, birth_last, {_ENTRIES}",
    "residents_searchterm": "municipality_code, sheet_id, person_id, kind, key, is_past, birth_first, sort_kana, grams",
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
    """The lines of a portion, and what the command has to see to."""

    lines: dict[str, list[str]] = field(default_factory=lambda: {table: [] for table in COLUMNS})
    sheets: list[tuple[int, int, int | None, str]] = field(default_factory=list)  # without 住民票番号 yet, where the file gives none
    bad: list[BadRow] = field(default_factory=list)
    household_nos: set[str] = field(default_factory=set)
    annulled: list[tuple[int, int, datetime]] = field(default_factory=list)  # row number, version, moment
    persons: int = 0
    versions: int = 0
    highest_filing_no: int = 0


@dataclass(frozen=True)
class Maker:
    """Makes the lines of one file's portions. Safe to use in another process."""

    heading: tuple[str, ...]
    whole: Import
    municipality_code: str
    source: str

    def make(self, portion: Portion) -> Made:
        plan, made = Plan.of(self.heading), Made()
        spells, sheets, rows = iter(portion.spell_ids), iter(portion.sheet_ids), iter(portion.row_ids)
        at = list(self.heading).index("atena_no")
        for person_id, person in zip(portion.person_ids, portion.people, strict=True):
            versions, bad = read_person(plan, person, portion.refs, self.whole)
            if bad:
                made.bad += bad
                continue
            made.persons += 1
            made.versions += len(versions)
            made.lines["residents_person"].append(line(person_id, self.municipality_code, person[0][1][at], uuid4()))
            spell_no, juminhyo_no, spell_id, sheet_id, of_sheet, written = 0, None, 0, 0, list[ReadVersion](), ""
            for version in versions:
                if version.spell_no != spell_no or version.juminhyo_no != juminhyo_no:
                    self._finish_sheet(made, sheet_id, person_id, spell_id, of_sheet, written)
                    of_sheet = []
                    if version.spell_no != spell_no:
                        spell_id = next(spells)
                        made.lines["residents_spell"].append(line(spell_id, self.municipality_code, person_id, version.spell_no))
                    sheet_id, spell_no, juminhyo_no = next(sheets), version.spell_no, version.juminhyo_no
                    made.sheets.append((sheet_id, spell_id, juminhyo_no, version.entries.resident_kind or ""))
                of_sheet.append(version)
                written = entries_line(version.entries)
                self._version(made, version, written, (next(rows), person_id, spell_id, sheet_id), portion.places[version.row_no])
            self._finish_sheet(made, sheet_id, person_id, spell_id, of_sheet, written)
            newest = versions[-1]
            if newest.entries.juminhyo_code is not None:
                made.lines["residents_toldidentity"].append(line(self.municipality_code, person_id, 1, newest.history_no))
        return made

    def _version(self, made: Made, v: ReadVersion, written: str, ids: tuple[int, int, int, int], place: EventPlace) -> None:
        """One version, and its event when it is the first row of it. `ids`: of the version, person, spell and sheet."""
        version_id, person_id, spell_id, sheet_id = ids
        if place.is_first:
            e = v.event
            made.highest_filing_no = max(made.highest_filing_no, e.filing_no or 0)
            made.lines["residents_civilevent"].append(
                line(
                    place.event_id,
                    self.municipality_code,
                    e.code,
                    e.standard_code,
                    e.definition,
                    e.basis,
                    e.effect,
                    e.effective_on,
                    e.filed_on,
                    v.recorded_at,
                    e.office_code,
                    e.terminal,
                    e.entered_by,
                    e.examined_by,
                    self.source,
                    e.filing_no,
                    place.corrects_id,
                    place.cancels_id,
                    place.request_key,
                )
            )
        if v.entries.household_no:
            made.household_nos.add(v.entries.household_no)
        if v.annulled_at is not None:
            made.annulled.append((v.row_no, version_id, v.annulled_at))
        head = line(
            version_id, self.municipality_code, person_id, spell_id, sheet_id, place.event_id, v.history_no, v.sheet_history_no, v.key, v.anchor, v.recorded_at,
            dict(v.asserts) if v.asserts is not None else None, v.sources, v.remark, LAYOUT, digest_of(v.entries),
        )  # fmt: skip
        made.lines["residents_sheetversion"].append(f"{head}\t{written}")

    def _finish_sheet(self, made: Made, sheet_id: int, person_id: int, spell_id: int, of_sheet: Sequence[ReadVersion], written: str) -> None:
        """Current row and search terms of a sheet, from its rows."""
        if not of_sheet:
            return
        v = of_sheet[-1]
        newest, birth, code = v.entries, v.entries.birth_date, self.municipality_code
        first, last = (birth.first, birth.last) if birth else (None, None)
        head = line(sheet_id, code, person_id, spell_id, v.history_no, v.sheet_history_no, v.recorded_at, first, last)
        made.lines["residents_sheetcurrent"].append(f"{head}\t{written}")
        present = terms_of(newest)
        past = set().union(*(terms_of(older.entries) for older in of_sheet[:-1])) - present if len(of_sheet) > 1 else set()
        tail = f"{line(first)}\t{_text(sort_kana(newest))}"
        made.lines["residents_searchterm"] += [
            f"{code}\t{sheet_id}\t{person_id}\t{kind.value}\t{_text(key)}\t{is_past}\t{tail}\t{_array(kind.value, key)}"
            for terms, is_past in ((present, "f"), (past, "t"))
            for kind, key in sorted(terms)
        ]


_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _text(value: str) -> str:
    return value.translate(_ESCAPES) if "\\" in value or "\t" in value or "\n" in value or "\r" in value else value


def _json(value: dict[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


_WRITERS: dict[type, Callable[[Any], str]] = {
    str: _text, int: str, bool: lambda value: "t" if value else "f", date: date.isoformat, datetime: datetime.isoformat, JapaneseDate: JapaneseDate.encode,
    type(None): lambda value: "\\N", bytes: lambda value: f"\\\\x{value.hex()}", dict: _json, UUID: str,
}  # fmt: skip
"""How a value of each type stands in COPY's text format."""


def line(*values: object) -> str:
    """One line of COPY's text format."""
    return "\t".join([_WRITERS[type(value)](value) for value in values])


def entries_line(entries: SheetEntries) -> str:
    """The entries of a row, in the order of their columns, which is that of the fields."""
    return "\t".join(["\\N" if value is None else _WRITERS[type(value)](value) for value in entries.__dict__.values()])


def _array(kind: str, key: str) -> str:
    """The grams of a key as a text[] literal (commands.terms.term_grams). A key may hold anything."""
    if '"' in key or "\\" in key or not key.isprintable():
        quoted = [f"{kind}{gram}".replace("\\", "\\\\").replace('"', '\\"') for gram in grams(key)]
        return ("{" + ",".join(f'"{gram}"' for gram in quoted) + "}").translate(_ESCAPES)
    return f'{{"{kind}' + f'","{kind}'.join(grams(key)) + '"}'
