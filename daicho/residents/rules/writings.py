"""値の書き方 — how an entry's value stands in a line of COPY's text format, and in the JSON of which a row's digest is made.

Most values of a register stand in it many times over; whoever reads them keeps the `Written` with them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from json.encoder import encode_basestring
from typing import Any  # values of a row are of many types, each named in _WRITERS
from uuid import UUID

from daicho.residents.rules.entries import day_text
from daicho.values.dates import JapaneseDate

BLANK = "\\N"
"""NULL, which is 空欄."""


Written = tuple[object, str, str]
"""A value, its column of a line, its JSON."""


def written(value: str | int | bool | date | JapaneseDate) -> Written:
    """An entry's value, filled, with its writings."""
    if isinstance(value, str):
        return value, escaped(value), encode_basestring(value)
    column = _WRITERS[type(value)](value)
    if isinstance(value, int):
        return value, column, column if type(value) is int else str(value).lower()
    return value, column, f'"{column}"'


def line(*values: object) -> str:
    """Values as one line, without its end."""
    return "\t".join([_WRITERS[type(value)](value) for value in values])


def escaped(value: str) -> str:
    """A text as a column."""
    return value.translate(_ESCAPES) if "\\" in value or "\t" in value or "\n" in value or "\r" in value else value


_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=day_text)
_WRITERS: dict[type, Callable[[Any], str]] = {
    str: escaped, int: str, bool: lambda value: "t" if value else "f", date: date.isoformat, datetime: datetime.isoformat, JapaneseDate: JapaneseDate.encode,
    type(None): lambda value: BLANK, bytes: lambda value: f"\\\\x{value.hex()}", dict: lambda value: escaped(_ENCODER.encode(value)), UUID: str,
}  # fmt: skip
