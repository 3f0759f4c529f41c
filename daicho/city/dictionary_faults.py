"""辞書の行の検査 — every wrong row of an edition, or of a form, with its reason in Japanese. 標準1.3.2–1.3.5, 2.1.2-15.

A fault is (place of the row from 0, column, sentence); the place is named as a file's line only where a file is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf import settings

from daicho.city.dictionaries import BUILDINGS, DISTRICTS, LOT_KINDS, LOTS, SUBSTITUTES, TOWNS, VARIANTS, Dictionary, Row
from daicho.city.queries import codes, lot_key, offices, towns
from daicho.values.address import lot_follows
from daicho.values.characters import characters, in_jis_x_0213
from daicho.values.municipalities import municipalities
from daicho.values.search_key import SearchKind, search_key

_TOWN_CODE = re.compile(r"(?:0[1-9]|[1-3][0-9]|4[0-7])\d{9}", re.ASCII)  # 都道府県は01–47 (JIS X 0401)
_POSTAL_CODE = re.compile(r"(?:\d{7})?", re.ASCII)


@dataclass(frozen=True)
class Fault:
    at: int
    column: str
    message: str


def faults_of(of: Dictionary, rows: Sequence[Row], on: date) -> list[Fault]:
    """Everything that is wrong with these rows, in their order. One query for 方書 and 番地, at most one for each kind of district of 町字."""
    found = [*_lengths(of, rows)]
    if of.code == TOWNS.code:
        found += [*_of_towns(rows), *_of_districts(rows, on)]
    elif of.code == LOTS.code:
        found += _of_lots(rows, on)
    elif of.code == BUILDINGS.code:
        found += _of_buildings(rows, on)
    elif of.code in (SUBSTITUTES, VARIANTS):
        found += _of_characters(of, rows)
    if of.code != BUILDINGS.code:
        found += _twice(of, rows)
    return sorted(found, key=lambda fault: fault.at)


def _lengths(of: Dictionary, rows: Sequence[Row]) -> Iterator[Fault]:
    for at, row in enumerate(rows):
        for column in of.columns:
            text = row.get(column.name) or ""
            if column.required and not text.strip():
                yield Fault(at, column.name, f"{column.ja}を入力してください。")
            elif len(text) > column.longest and column.name not in ("town_code", "postal_code"):  # whose forms say more
                yield Fault(at, column.name, f"{column.ja}は{column.longest}文字以内で入力してください。")


def _of_towns(rows: Sequence[Row]) -> Iterator[Fault]:
    for at, row in enumerate(rows):
        code, postal_code, name = row["town_code"] or "", row["postal_code"] or "", f"{row['prefecture']}{row['municipality']}"
        if not _TOWN_CODE.fullmatch(code):
            yield Fault(at, "town_code", f"住所コード「{code}」は11桁の数字で、先頭2桁は都道府県コード（01〜47）です。")
        if not _POSTAL_CODE.fullmatch(postal_code):
            yield Fault(at, "postal_code", f"郵便番号「{postal_code}」は7桁の数字です。")
        known = municipality_of(code)
        if row["prefecture"] and row["municipality"] and known != name:
            found = f"市区町村は{known}です" if known else "市区町村コードは標準の表にありません"
            yield Fault(at, "town_code", f"住所コード「{code}」の{found}。コードか市区町村名を直してください。")


def _of_districts(rows: Sequence[Row], on: date) -> Iterator[Fault]:
    """A district is one of its table, where the city keeps that table."""
    for name, ja in DISTRICTS.items():
        said = {row.get(name) for row in rows} - {None, ""}
        if not said:
            continue
        listed = {office.code for office in offices(on)} if name == "jurisdiction" else {code.code for code in codes(name, on)}
        if listed or name == "jurisdiction":
            for at, row in enumerate(rows):
                if (code := row.get(name)) and code not in listed:
                    yield Fault(at, name, f"{ja}「{code}」は、{'入力場所' if name == 'jurisdiction' else ja + 'の表'}にありません。先に登録してください。")


def _of_lots(rows: Sequence[Row], on: date) -> Iterator[Fault]:
    ours = {town.town_code for town in towns(on, municipality=settings.INSTALLATION.municipality_name)}
    for at, row in enumerate(rows):
        if row["town_code"] and row["town_code"] not in ours:
            yield Fault(at, "town_code", f"住所コード「{row['town_code']}」の町字は、この市の住所辞書にありません。")
        if row["kind"] and row["kind"] not in LOT_KINDS:
            yield Fault(at, "kind", f"区分「{row['kind']}」は、residence（住居表示）かparcel（地番）で入力してください。")
        if row["lot"] and not lot_follows(row["lot"]):
            yield Fault(at, "lot", f"番地「{row['lot']}」は、町字に続けて書くとおりに、番地から入力してください。")


def _of_buildings(rows: Sequence[Row], on: date) -> Iterator[Fault]:
    """Every 方書 stands at a 番地 of a 町字 of this city, and no two at one 番地 differ only in how they are written."""
    ours = {lot_key(town.oaza + town.koaza) for town in towns(on, municipality=settings.INSTALLATION.municipality_name)}
    seen = set()
    for at, row in enumerate(rows):
        address, name = row["address"] or "", row["name"] or ""
        key, name_key = lot_key(address), search_key(name, SearchKind.ADDRESS)
        if name.strip() and not name_key:
            yield Fault(at, "name", f"方書「{name}」には文字がありません。")
        if address and not any(key[:length] in ours and lot_follows(key, length) for length in range(1, len(key))):
            yield Fault(at, "address", f"住所「{address}」は、この市の町字から番地まで入力してください。")
        elif (key, name_key) in seen:
            yield Fault(at, "name", f"住所「{address}」の方書「{name}」は、ほかの行と同じ方書です。一つにしてください。")
        seen.add((key, name_key))


def _of_characters(of: Dictionary, rows: Sequence[Row]) -> Iterator[Fault]:
    for at, row in enumerate(rows):
        one, others = characters(row["code"] or ""), characters(row["ja"] or "")
        if len(one) > 1:
            yield Fault(at, "code", f"「{row['code']}」は{len(one)}文字です。1文字を入力してください。")
        if of.code == SUBSTITUTES and (len(others) != 1 or not in_jis_x_0213(others[0])) and others:
            yield Fault(at, "ja", f"代替文字「{row['ja']}」は、JIS X 0213の1文字で入力してください。")
        if one and one[0] in others:
            yield Fault(at, "ja", f"「{one[0]}」が両方にあります。{of.columns[1].ja}には、ほかの文字を入力してください。")


def _twice(of: Dictionary, rows: Sequence[Row]) -> Iterator[Fault]:
    seen: set[tuple[str, ...]] = set()
    for at, row in enumerate(rows):
        key = of.key_of(row)
        if key in seen and any(key):
            yield Fault(at, of.columns[0].name, f"コード「{'・'.join(key)}」が2回あります。")
        seen.add(key)


@cache
def _municipalities() -> Mapping[str, str]:
    """The five digits of a municipality without their check digit → its name with the prefecture (JIS X 0401, 0402)."""
    return {code[:5]: name for code, name in municipalities().items()}


def municipality_of(town_code: str) -> str:
    """The municipality that a 住所コード lies in, "" for none of the standard's."""
    return _municipalities().get(town_code[:5], "")


def told(faults: Iterable[Fault], first_line: int | None) -> list[str]:
    """The sentences; `first_line`: the line of the file that the first row stands in, None for a form."""
    return [fault.message if first_line is None else f"{fault.at + first_line}行目: {fault.message}" for fault in faults]
