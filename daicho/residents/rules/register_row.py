"""様式の一行 — the filled cells of one row of file (1): values and their writings, each at its place, and what is wrong with them. C-07."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import compress

from daicho.residents.rules.birth import BIRTH_DATES, birth_as_kept
from daicho.residents.rules.digests import MEMBER, ORDER
from daicho.residents.rules.entries import ENTRIES, SheetEntries
from daicho.residents.rules.register_cells import BadCell, Reader, readers
from daicho.residents.rules.register_layout import NAME, Item, identifier_of, items
from daicho.residents.rules.writings import BLANK, written
from daicho.values.dates import BadDate, JapaneseDate

PLACE = {name: at for at, name in enumerate(ENTRIES)}
_ALL_BLANK, _NONE = [BLANK] * len(ENTRIES), [""] * len(ENTRIES)


@dataclass(frozen=True)
class BadRow:
    """One fault of a file: the row's number (the heading is row 1), the item, the reason. Never the value, but for a 続柄 its word."""

    row_no: int
    item: str
    reason: str
    relationship: str = ""


@dataclass(frozen=True)
class Plan:
    """The columns of one file, in its order: how each is read and where it goes."""

    columns: tuple[tuple[str, str, int, int, Reader], ...]
    """Of each: name as which it is kept, of an entry how it begins in the digest, its places in a line and in the digest; its reader."""

    @classmethod
    def of(cls, heading: Sequence[str]) -> Plan:
        """ValueError (for the operator) when a heading is unknown, given twice, or 宛名番号 is missing."""
        known = items()
        unknown = [name for name in heading if name not in known]
        if unknown or len(set(heading)) != len(heading) or "atena_no" not in heading:
            raise ValueError(f"the heading does not fit layouts/{NAME}.csv: {unknown or 'a column twice, or no atena_no'}")
        columns = [known[name] for name in heading]
        return cls(tuple((*_whereto(item), read) for item, read in zip(columns, readers(columns), strict=True)))


def _whereto(item: Item) -> tuple[str, str, int, int]:
    return (item.name, MEMBER[item.name], PLACE[item.name], ORDER[item.name]) if item.kind else (item.identifier, "", 0, 0)


@dataclass(slots=True)
class Row:
    """A row as it is read: its entries, as values and in both their writings, and what else it says."""

    row_no: int
    entries: dict[str, object] = field(default_factory=dict)
    columns: list[str] = field(default_factory=_ALL_BLANK.copy)
    members: list[str] = field(default_factory=_NONE.copy)
    other: dict[str, object] = field(default_factory=dict)

    def put(self, name: str, value: str | int | date | JapaneseDate) -> None:
        """An entry that the row itself lacks, or has as digits."""
        self.entries[name], self.columns[PLACE[name]], json_text = written(value)
        self.members[ORDER[name]] = MEMBER[name] + json_text

    def bad(self, identifier: str, reason: str) -> BadRow:
        item = items()[identifier]
        return BadRow(self.row_no, f"{item.no} {item.ja}", reason)


def read_cells(plan: Plan, row_no: int, cells: Sequence[str], bad: list[BadRow]) -> Row:
    row = Row(row_no)
    entries, columns, members, other = row.entries, row.columns, row.members, row.other
    for (name, member, place, order, read), cell in compress(zip(plan.columns, cells, strict=True), cells):  # the filled ones
        try:
            value, column, json_text = read(cell)
        except BadCell as fault:
            item = items()[identifier_of()[name] if member else name]
            bad.append(BadRow(row_no, f"{item.no} {item.ja}", str(fault), cell if name == "relationship" else ""))
            continue
        if member:
            entries[name], columns[place], members[order] = value, column, member + json_text
        else:
            other[name] = value
    return row


def put_births(row: Row, bad: list[BadRow]) -> None:
    """Birth dates in the calendar of 住民種別: a file's YYYYMMDD says none (N-1.1.8-32)."""
    for name in BIRTH_DATES:
        value = row.entries.get(name)
        if isinstance(value, JapaneseDate):
            try:
                kept = birth_as_kept(value, str(row.entries["resident_kind"]))
            except BadDate:
                bad.append(row.bad(identifier_of()[name], "日本人の生年月日が元号で書かれていません。元号の符号（S60-03-09など）で記入してください。"))
                continue
            if kept is not value:
                row.put(name, kept)


def in_calendar_of_birth(name: str, value: object, entries: SheetEntries) -> object:
    """A birth date that the event said, as the row itself has it: the fold compares them."""
    return birth_as_kept(value, entries.resident_kind) if name in BIRTH_DATES and isinstance(value, JapaneseDate) else value
