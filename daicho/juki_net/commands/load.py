"""本人確認情報の初期登録 — fills file (2) with those whom the register already knew before this system began. S2-01, F-2-32.

Nobody is told: the prefecture learnt of them from the system before. Set-based (COPY), for a whole city.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from itertools import islice
from uuid import UUID, uuid4

from django.db import connection, transaction

from daicho import audit, clock, vault
from daicho.contracts.identity_info_v1 import IdentityInfoV1
from daicho.juki_net.commands.identity import new_control_no
from daicho.juki_net.commands.terms import TERM_COLUMNS, term_values
from daicho.juki_net.models import IdentityRecord, IdentityTerm, IdentityVersion, municipality_code
from daicho.juki_net.permissions import JukiNetPermission
from daicho.juki_net.rules.checks import city_problems
from daicho.juki_net.rules.derive import NumberRefs, next_items
from daicho.juki_net.rules.form import form_problems
from daicho.juki_net.rules.items import IdentityItems
from daicho.juki_net.rules.problems import Problem
from daicho.rows import draw_ids
from daicho.values.dates import JapaneseDate
from daicho.values.search_key import SEARCH_KEY_VERSION

AT_ONCE = 5_000
_ITEMS = tuple(field.name for field in fields(IdentityItems))


class LoadRefusedError(Exception):
    """One of the records cannot be taken; nothing was. `row_no` counts from 1; the reasons are Japanese and hold no number."""

    def __init__(self, row_no: int, problems: Sequence[Problem]) -> None:
        super().__init__(f"record {row_no}: {', '.join(problem.code for problem in problems)}")
        self.row_no = row_no
        self.problems = tuple(problems)


def load_records(infos: Iterable[IdentityInfoV1], actor: audit.Actor) -> int:
    """Take every record as the last update of its person, with its own 更新順番号 and 異動事由; returns how many.

    All or nothing. Raises LoadRefusedError, IntegrityError for a person who is there already, audit.Refused.
    """
    audit.require(actor, JukiNetPermission.IDENTITY_UPDATE)
    source, taken = iter(infos), 0
    with transaction.atomic():
        while portion := list(islice(source, AT_ONCE)):
            _check(portion, taken)
            people = _copy(portion)
            audit.record(actor, JukiNetPermission.IDENTITY_UPDATE, subjects=people, detail={"loaded": len(people)})
            taken += len(portion)
    return taken


def _check(infos: Sequence[IdentityInfoV1], taken: int) -> None:
    for row_no, info in enumerate(infos, start=taken + 1):
        if problems := (*form_problems(info), *city_problems(info.municipality_code, municipality_code())):
            raise LoadRefusedError(row_no, problems)


def _copy(infos: Sequence[IdentityInfoV1]) -> list[UUID]:
    """Current rows, their first history and their search terms, by three COPYs; returns the persons' ids. The queries do not depend on how many."""
    now, refs = clock.now(), _keep_numbers(infos)
    loaded = [next_items(None, info, numbers, new_control_no(), now) for info, numbers in zip(infos, refs, strict=True)]
    rows, terms = [_values(items) for items in loaded], [term_values(items) for items in loaded]
    people = [uuid4() for _ in rows]
    drawn = draw_ids({IdentityRecord: len(rows), IdentityVersion: len(rows), IdentityTerm: sum(map(len, terms))})
    record_ids, version_ids = list(drawn[IdentityRecord]), drawn[IdentityVersion]
    _copy_in(IdentityRecord._meta.db_table, "public_id", zip(record_ids, people, rows, strict=True))
    _copy_in(IdentityVersion._meta.db_table, "record_id", zip(version_ids, record_ids, rows, strict=True))
    ours = [municipality_code(), SEARCH_KEY_VERSION]
    of_people = ((record, [*term, *ours]) for record, found in zip(record_ids, terms, strict=True) for term in found)
    columns = (*TERM_COLUMNS, "municipality_code", "key_version")
    _copy_in(IdentityTerm._meta.db_table, "record_id", ((next(drawn[IdentityTerm]), record, row) for record, row in of_people), columns)
    return people


def _keep_numbers(infos: Sequence[IdentityInfoV1]) -> list[NumberRefs]:
    code, number = vault.NumberKind.JUMINHYO_CODE, vault.NumberKind.INDIVIDUAL_NUMBER
    codes = _keep(code, [info.juminhyo_code for info in infos])
    numbers = _keep(number, [info.individual_number for info in infos])
    old_codes = _keep(code, [info.old_juminhyo_code for info in infos])
    return [NumberRefs(codes[info.juminhyo_code], numbers.get(info.individual_number), old_codes.get(info.old_juminhyo_code)) for info in infos]


def _keep(kind: vault.NumberKind, values: Sequence[str | None]) -> dict[str | None, int]:
    given = [value for value in values if value is not None]
    return dict(zip(given, vault.keep_many(kind, given), strict=True))


def _values(items: IdentityItems) -> list[object]:
    values = (getattr(items, name) for name in _ITEMS)
    return [value.encode() if isinstance(value, JapaneseDate) else value for value in values]


def _copy_in(table: str, owner: str, rows: Iterable[tuple[int, object, list[object]]], columns: Sequence[str] = _ITEMS) -> None:
    names = ", ".join(("id", owner, *columns))
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row_id, of, values in rows:
            copy.write_row([row_id, of, *values])
