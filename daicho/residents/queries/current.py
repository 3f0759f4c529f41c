"""現在の行 — current sheets with their persons, by statements whose text never changes. design §4.

Every screen reads some of them. Through the ORM the 120 columns of a row are named, compiled, bound and set anew each time (4 ms
a statement, 0.15 ms a row); here the text is made once and a row becomes its entries at once (20 µs).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any  # SQL parameters are of many types
from uuid import UUID

from django.conf import settings
from django.db import connection

from daicho.residents.queries.archive import is_archived
from daicho.residents.rules.entries import ENTRIES, Kind, SheetEntries
from daicho.values.dates import JapaneseDate

_HEAD = 8
_DATES = tuple(at for at, entry in enumerate(ENTRIES.values()) if entry.kind is Kind.UNCERTAIN_DATE)
_ROWS = f"""
    SELECT c.person_id, p.public_id, p.atena_no, c.sheet_id, c.spell_id, s.juminhyo_no, c.history_no, {is_archived("c")},
           {", ".join(f"c.{name}" for name in ENTRIES)}
      FROM residents_sheetcurrent c JOIN residents_person p ON p.id = c.person_id JOIN residents_sheet s ON s.id = c.sheet_id
     WHERE c.municipality_code = %s AND c.person_id <> ALL(%s) AND """

BY_PERSON = _ROWS + "p.public_id = ANY(%s) ORDER BY c.person_id, c.history_no DESC"
BY_PERSON_ID = _ROWS + "c.person_id = ANY(%s) ORDER BY c.person_id, c.history_no DESC"
BY_ATENA_NO = _ROWS + "p.municipality_code = c.municipality_code AND p.atena_no = ANY(%s) ORDER BY c.person_id, c.history_no DESC"
BY_HOUSEHOLD = _ROWS + "c.household_no = ANY(%s) ORDER BY c.order_in_household, c.person_id"
BY_ADDRESS = _ROWS + "c.address = ANY(%s) ORDER BY c.household_no, c.order_in_household, c.person_id"
BY_BEGINNING = _ROWS + "c.address ^@ ANY(%s) ORDER BY c.household_no, c.order_in_household, c.person_id"
BY_DOMICILE_BEGINNING = _ROWS + "c.registered_domicile ^@ ANY(%s) ORDER BY c.household_no, c.order_in_household, c.person_id"
"""Each takes one list. Of a person the newest sheet comes first; a household's come in its order, closed ones too."""


@dataclass(frozen=True, slots=True)
class CurrentRow:
    """One current sheet and whose it is."""

    person_id: int
    public_id: UUID
    atena_no: str
    sheet_id: int
    spell_id: int
    juminhyo_no: int
    history_no: int
    is_archived: bool  # it lies in the store of old 除票 (std 9.3)
    entries: SheetEntries


def current_rows(statement: str, *wanted: Sequence[Any], hidden: Sequence[int] = ()) -> list[CurrentRow]:
    """The rows that one of the statements above finds for these, but those of whom the reader may not know. One statement, none when nothing is wanted."""
    if not any(wanted):
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement, [settings.INSTALLATION.municipality_code, list(hidden), *map(list, wanted)])
        return [_row(values) for values in cursor.fetchall()]


def newest_rows(statement: str, *wanted: Sequence[Any], hidden: Sequence[int] = ()) -> dict[int, CurrentRow]:
    """Of each person the newest sheet, by person id."""
    newest: dict[int, CurrentRow] = {}
    for row in current_rows(statement, *wanted, hidden=hidden):
        newest.setdefault(row.person_id, row)
    return newest


def _row(values: tuple[Any, ...]) -> CurrentRow:
    return CurrentRow(*values[:_HEAD], entries_of(values[_HEAD:]))


def entry_columns(alias: str) -> str:
    """The columns of all entries, in their order, for a statement."""
    return ", ".join(f"{alias}.{name}" for name in ENTRIES)


def entries_of(values: Sequence[Any]) -> SheetEntries:
    """What those columns held."""
    entries = list(values)
    for at in _DATES:
        if entries[at] is not None:
            entries[at] = JapaneseDate.decode(entries[at])
    return SheetEntries(*entries)
