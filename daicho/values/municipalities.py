"""市区町村 — the municipalities of Japan by name and by 全国地方公共団体コード. A table with its source: data/build_municipalities.py."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from daicho.values.numbers import BadNumber, MunicipalityCode


class BadMunicipality(ValueError):
    """Neither a code nor a name of a municipality; `str()` is the Japanese message."""


@cache
def municipalities() -> Mapping[str, str]:
    """Six-digit code → name with its prefecture, e.g. 012033 → 北海道小樽市."""
    with (Path(__file__).parent / "data" / "municipalities.csv").open(encoding="utf-8", newline="") as rows:
        return {row["code"]: row["prefecture"] + row["name"] for row in csv.DictReader(rows)}


@cache
def _codes() -> Mapping[str, tuple[str, ...]]:
    """Name with and without prefecture → codes."""
    found: dict[str, tuple[str, ...]] = {}
    with (Path(__file__).parent / "data" / "municipalities.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            for name in (row["prefecture"] + row["name"], row["name"]):
                found[name] = (*found.get(name, ()), row["code"])
    return found


def read_municipality(text: str) -> str:
    """A code, or a name with or without its prefecture → the six-digit code. A code that the table lacks (an abolished
    municipality) is taken when its check digit is right."""
    compact = "".join(text.split())
    codes = _codes().get(compact, ())
    if len(codes) == 1:
        return codes[0]
    if len(codes) > 1:
        raise BadMunicipality(f"「{compact}」は{len(codes)}つあります。都道府県名から入力するか、6桁のコードで入力してください。")
    try:
        return str(MunicipalityCode.parse(compact))
    except BadNumber as bad:
        if compact.isdecimal():
            raise
        raise BadMunicipality("この名前の市区町村が見つかりません。都道府県名から入力するか、6桁の市区町村コードで入力してください。") from bad


def municipality_name(code: str) -> str:
    """The name of a code, of a 指定都市 too, which the table knows by its wards; the code itself when there is none."""
    return municipalities().get(code) or _designated_cities().get(code[:5], code)


@cache
def _designated_cities() -> Mapping[str, str]:
    """The first five digits of a 指定都市 → its name with its prefecture. Its wards have its four, and a fifth of their own."""
    found: dict[str, str] = {}
    for code, name in sorted(municipalities().items()):
        if name.endswith("区") and "市" in name:
            found.setdefault(name[: name.index("市") + 1], f"{code[:4]}0")
    return {code: name for name, code in found.items()}


def is_designated_city(name: str) -> bool:
    """Whether a city, named with its prefecture, is a 指定都市 (地方自治法252条の19): it has wards (252条の20)."""
    return any(other.startswith(name) and other.endswith("区") and other != name for other in municipalities().values())


def municipality_of(place: str) -> str | None:
    """The code of the municipality with whose name, as long as it goes, an address or a 本籍 begins: 北海道札幌市中央区… is 中央区's.

    Without its prefecture only where the name is one municipality's alone. None when no name fits: 「なし」, 「不明」, an abolished municipality.
    """
    compact = "".join(place.split())
    found = (_codes().get(compact[:length], ()) for length in range(min(len(compact), _longest_name()), 0, -1))
    return next((codes[0] for codes in found if len(codes) == 1), None)


@cache
def _longest_name() -> int:
    return max(map(len, _codes()))
