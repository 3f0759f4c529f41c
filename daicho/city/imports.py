"""住所辞書・方書の辞書・コード表の取込み — a new edition of a dictionary from CSV: added, changed and abolished from a day on. 標準1.3.3, 1.3.4.

An edition is whole: what it lacks is abolished with the day before, and stays readable (N-1.3.3-03).
The file is checked to the end first; with any problem nothing is taken in.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models as db
from django.db import transaction
from django.db.models import Q

from daicho import audit
from daicho.audit.actor import Actor
from daicho.city import models
from daicho.city.errors import CityProblem
from daicho.city.permissions import CityPermission
from daicho.city.queries import lot_key, towns
from daicho.city.values import Building, Code, Town
from daicho.values.municipalities import municipalities
from daicho.values.search_key import SearchKind, search_key

TOWN_COLUMNS = ("town_code", "prefecture", "municipality", "oaza", "koaza", "kana", "postal_code", "school_district", "polling_district")
BUILDING_COLUMNS = ("address", "name")
_FIRST_LINE = 2  # of a file, under its heading
_TOWN_CODE = re.compile(r"(?:0[1-9]|[1-3][0-9]|4[0-7])\d{9}", re.ASCII)  # 都道府県は01–47 (JIS X 0401)
_POSTAL_CODE = re.compile(r"(?:\d{7})?", re.ASCII)
_LOT = re.compile("[0-9甲乙丙丁イロハ番無字]")  # what may follow a 町字: 1番地, 甲1番地, 番外地, 無番地, 字…


@dataclass(frozen=True)
class Edition:
    """What an import did."""

    added: int
    changed: int
    abolished: int
    unchanged: int


def read_towns(path: Path) -> list[Town]:
    """The 町字 of a CSV file with the columns TOWN_COLUMNS (UTF-8). CityProblem when a column is missing."""
    return [
        Town(*(row[column] for column in TOWN_COLUMNS[:7]), school_district=row["school_district"] or None, polling_district=row["polling_district"] or None)
        for row in _rows(path, "住所辞書", TOWN_COLUMNS)
    ]


def read_buildings(path: Path) -> list[Building]:
    """The 方書 of a CSV file with the columns BUILDING_COLUMNS (UTF-8). CityProblem when a column is missing."""
    return [Building(row["address"], row["name"]) for row in _rows(path, "方書の辞書", BUILDING_COLUMNS)]


def _rows(path: Path, ja: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """The lines of a CSV file, without the spaces at the ends of a cell."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if missing := set(columns) - set(reader.fieldnames or ()):
                raise CityProblem(f"{ja}のファイルに列「{'、'.join(sorted(missing))}」がありません。ファイルを確認してください。")
            return [{column: (row[column] or "").strip() for column in columns} for row in reader]
    except UnicodeDecodeError:
        raise CityProblem(f"{ja}のファイルの文字コードがUTF-8ではありません。「CSV UTF-8」の形式で保存し直してください。") from None


@transaction.atomic
def import_towns(actor: Actor, edition: Iterable[Town], valid_from: date) -> Edition:
    """Take in a whole edition of the dictionary for the municipalities it holds; those it does not name stay as they are.

    学区 and 投票区 are the city's own: where the edition leaves them empty, what the city assigned stays.
    """
    audit.require(actor, CityPermission.DICTIONARY_IMPORT)
    given = list(edition)
    _must_be_good(_town_problems(given))
    if not given:
        raise CityProblem("住所辞書のファイルに町字がありません。ファイルを確認してください。")
    areas = {town.town_code[:5] for town in given}
    within = Q(pk__in=[])
    for area in areas:
        within |= Q(town_code__startswith=area)
    done = _take_in(models.Town, within, attrgetter("town_code"), {town.town_code: asdict(town) for town in given}, valid_from)
    audit.record(actor, CityPermission.DICTIONARY_IMPORT, detail={"dictionary": "town", "valid_from": valid_from.isoformat(), **asdict(done)})
    return done


@transaction.atomic
def import_buildings(actor: Actor, edition: Iterable[Building], valid_from: date) -> Edition:
    """Take in a whole edition of the 方書 of this city. A building that is renamed is one abolished and one added; the sheets stay as they are (N-1.3.4-01)."""
    audit.require(actor, CityPermission.DICTIONARY_IMPORT)
    given = list(edition)
    _must_be_good(_building_problems(given, valid_from))
    if not given:
        raise CityProblem("方書の辞書のファイルに方書がありません。ファイルを確認してください。")
    rows = {(lot_key(one.address), one.name): {"address": one.address, "address_key": lot_key(one.address), "name": one.name} for one in given}
    done = _take_in(models.Building, Q(), attrgetter("address_key", "name"), rows, valid_from)
    audit.record(actor, CityPermission.DICTIONARY_IMPORT, detail={"dictionary": "building", "valid_from": valid_from.isoformat(), **asdict(done)})
    return done


@transaction.atomic
def import_codes(actor: Actor, table: str, edition: Iterable[Code], valid_from: date) -> Edition:
    """Take in a whole edition of one code table, in the order given."""
    audit.require(actor, CityPermission.DICTIONARY_IMPORT)
    codes = list(edition)
    problems = [f"{at}行目: コードと名称を入力してください。" for at, code in enumerate(codes, 1) if not code.code.strip() or not code.ja.strip()]
    _must_be_good(problems + _twice(code.code for code in codes) + ([] if codes else ["コードがありません。"]))
    rows = {code.code: {"table": table, "code": code.code, "ja": code.ja, "order": at} for at, code in enumerate(codes, 1)}
    done = _take_in(models.CodeEntry, Q(table=table), attrgetter("code"), rows, valid_from)
    audit.record(actor, CityPermission.DICTIONARY_IMPORT, detail={"dictionary": table, "valid_from": valid_from.isoformat(), **asdict(done)})
    return done


