"""取込みファイルの行 — reads the rows of layouts/replica.csv, provision_list.csv and inquirers.csv, and says what is wrong with a cell. `daicho import`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from itertools import pairwise
from typing import TypeVar

from daicho.chukan.rules.judging import ProvisionRow
from daicho.contracts.layouts import code_list, layout
from daicho.contracts.replica_v1 import ReplicaV1

T = TypeVar("T")
Row = Mapping[str, str | None]
_DATES = ("removed_on", "withheld_from", "withheld_until", "became_resident_notified_date", "juminhyo_created_date", "address_notified_date")


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


class BadCell(ValueError):
    """A cell cannot be read; `str()` is the reason."""

    def __init__(self, item: str, reason: str) -> None:
        super().__init__(reason)
        self.item = item


KEY = "register_key"
"""The one item that a first load may lack: the register tells it with the person's next event, or when everything is sent again."""


def heading_problems(name: str, heading: list[str]) -> list[str]:
    """The columns that a file of `layouts/<name>.csv` has too many, or lacks."""
    known = layout(name)
    return [
        *(f"unknown {item}" for item in heading if item not in known),
        *(f"no {item}" for item in known if known[item].required and item not in heading and item != KEY),
    ]


def replica_of(row: Row) -> ReplicaV1:
    """A row of layouts/replica.csv. Raises BadCell."""
    values: dict[str, object] = {field.name: row.get(field.name) or None for field in fields(ReplicaV1)}
    for name in _DATES:
        values[name] = _read(row, name, date.fromisoformat, "年月日はYYYY-MM-DDの形で記入してください。")
    values["as_of"] = _needed(row, "as_of", _instant, "基準日時は時差つきの日時で記入してください。")
    for item in layout("replica").values():
        if item.required and values[item.identifier] is None and item.identifier != KEY:
            raise BadCell(item.identifier, "空欄にできない項目です。")
    values[KEY] = values[KEY] or ""
    return ReplicaV1(**values)  # type: ignore[arg-type]  # the names are the contract's own


def provision_of(row: Row) -> ProvisionRow:
    """A row of layouts/provision_list.csv. Raises BadCell."""
    _check_texts("provision_list", row)
    decided = row.get("decided")
    if decided not in ("yes", "no"):
        raise BadCell("decided", "yes又はnoで記入してください。")
    kinds = frozenset((row.get("inquirer_kinds") or "").split())
    if decided == "yes" and not (kinds and row.get("inquirer_ja") and row.get("affair_ja")):
        raise BadCell("decided", "確認済みの行には、情報照会者・その種別・事務が必要です。")
    items = tuple((row.get("items") or "").split())
    if unknown := [name for name in items if name not in _PROVIDABLE]:
        raise BadCell("items", f"提供できる項目ではありません：{' '.join(unknown)[:60]}。")
    since, until = _period(row)
    return ProvisionRow(
        _text(row, "law_version"), _text(row, "basis_ja"), _text(row, "item_no"), since, until, row.get("inquirer_ja") or "", _kinds(kinds, "inquirer_kinds"),
        row.get("affair_ja") or "", _text(row, "affair_code"), _text(row, "procedure_code"), _text(row, "information_ja"), _text(row, "information_code"),
        items, decided == "yes",
    )  # fmt: skip


@dataclass(frozen=True)
class InquirerLine:
    """One row of layouts/inquirers.csv."""

    institution_code: str
    name_ja: str
    kinds: frozenset[str]
    valid_from: date
    valid_to: date | None


def inquirer_of(row: Row) -> InquirerLine:
    """A row of layouts/inquirers.csv. Raises BadCell."""
    _check_texts("inquirers", row)
    since, until = _period(row)
    kinds = _kinds(frozenset(_text(row, "kinds").split()), "kinds")
    return InquirerLine(_text(row, "institution_code"), _text(row, "name_ja"), kinds, since, until)


def overlaps(periods: Mapping[object, list[tuple[int, date, date | None]]], item: str) -> Iterator[BadRow]:
    """Rows of the same thing whose periods meet: on one day only one may count. Periods as (row number, from, to)."""
    for rows in periods.values():
        ordered = sorted(rows, key=lambda row: row[1])
        for (_, _, until), (row_no, since, _) in pairwise(ordered):
            if until is None or since <= until:
                yield BadRow(row_no, item, "同じものの期間が重なっています。効力の始まりと終わりを確認してください。")


_PROVIDABLE = frozenset(name for name, item in layout("replica").items() if item.no > layout("replica")["withheld_until"].no)


def _check_texts(name: str, row: Row) -> None:
    for item in layout(name).values():
        text = row.get(item.identifier) or ""
        if item.required and not text:
            raise BadCell(item.identifier, "空欄にできない項目です。")
        if item.max_length and len(text) > item.max_length:
            raise BadCell(item.identifier, f"{item.max_length}文字以内で記入してください。")


def _kinds(kinds: frozenset[str], item: str) -> frozenset[str]:
    if unknown := kinds - set(code_list("inquirer_kind")):
        raise BadCell(item, f"コード表にない種別です：{' '.join(sorted(unknown))[:60]}。")
    return kinds


def _period(row: Row) -> tuple[date, date | None]:
    reason = "年月日はYYYY-MM-DDの形で記入してください。"
    since, until = _needed(row, "valid_from", date.fromisoformat, reason), _read(row, "valid_to", date.fromisoformat, reason)
    if until is not None and until < since:
        raise BadCell("valid_to", "効力の終わりが始まりより前です。")
    return since, until


def _text(row: Row, name: str) -> str:
    return row.get(name) or ""


def _instant(cell: str) -> datetime:
    instant = datetime.fromisoformat(cell)
    if instant.tzinfo is None:
        raise ValueError(cell)
    return instant


def _needed(row: Row, name: str, read: Callable[[str], T], reason: str) -> T:
    value = _read(row, name, read, reason)
    if value is None:
        raise BadCell(name, "空欄にできない項目です。")
    return value


def _read(row: Row, name: str, read: Callable[[str], T], reason: str) -> T | None:
    cell = row.get(name)
    if not cell:
        return None
    try:
        return read(cell)
    except ValueError:
        raise BadCell(name, reason) from None
