"""住民基本台帳ファイルの様式 — the columns of file (1) as it is imported and exported: 132 items and what we hold beyond. C-06, C-07.

`layouts/resident_register.csv` is read by our code and by anybody who makes or takes such a file. A column's heading is its
identifier. `x…` numbers are entries beyond the 132, and what the history of another installation needs to stay whole.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from daicho.residents.rules.entries import ENTRIES, Kind

NAME = "resident_register"
IMPORTED = "import:"
"""With it begins the `source` of an event that came by such a file."""
_FILE = Path(__file__).resolve().parents[3] / "layouts" / f"{NAME}.csv"

ENTRY, EVENT, SYSTEM, HOUSEHOLD, DERIVED = "entry", "event", "system", "household", "derived"

_TYPES = {
    Kind.TEXT: {"string", "text"}, Kind.KANA: {"kana"}, Kind.CODE: {"code"}, Kind.DIGITS: {"digits"}, Kind.DATE: {"date"},
    Kind.UNCERTAIN_DATE: {"uncertain_date"}, Kind.FLAG: {"flag"}, Kind.INT: {"int"}, Kind.NUMBER: {"digits", "string"}, Kind.GROUP: {"group"},
}  # fmt: skip


@dataclass(frozen=True)
class Item:
    """One column. `lives_in` says where its value is kept, `name` as what: for an entry, the field of SheetEntries."""

    no: str
    ja: str
    identifier: str
    type: str
    max_length: int | None
    lives_in: str
    name: str
    writer: str

    @property
    def is_computed(self) -> bool:
        """年齢, 世帯員 and 履歴情報 come out as of the day asked (C-05); what a file says of them is not taken in."""
        return self.lives_in in (HOUSEHOLD, DERIVED)

    @property
    def kind(self) -> Kind | None:
        """How an entry is stored; None for what is no entry."""
        return ENTRIES[self.name].kind if self.lives_in == ENTRY else None


@cache
def items() -> Mapping[str, Item]:
    """Every column by its identifier, in the order of the list. ValueError when layout and entries do not fit each other."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = [_item(row) for row in csv.DictReader(file)]
    found = {item.identifier: item for item in rows}
    entries = {item.name for item in rows if item.lives_in == ENTRY}
    ill_typed = [i.identifier for i in rows if (kind := i.kind) is not None and i.type not in _TYPES[kind]]
    if len(found) != len(rows) or entries != set(ENTRIES) or ill_typed:
        raise ValueError(f"layouts/{NAME}.csv does not fit the entries: {sorted(entries ^ set(ENTRIES))} {ill_typed}")
    return found


def _item(row: Mapping[str, str]) -> Item:
    longest = int(row["max_length"]) if row["max_length"] else None
    return Item(row["no"], row["item_ja"], row["identifier"], row["type"], longest, row["lives_in"], row["name"], row["writer"])


@cache
def identifier_of() -> Mapping[str, str]:
    """The identifier of each entry's column."""
    return {item.name: item.identifier for item in items().values() if item.lives_in == ENTRY}


@cache
def number_columns() -> Mapping[str, str]:
    """Identifier → entry, of the columns whose digits go into the vault. The entry's name is also the kind of number."""
    return {item.identifier: item.name for item in items().values() if item.kind is Kind.NUMBER}