# Any: a row of the model, and column values
def _take_in(model: type[db.Model], within: Q, key: Callable[[Any], Hashable], wanted: dict[Any, dict[str, Any]], valid_from: date) -> Edition:
    """Compare with what is in force on that day; a value None keeps what is there. A constant number of statements whatever the size.

    `key`: what a row is known by beside its period; `wanted` has the columns of the edition by it.
    """
    municipality = str(settings.INSTALLATION.municipality_code)
    ours = model._default_manager.filter(within, municipality_code=municipality)
    if ours.filter(valid_from__gt=valid_from).exists():
        raise CityProblem(f"{valid_from.isoformat()}より後の版が既に取り込まれています。適用日を確認してください。")
    present = {key(row): row for row in ours.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from))}
    for code in present.keys() & wanted.keys():
        wanted[code] = {name: getattr(present[code], name) if value is None else value for name, value in wanted[code].items()}
    stands = {code: row for code, row in present.items() if row.valid_to != row.valid_from}  # else an edition of this very day took it back
    same = {code for code, row in stands.items() if code in wanted and all(getattr(row, name) == value for name, value in wanted[code].items())}
    to_end = [row.pk for code, row in present.items() if code not in same]
    # What this very day's edition said before is replaced in place; older rows end on the day before.
    again = ours.filter(pk__in=to_end, valid_from=valid_from)
    corrected = {key(row): row for row in again}
    ours.filter(pk__in=to_end, valid_from__lt=valid_from).update(valid_to=valid_from - timedelta(days=1))
    again.filter(pk__in=[row.pk for code, row in corrected.items() if code not in wanted]).update(valid_to=valid_from)
    fresh = []
    for code, values in wanted.items():
        if code in corrected:
            for name, value in {**values, "valid_to": None}.items():
                setattr(corrected[code], name, value)
        elif code not in same:
            fresh.append(model(municipality_code=municipality, valid_from=valid_from, **values))
    model._default_manager.bulk_update([row for code, row in corrected.items() if code in wanted], [*next(iter(wanted.values())), "valid_to"], batch_size=1000)
    model._default_manager.bulk_create(fresh, batch_size=1000)
    changed = len(present.keys() & wanted.keys()) - len(same)
    return Edition(len(wanted.keys() - present.keys()), changed, len(present.keys() - wanted.keys()), len(same))


def _town_problems(towns: list[Town]) -> list[str]:
    problems = []
    for at, town in enumerate(towns, _FIRST_LINE):
        if not _TOWN_CODE.fullmatch(town.town_code):
            problems.append(f"{at}行目: 住所コード「{town.town_code}」は11桁の数字で、先頭2桁は都道府県コード（01〜47）です。")
        if not _POSTAL_CODE.fullmatch(town.postal_code):
            problems.append(f"{at}行目: 郵便番号「{town.postal_code}」は7桁の数字です。")
        if not (town.prefecture and town.municipality and town.oaza):
            problems.append(f"{at}行目: 都道府県・市区町村・大字を入力してください。")
        elif (known := _municipality_of(town.town_code)) != town.prefecture + town.municipality:
            found = f"市区町村は{known}です" if known else "市区町村コードは標準の表にありません"
            problems.append(f"{at}行目: 住所コード「{town.town_code}」の{found}。コードか市区町村名を直してください。")
    return problems + _twice(town.town_code for town in towns)


def _building_problems(given: list[Building], on: date) -> list[str]:
    """Every 方書 stands at a 番地 of a 町字 of this city, and no two at one 番地 differ only in how they are written."""
    ours = {lot_key(town.oaza + town.koaza) for town in towns(on, municipality=settings.INSTALLATION.municipality_name)}
    most_address, most_name = (models.Building._meta.get_field(name).max_length or 0 for name in BUILDING_COLUMNS)
    problems, seen = [], set()
    for at, one in enumerate(given, _FIRST_LINE):
        key, name = lot_key(one.address), search_key(one.name, SearchKind.ADDRESS)
        if not name or len(one.name) > most_name:
            problems.append(f"{at}行目: 方書を{most_name}文字以内で入力してください。")
        if len(one.address) > most_address or not any(key[:length] in ours and _LOT.match(key, length) for length in range(1, len(key))):
            problems.append(f"{at}行目: 住所「{one.address}」は、この市の町字から番地まで入力してください。")
        elif (key, name) in seen:
            problems.append(f"{at}行目: 住所「{one.address}」の方書「{one.name}」は、ほかの行と同じ方書です。一つにしてください。")
        seen.add((key, name))
    return problems


@cache
def _municipalities() -> Mapping[str, str]:
    """The five digits of a municipality without their check digit → its name with the prefecture (JIS X 0401, 0402)."""
    return {code[:5]: name for code, name in municipalities().items()}


def _municipality_of(town_code: str) -> str:
    return _municipalities().get(town_code[:5], "")


def _twice(codes: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    return [f"コード「{code}」が2回あります。" for code in codes if code in seen or seen.add(code)]  # type: ignore[func-returns-value]


def _must_be_good(problems: list[str]) -> None:
    if problems:
        shown = problems[:20]
        rest = f"\nほか{len(problems) - len(shown)}件" if len(problems) > len(shown) else ""
        raise CityProblem("取り込めません。次を直してください。\n" + "\n".join(shown) + rest)
