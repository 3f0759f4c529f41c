"""住所辞書・番地・方書・コード表の取込み — whole editions from CSV, and by `daicho import`: added, changed, abolished from a day on. 標準1.3.2–1.3.4.

An edition is whole: what it lacks is abolished with the day before, and stays readable (N-1.3.3-03). The file is checked to the end
first; with any problem nothing is taken in. What officers take in waits for another officer (`dictionary_changes.py`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from daicho import audit
from daicho.audit.actor import Actor
from daicho.city.dictionaries import BUILDINGS, LOTS, TOWNS, Dictionary, Row, table
from daicho.city.dictionary_faults import faults_of, told
from daicho.city.differences import Compared, compare, put
from daicho.city.errors import CityProblem
from daicho.city.permissions import CityPermission
from daicho.city.values import Building, Code, Lot, Town

TOWN_COLUMNS = tuple(column.name for column in TOWNS.columns)
LOT_COLUMNS = tuple(column.name for column in LOTS.columns)
BUILDING_COLUMNS = tuple(column.name for column in BUILDINGS.columns)
_NEW_TOWN_COLUMNS = frozenset(TOWN_COLUMNS[9:])  # a file of the layout before them is read as well
FIRST_LINE = 2  # of a file, under its heading
_SHOWN = 200


@dataclass(frozen=True)
class Edition:
    """What an import did."""

    added: int
    changed: int
    abolished: int
    unchanged: int


def read_rows(of: Dictionary, contents: bytes) -> list[Row]:
    """The rows of a CSV file with the dictionary's columns (UTF-8), without the spaces at the ends of a cell. CityProblem when it cannot be read."""
    try:
        reader = csv.DictReader(io.StringIO(contents.decode("utf-8-sig"), newline=""))
        if missing := [column.name for column in of.columns if column.name not in (reader.fieldnames or ()) and column.name not in _NEW_TOWN_COLUMNS]:
            raise CityProblem(f"{of.ja}のファイルに列「{'、'.join(missing)}」がありません。ファイルを確認してください。")
        return [{column.name: (row.get(column.name) or "").strip() or (None if column.keeps else "") for column in of.columns} for row in reader]
    except UnicodeDecodeError:
        raise CityProblem(f"{of.ja}のファイルの文字コードがUTF-8ではありません。「CSV UTF-8」の形式で保存し直してください。") from None
    except csv.Error:
        raise CityProblem(f"{of.ja}のファイルをCSVとして読めません。形式を確認してください。") from None


def read_towns(path: Path) -> list[Town]:
    """The 町字 of a CSV file with the columns TOWN_COLUMNS."""
    return [Town(**row) for row in read_rows(TOWNS, path.read_bytes())]  # type: ignore[arg-type]  # None only where a Town may have it


def read_buildings(path: Path) -> list[Building]:
    """The 方書 of a CSV file with the columns BUILDING_COLUMNS."""
    return [Building(**row) for row in read_rows(BUILDINGS, path.read_bytes())]  # type: ignore[arg-type]  # as above


def read_lots(path: Path) -> list[Lot]:
    """The 番地 of a CSV file with the columns LOT_COLUMNS."""
    return [Lot(**row) for row in read_rows(LOTS, path.read_bytes())]  # type: ignore[arg-type]  # as above


def judged(of: Dictionary, rows: Sequence[Row], valid_from: date) -> Compared:
    """The edition compared with what is in force; CityProblem with every line that is wrong."""
    must_be_good(told(faults_of(of, rows, valid_from), FIRST_LINE))
    if not rows:
        raise CityProblem(f"{of.ja}のファイルに{of.of}がありません。ファイルを確認してください。")
    return compare(of, rows, valid_from)


@transaction.atomic
def import_edition(actor: Actor, of: Dictionary, rows: Sequence[Row], valid_from: date) -> Edition:
    """Take in a whole edition at once, as the installation does. Of 町字 for the municipalities, of 番地 for the 町字 that it names."""
    audit.require(actor, CityPermission.DICTIONARY_IMPORT)
    compared = judged(of, rows, valid_from)
    put(of, compared.differences, valid_from)
    done = Edition(*compared.counts, compared.unchanged)
    audit.record(actor, CityPermission.DICTIONARY_IMPORT, detail={"dictionary": of.code, "valid_from": valid_from.isoformat(), **asdict(done)})
    return done


def import_towns(actor: Actor, edition: Iterable[Town], valid_from: date) -> Edition:
    """学区, 投票区 and 行政区 are the city's own: where the edition leaves them empty, what the city assigned stays."""
    return import_edition(actor, TOWNS, [asdict(town) for town in edition], valid_from)


def import_buildings(actor: Actor, edition: Iterable[Building], valid_from: date) -> Edition:
    """A building that is renamed is one abolished and one added; the sheets stay as they are (N-1.3.4-01)."""
    return import_edition(actor, BUILDINGS, [asdict(building) for building in edition], valid_from)


def import_lots(actor: Actor, edition: Iterable[Lot], valid_from: date) -> Edition:
    return import_edition(actor, LOTS, [asdict(lot) for lot in edition], valid_from)


def import_codes(actor: Actor, code_table: str, edition: Iterable[Code], valid_from: date) -> Edition:
    """Take in a whole edition of one code table, in the order given."""
    return import_edition(actor, table(code_table), [asdict(code) for code in edition], valid_from)


def must_be_good(problems: list[str]) -> None:
    if problems:
        shown = problems[:_SHOWN]
        rest = f"\nほか{len(problems) - len(shown)}件" if len(problems) > len(shown) else ""
        raise CityProblem("取り込めません。次を直してください。\n" + "\n".join(shown) + rest)
