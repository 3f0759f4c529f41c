"""電文仕様 — reads layouts/*.csv and judges a message by them: unknown item, missing item, length, form, code."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Fault:
    """Why a message is refused: the reply code (layouts/codes.csv list reply) and the item; never the value."""

    code: str
    item: str


@dataclass(frozen=True)
class Item:
    """One row of a layout."""

    identifier: str
    ja: str
    type: str
    min_length: int
    max_length: int | None
    required: bool
    code_list: str


@dataclass(frozen=True)
class Layout:
    """One message's layout: its name and its items by identifier, in order."""

    name: str
    items: Mapping[str, Item]
    codes: Mapping[str, frozenset[str]]

    def faults(self, message: Mapping[str, object]) -> list[Fault]:
        """Everything that is wrong with `message` (identifier → value), in the order of the layout; unknown items first."""
        found = [Fault("F01", name[:60]) for name in message if name not in self.items]
        for item in self.items.values():
            if item.identifier not in message:
                found.append(Fault("F02", item.identifier))
                continue
            code = self._judge(item, message[item.identifier])
            if code:
                found.append(Fault(code, item.identifier))
        return found

    def _judge(self, item: Item, value: object) -> str | None:
        """The reply code of what is wrong with one value, or None."""
        if value is None:
            return "F02" if item.required else None
        if item.type == "flag":
            return None if isinstance(value, bool) else "F04"
        if item.type == "int":
            if isinstance(value, bool) or not isinstance(value, int) or value < 0:
                return "F04"
            return "F03" if item.max_length is not None and len(str(value)) > item.max_length else None
        if not isinstance(value, str):
            return "F04"
        if item.max_length is not None and len(value) > item.max_length:
            return "F03"
        if len(value) < item.min_length or not _FORMS[item.type](value):
            return "F04"
        if item.code_list and value not in self.codes.get(item.code_list, frozenset()):
            return "F05"
        return None


def _is_day(text: str) -> bool:
    if not re.fullmatch(r"[0-9]{8}", text):
        return False
    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return False
    return True


def _is_uncertain_day(text: str) -> bool:
    """Eight digits; 00 where unknown; a day that no calendar has (平年の2月29日) is allowed (std 1.1.8)."""
    return re.fullmatch(r"[0-9]{4}(0[0-9]|1[0-2])([0-2][0-9]|3[01])", text) is not None


def _is_printable(text: str) -> bool:
    return bool(text.strip()) and not re.search(r"[\x00-\x1f\x7f]", text)


_FORMS = {
    "string": _is_printable,
    "kana": lambda text: re.fullmatch(r"[ぁ-ゖァ-ヺー・\u0020\u3000ゝゞヽヾ]+", text) is not None,
    "digits": lambda text: re.fullmatch(r"[0-9]+", text) is not None,
    "code": lambda text: re.fullmatch(r"[0-9A-Za-z]+", text) is not None,
    "date": _is_day,
    "uncertain_date": _is_uncertain_day,
    "uuid": lambda text: re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text) is not None,
    "digest": lambda text: re.fullmatch(r"[0-9a-f]{64}", text) is not None,
    "base64": lambda text: re.fullmatch(r"[A-Za-z0-9+/]+={0,2}", text) is not None and len(text) % 4 == 0,
}


@cache
def read(folder: Path, name: str) -> Layout:
    """The layout `name` in `folder`, with the code lists it may use. Raises OSError when it is not there."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        items = {row["identifier"]: _item(row) for row in csv.DictReader(file)}
    return Layout(name, items, code_lists(folder))


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
    )


@cache
def code_lists(folder: Path) -> Mapping[str, frozenset[str]]:
    """The codes of each list of codes.csv."""
    lists: dict[str, set[str]] = {}
    for row in _code_rows(folder):
        lists.setdefault(row["list"], set()).add(row["code"])
    return {name: frozenset(codes) for name, codes in lists.items()}


@cache
def reply_texts(folder: Path) -> Mapping[str, str]:
    """What a clerk reads for each reply code."""
    return {row["code"]: row["ja"] for row in _code_rows(folder) if row["list"] == "reply"}


def _code_rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "codes.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
