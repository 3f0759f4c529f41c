"""証明データの初期登録 — a file of layouts/certificate_data.csv fills this room with a whole city: all of it, or nothing. S5-01; `daicho import`.

Set-based (COPY). From then on the register's notices keep it current: a later 履歴番号 takes the place of what the file said.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from uuid import UUID, uuid4

from django.db import connection, transaction

from daicho import audit, clock, vault
from daicho.contracts import base
from daicho.contracts.certificate_data_v1 import CertifiedEntries
from daicho.contracts.certificate_data_v1 import CertifiedPerson as Told
from daicho.konbini.models import CertifiedPerson, municipality_code
from daicho.konbini.permissions import KonbiniPermission
from daicho.konbini.rules.import_row import BadCell, check_heading, person_of
from daicho.rows import draw_ids

AT_ONCE = 5_000
_COLUMNS = (
    "id", "municipality_code", "public_id", "atena_no", "history_no", "household_no", "order_in_household", "card_ref", "closes_on", "is_prohibited",
    "entries_ref", "told_at", "taken_at",
)  # fmt: skip


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


def import_certificate_data(actor: audit.Actor, file: Path, *, progress: Callable[[int], None] = lambda people: None) -> int:
    """Take in a whole file; returns how many people. BadFile with every fault; IntegrityError for a person or a card that is there already."""
    audit.require(actor, KonbiniPermission.DATA_TAKE)
    faults: list[BadRow] = []
    taken = 0
    with transaction.atomic():
        rows = _read(file, faults)
        while portion := list(islice(rows, AT_ONCE)):
            if not faults:  # once one is found the rest is only judged
                people = _copy(portion)
                audit.record(actor, KonbiniPermission.DATA_TAKE, people, detail={"loaded": len(people)})
            taken += len(portion)
            progress(taken)
        if faults:
            raise BadFile(faults)
    return taken


def _read(file: Path, faults: list[BadRow]) -> Iterator[Told]:
    with file.open(encoding="utf-8", newline="") as opened:
        rows = csv.DictReader(opened)
        check_heading(rows.fieldnames or ())
        for row_no, row in enumerate(rows, 2):
            try:
                yield person_of(row)
            except BadCell as bad:
                faults.append(BadRow(row_no, bad.item, str(bad)))


def _copy(persons: Sequence[Told]) -> list[UUID]:
    """Everybody's row by one COPY, cards and entries into the vault by one each; returns the persons' ids."""
    now = clock.now()
    ids, people = list(draw_ids({CertifiedPerson: len(persons)})[CertifiedPerson]), [uuid4() for _ in persons]
    serials = [one.user_certificate_serial for one in persons if one.user_certificate_serial]
    cards = dict(zip(serials, vault.keep_many(vault.NumberKind.USER_CERTIFICATE_SERIAL, serials), strict=True))
    sealed = iter(vault.seal_payloads([base.write(one.entries, CertifiedEntries) for one in persons if one.entries is not None]))
    _copy_in(_line(one, row_id, public_id, cards, sealed, now) for one, row_id, public_id in zip(persons, ids, people, strict=True))
    return people


def _line(told: Told, row_id: int, public_id: UUID, cards: dict[str, int], sealed: Iterator[int], now: datetime) -> list[object]:
    return [
        row_id, municipality_code(), public_id, told.atena_no, told.history_no, told.household_no, told.order_in_household,
        cards.get(told.user_certificate_serial or ""), told.closes_on, told.is_prohibited, next(sealed) if told.entries is not None else None, now, now,
    ]  # fmt: skip


def _copy_in(lines: Iterable[list[object]]) -> None:
    table = CertifiedPerson._meta.db_table
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(_COLUMNS)}) FROM STDIN") as copy:
        for line in lines:
            copy.write_row(line)
