"""電文仕様と符号表 — reads layouts/*.csv, which the counterparts outside read too: the items of a file or message, and the code lists."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "layouts"


@dataclass(frozen=True)
class Item:
    """One row of a layout."""

    no: int
    ja: str
    identifier: str
    type: str
    min_length: int
    max_length: int | None
    required: bool
    code_list: str


@dataclass(frozen=True)
class Code:
    """One row of codes.csv: our neutral identifier, the code of the file and the wire, and the word a clerk sees."""

    identifier: str
    code: str
    ja: str
    group: str


@cache
def layout(name: str) -> Mapping[str, Item]:
    """The items of `layouts/<name>.csv` by identifier, in order. OSError when there is no such layout."""
    return {row["identifier"]: _item(row) for row in _rows(name)}


def _item(row: Mapping[str, str]) -> Item:
    return Item(
        no=int(row["no"]),
        ja=row["item_ja"],
        identifier=row["identifier"],
        type=row["type"],
        min_length=int(row.get("min_length") or 0),
        max_length=int(row["max_length"]) if row["max_length"] else None,
        required=row.get("required") == "yes",
        code_list=row.get("code_list", ""),
    )


@cache
def code_list(name: str) -> Mapping[str, Code]:
    """The codes of one list of codes.csv, by our identifier; empty when there is no such list."""
    rows = (row for row in _rows("codes") if row["list"] == name)
    return {row["identifier"]: Code(row["identifier"], row["code"], row["ja"], row["group"]) for row in rows}


@cache
def by_code(name: str) -> Mapping[str, Code]:
    """The codes of one list, by the code of the wire."""
    return {code.code: code for code in code_list(name).values()}


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
