"""対象者の初期登録 — a file of layouts/transfer_person.csv fills the room for a city that was there before: all of it, or nothing. G-25; `daicho import`.

No department is told: each takes everybody of its grant when it begins (commands/pulling.py). Set-based (COPY), for a whole city.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from uuid import uuid4

from django.db import connection, transaction

from daicho import audit
from daicho.audit.actor import Actor
from daicho.transfers.models import PERSON_COLUMNS, Person, municipality_code
from daicho.transfers.permissions import TransfersPermission
from daicho.transfers.rules.layouts import PERSON, Item, by_code, layout
from daicho.values.dates import BadDate, JapaneseDate

AT_ONCE = 5_000
_COLUMNS = ("atena_no", "history_no", "recorded_at", *PERSON_COLUMNS)
Cells = Mapping[str, str | None]


@dataclass(frozen=True)
class BadRow:
    """One fault: the row's number (the heading is row 1), the item, the reason in Japanese. Never the value."""

    row_no: int
    item: str
    reason: str


class BadFile(ValueError):
    """Nothing was taken in; `bad` are all faults."""

    def __init__(self, bad: Sequence[BadRow]) -> None:
        super().__init__(f"{len(bad):,} faults in the file; nothing was imported")
        self.bad = tuple(bad)


def import_people(actor: Actor, file: Path, *, progress: Callable[[int], None] = lambda people: None) -> int:
    """Take in a whole file; returns how many people. BadFile with every fault; IntegrityError for a person who is there already."""
    audit.require(actor, TransfersPermission.PERSON_UPDATE)
    _check_heading(file)
    if bad := [fault for row_no, row in _rows(file) for fault in _faults(row_no, row)]:
        raise BadFile(bad)
    rows, taken = _rows(file), 0
    with transaction.atomic():
        while portion := [row for _, row in islice(rows, AT_ONCE)]:
            _copy(actor, portion)
            taken += len(portion)
            progress(taken)
    return taken


def _check_heading(file: Path) -> None:
    with file.open(encoding="utf-8", newline="") as opened:
        heading = set(next(csv.reader(opened), ()))
    if heading != set(layout(PERSON)):
        raise ValueError(f"the heading does not fit layouts/{PERSON}.csv: {sorted(heading ^ set(layout(PERSON)))}")


def _rows(file: Path) -> Iterator[tuple[int, Cells]]:
    with file.open(encoding="utf-8", newline="") as opened:
        yield from enumerate(csv.DictReader(opened), 2)


def _faults(row_no: int, row: Cells) -> Iterator[BadRow]:
    for item in layout(PERSON).values():
        cell = row.get(item.identifier) or ""
        if not cell:
            if item.required:
                yield BadRow(row_no, item.identifier, "空欄にできない項目です。")
        elif reason := _fault(item, cell):
            yield BadRow(row_no, item.identifier, reason)


def _fault(item: Item, cell: str) -> str:
    """What is wrong with a cell, "" when it is right."""
    if item.max_length is not None and len(cell) > item.max_length:
        return "桁数が様式を超えています。"
    if item.code_list and cell not in by_code(item.code_list):
        return "コード表にない値です。layouts/codes.csvのコードで記入してください。"
    if item.type == "digits" and not (cell.isascii() and cell.isdigit()):
        return "数字で記入してください。"
    try:
        _value(item, cell)
    except (ValueError, BadDate):
        return "読み取れません。年月日はYYYYMMDD、不詳の日はその符号、日時はISO 8601、数は整数で記入してください。"
    return ""


def _value(item: Item, cell: str) -> object:
    if item.type == "int":
        return int(cell)
    if item.type == "timestamp":
        return datetime.fromisoformat(cell)
    if item.type == "date":
        return _day(cell)
    if item.type == "uncertain_date":
        return (JapaneseDate.of(_day(cell)) if cell.isdecimal() else JapaneseDate.decode(cell)).encode()
    return cell


def _day(cell: str) -> date:
    if len(cell) != 8 or not cell.isdecimal():
        raise ValueError
    return date(int(cell[:4]), int(cell[4:6]), int(cell[6:]))


def _copy(actor: Actor, portion: Sequence[Cells]) -> None:
    """One COPY, however many; and who they are in the trail."""
    people = [uuid4() for _ in portion]
    columns = ", ".join(("municipality_code", "public_id", "is_subject", *_COLUMNS))
    items = layout(PERSON)
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(f"COPY {Person._meta.db_table} ({columns}) FROM STDIN") as copy:
        for public_id, row in zip(people, portion, strict=True):
            values = [_value(items[name], cell) if (cell := row.get(name)) else None for name in _COLUMNS]
            copy.write_row([municipality_code(), public_id, True, *values])
    audit.record(actor, TransfersPermission.PERSON_UPDATE, people, detail={"loaded": len(people)})
