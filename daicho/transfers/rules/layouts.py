"""様式と符号表 — reads layouts/*.csv, which the departments' systems read too. 標準7.2.3."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[3] / "layouts"
FEED, BATCH, ENTRY, OUTCOME, PERSON = "department_feed", "department_batch", "department_entry", "department_entry_outcome", "transfer_person"


@dataclass(frozen=True)
class Item:
    """One row of a layout. `granted`: it goes out only where the grant names it."""

    identifier: str
    ja: str
    type: str
    min_length: int
    max_length: int | None
    required: bool
    code_list: str
    granted: bool


@dataclass(frozen=True)
class Code:
    """One row of codes.csv: our neutral identifier, the code of the wire, and the word a clerk sees."""

    identifier: str
    code: str
    ja: str


@cache
def layout(name: str) -> Mapping[str, Item]:
    """The items of `layouts/<name>.csv` by identifier, in order."""
    return {row["identifier"]: _item(row) for row in _rows(name)}


def _item(row: Mapping[str, str]) -> Item:
    longest = row["max_length"]
    return Item(
        identifier=row["identifier"],
        ja=row["item_ja"],
        type=row["type"],
        min_length=int(row["min_length"] or 0),
        max_length=int(longest) if longest else None,
        required=row["required"] == "yes",
        code_list=row["code_list"],
        granted=row.get("granted") == "yes",
    )


@cache
def code_list(name: str) -> Mapping[str, Code]:
    """The codes of one list of codes.csv, by our identifier."""
    rows = (row for row in _rows("codes") if row["list"] == name)
    return {row["identifier"]: Code(row["identifier"], row["code"], row["ja"]) for row in rows}


@cache
def by_code(name: str) -> Mapping[str, Code]:
    """The codes of one list, by the code of the wire."""
    return {code.code: code for code in code_list(name).values()}


@cache
def by_word(name: str) -> Mapping[str, Code]:
    """The codes of one list, by their word."""
    return {code.ja: code for code in code_list(name).values()}


def readable_items() -> tuple[Item, ...]:
    """What a grant to read may name, in the order of the layout (D-R2)."""
    return tuple(item for item in layout(FEED).values() if item.granted)


def writable_items() -> tuple[Item, ...]:
    """What a grant to write may name: 個別記載事項, in the order of the layout (D-R6)."""
    return tuple(item for item in layout(ENTRY).values() if not item.required)


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
