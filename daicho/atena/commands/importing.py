"""統合宛名の初期登録 — a file of layouts/atena_person.csv fills this room with a whole city: all of it, or nothing. S4-01, S4-02; `daicho import`.

Set-based (COPY). Nobody is told: chukan is filled by a file of its own. From then on the register's notices keep it current.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import Model

from daicho import audit, clock, numbering, vault
from daicho.atena.commands.joining import SERIES
from daicho.atena.models import AffairAtena, HeldNumber, IntegratedPerson, municipality_code
from daicho.atena.permissions import AtenaPermission
from daicho.atena.rules.basics import keys_of
from daicho.atena.rules.import_row import BadCell, LoadedPerson, check_heading, person_of
from daicho.atena.rules.vocabulary import REGISTER
from daicho.rows import draw_ids
from daicho.values.numbers import IntegratedAtenaNo

AT_ONCE = 5_000
HIGHEST = 9 * 10**13
"""Serials above would leave too few for those who come after (14 digits and the check digit)."""
_PERSON = (
    "id", "municipality_code", "public_id", "integrated_atena_no", "name", "name_furigana", "birth_date", "sex_code", "address", "removed_on", "as_of",
    "numbered_at", "name_key", "furigana_key", "address_key", "birth_first", "birth_last", "key_version",
)  # fmt: skip
_LINK = ("municipality_code", "person_id", "affair_code", "atena_no", "joined_at")
_NUMBER = ("municipality_code", "person_id", "individual_number_ref", "since")


@dataclass(frozen=True)
class BadRow:
    """One fault: the row's number (the heading is row 1), the item, the reason in Japanese. Never the value."""

    row_no: int
    item: str
    reason: str


class BadFile(ValueError):
    """Nothing was taken in; `bad` are all faults."""

    def __init__(self, bad: list[BadRow]) -> None:
        super().__init__(f"{len(bad):,} faults in the file; nothing was imported")
        self.bad = tuple(bad)


def import_persons(actor: audit.Actor, file: Path, *, progress: Callable[[int], None] = lambda people: None) -> int:
    """Take in a whole file; returns how many people. BadFile with every fault; IntegrityError for who is there already; audit.Refused.

    Numbers given before are kept, and new ones go on above the highest of them: none is ever given twice.
    """
    audit.require(actor, AtenaPermission.INFO_UPDATE)
    reader, taken, highest = _Reader(), 0, 0
    with transaction.atomic():
        rows = reader.rows(file)
        while portion := list(islice(rows, AT_ONCE)):
            if not reader.faults:  # once one is found the rest is only judged
                people = _copy(portion)
                audit.record(actor, AtenaPermission.INFO_UPDATE, people, detail={"loaded": len(people)})
                highest = max(highest, *(int(one.integrated_atena_no[:-1]) for one in portion if one.integrated_atena_no), 0)
            taken += len(portion)
            progress(taken)
        if reader.faults:
            raise BadFile(reader.faults)
        if highest:
            numbering.never_below(SERIES, highest, reason="初期登録の番号より上から付番", by=actor.login)
    return taken


class _Reader:
    """Reads the rows that can be read, and keeps every fault: also of numbers that stand twice."""

    def __init__(self) -> None:
        self.faults: list[BadRow] = []
        self._seen: dict[str, set[str]] = {"integrated_atena_no": set(), "atena_no": set(), "individual_number": set()}
        self._given: bool | None = None

    def rows(self, file: Path) -> Iterator[LoadedPerson]:
        with file.open(encoding="utf-8", newline="") as opened:
            rows = csv.DictReader(opened)
            check_heading(rows.fieldnames or ())
            for row_no, row in enumerate(rows, 2):
                try:
                    person = person_of(row)
                    self._check(person)
                except BadCell as bad:
                    self.faults.append(BadRow(row_no, bad.item, str(bad)))
                else:
                    yield person

    def _check(self, person: LoadedPerson) -> None:
        number = person.integrated_atena_no
        if self._given is None:
            self._given = number is not None
        if self._given != (number is not None):
            raise BadCell("integrated_atena_no", "団体内統合宛名番号は、全員に記入するか、全員空欄にしてください。")
        if number is not None and int(number[:-1]) > HIGHEST:
            raise BadCell("integrated_atena_no", "団体内統合宛名番号が大きすぎ、後の番号を付けられません。付番の始まりを協議してください。")
        for item, seen in self._seen.items():
            value = getattr(person, item)
            if value is not None and value in seen:
                raise BadCell(item, "同じ番号の行が前にあります。一人に一つの番号であるか確認してください。")
            seen.add(value)


def _copy(persons: Sequence[LoadedPerson]) -> list[UUID]:
    """One portion by three COPYs; returns the persons' ids."""
    now = clock.now()
    ids, people = list(draw_ids({IntegratedPerson: len(persons)})[IntegratedPerson]), [uuid4() for _ in persons]
    numbers = [one.individual_number for one in persons if one.individual_number]
    refs = dict(zip(numbers, vault.keep_many(vault.NumberKind.INDIVIDUAL_NUMBER, numbers), strict=True)) if numbers else {}
    integrated = _numbers(persons)
    _copy_in(IntegratedPerson, _PERSON, (_line(*each, now) for each in zip(persons, ids, people, integrated, strict=True)))
    code = municipality_code()
    _copy_in(AffairAtena, _LINK, ([code, row_id, REGISTER, one.atena_no, now] for one, row_id in zip(persons, ids, strict=True)))
    held = ([code, row_id, refs[one.individual_number], now] for one, row_id in zip(persons, ids, strict=True) if one.individual_number)
    _copy_in(HeldNumber, _NUMBER, held)
    return people


def _numbers(persons: Sequence[LoadedPerson]) -> list[str]:
    """The number of each: as given before, or the next ones."""
    serials = iter(numbering.take(SERIES, sum(one.integrated_atena_no is None for one in persons)))
    return [one.integrated_atena_no or str(IntegratedAtenaNo.of_serial(next(serials))) for one in persons]


def _line(one: LoadedPerson, row_id: int, public_id: UUID, integrated_atena_no: str, now: datetime) -> list[object]:
    b = one.basics
    return [
        row_id, municipality_code(), public_id, integrated_atena_no, b.name, b.name_furigana, b.birth_date.encode(), b.sex_code, b.address, one.removed_on,
        one.as_of, now, *astuple(keys_of(b)),
    ]  # fmt: skip


def _copy_in(model: type[Model], columns: Sequence[str], lines: Iterable[list[object]]) -> None:
    statement = f"COPY {model._meta.db_table} ({', '.join(columns)}) FROM STDIN"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for line in lines:
            copy.write_row(line)
