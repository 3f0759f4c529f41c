"""本人確認情報ファイルの取込み — a file of layouts/identity_confirmation.csv becomes file (2): all of it, or nothing. S2-01; `daicho import`.

Items that the system sets or derives itself (5, 26, 30, 31, 33–36, 40) are not taken from the file.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from daicho import audit
from daicho.contracts.identity_info_v1 import IdentityInfoV1
from daicho.juki_net.commands.load import LoadRefusedError, load_records
from daicho.juki_net.models import municipality_code
from daicho.juki_net.rules.checks import city_problems
from daicho.juki_net.rules.form import form_problems
from daicho.juki_net.rules.layouts import by_code, layout
from daicho.values.dates import BadDate, JapaneseDate, juki_date_code

NAME = "identity_confirmation"
T = TypeVar("T")
_DATES = ("birth_date", "event_date", "became_resident_date", "address_fixed_date")
_TEXTS = (
    "juminhyo_code", "old_juminhyo_code", "individual_number", "name_kanji", "name_furigana", "former_surname_kanji", "former_surname_furigana", "sex_code",
    "municipality_code", "town_code", "postal_code", "address", "previous_municipality_code", "previous_address", "relationship", "operator_id", "terminal_id",
)  # fmt: skip
_COUNTS = ("name_gaiji_count", "former_surname_gaiji_count", "address_gaiji_count", "previous_address_gaiji_count", "update_sequence_no")
_DAYS = ("notified_date", "juminhyo_code_valid_date")
_NEVER_EMPTY = ("juminhyo_code", "name_kanji", "sex_code", "municipality_code", "address", "operator_id", "terminal_id")


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


class _BadCell(ValueError):
    def __init__(self, item: str, reason: str) -> None:
        super().__init__(reason)
        self.item = item


def import_identity(actor: audit.Actor, file: Path, *, progress: Callable[[int], None] = lambda people: None) -> int:
    """Take in a whole file; returns how many people. BadFile with every fault; IntegrityError for a person who is there already."""
    _check_heading(file)
    try:
        return load_records(_counted(_infos(file), progress), actor)
    except (LoadRefusedError, _BadCell):
        raise BadFile(list(_faults(file))) from None


def _check_heading(file: Path) -> None:
    with file.open(encoding="utf-8", newline="") as opened:
        unknown = set(next(csv.reader(opened), ())) - set(layout(NAME))
    if unknown:
        raise ValueError(f"the heading does not fit layouts/{NAME}.csv: {sorted(unknown)}")


def _counted(infos: Iterator[IdentityInfoV1], progress: Callable[[int], None]) -> Iterator[IdentityInfoV1]:
    for count, info in enumerate(infos, 1):
        yield info
        if count % 1000 == 0:
            progress(count)


def _infos(file: Path) -> Iterator[IdentityInfoV1]:
    with file.open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened):
            yield _info(row)


def _faults(file: Path) -> Iterator[BadRow]:
    """Every fault of the file: of each row the first cell that cannot be read, else all that its checks find."""
    with file.open(encoding="utf-8", newline="") as opened:
        for row_no, row in enumerate(csv.DictReader(opened), 2):
            try:
                info = _info(row)
            except _BadCell as bad:
                yield BadRow(row_no, bad.item, str(bad))
                continue
            for problem in (*form_problems(info), *city_problems(info.municipality_code, municipality_code())):
                yield BadRow(row_no, problem.item, problem.ja)


def _info(row: Mapping[str, str | None]) -> IdentityInfoV1:
    values: dict[str, object] = {name: row.get(name) or None for name in _TEXTS}
    for name in _NEVER_EMPTY:
        if values[name] is None:
            raise _BadCell(name, "空欄にできない項目です。")
    values |= {name: _read(row, name, int, "整数で記入してください。") for name in _COUNTS}
    values |= {name: _read(row, name, _day, "年月日はYYYYMMDDの8桁で記入してください。") for name in _DAYS}
    for name in _DATES:
        day = _read(row, name, _japanese, "年月日として読み取れません。YYYYMMDD、又は不詳日の符号で記入してください。")
        values[name], values[f"{name}_juki"] = (day.encode(), juki_date_code(day)) if day else (None, None)
    for name in ("name_gaiji_count", "address_gaiji_count", "update_sequence_no", "birth_date", "event_date", "became_resident_date"):
        if values[name] is None:
            raise _BadCell(name, "空欄にできない項目です。")
    values["event_reason"] = _code(row, "event_reason_code", "update_reason")
    values["event_reason_detail"] = _code(row, "event_reason_detail_code", "update_detail") if row.get("event_reason_detail_code") else None
    values["planned_person_flag"] = row.get("planned_person_flag") == "1"
    return IdentityInfoV1(**values)  # type: ignore[arg-type]  # the names are the contract's own


def _read(row: Mapping[str, str | None], name: str, read: Callable[[str], T], reason: str) -> T | None:
    cell = row.get(name)
    if not cell:
        return None
    try:
        return read(cell)
    except (ValueError, BadDate):
        raise _BadCell(name, reason) from None


def _day(cell: str) -> date:
    if len(cell) != 8 or not cell.isdecimal():
        raise ValueError
    return date(int(cell[:4]), int(cell[4:6]), int(cell[6:]))


def _japanese(cell: str) -> JapaneseDate:
    return JapaneseDate.of(_day(cell)) if len(cell) == 8 and cell.isdecimal() else JapaneseDate.decode(cell)


def _code(row: Mapping[str, str | None], name: str, code_list: str) -> str:
    code = by_code(code_list).get(row.get(name) or "")
    if code is None:
        raise _BadCell(name, "コード表にない値です。layouts/codes.csvのコードで記入してください。")
    return code.identifier
