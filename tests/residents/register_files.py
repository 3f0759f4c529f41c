"""様式のファイル — rows of file (1), taken in and written out, for tests."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from daicho.residents.commands import importing
from daicho.residents.commands.importing import import_register
from daicho.residents.queries.exporting import What, export_rows
from daicho.residents.rules.register_layout import items
from daicho.values.made_up import made_up_juminhyo_code, made_up_residence_card_no
from tests.cast import ALL, officer

OPERATOR = officer(9, "取込　担当", ALL)

Cells = dict[str, str]


def person(no: int, **cells: str) -> Cells:
    """A Japanese resident alone in a household, with what may not be empty."""
    return {
        "atena_no": f"{no:010}", "juminhyo_no": str(1000 + no), "name_kanji": "花園　太郎", "name_kana": "ハナゾノ　タロウ", "birth_date": "S55-03-09", "sex_code": "1",
        "relationship_code": "世帯主", "householder_name": "花園　太郎", "household_no": f"{no:09}0", "order_in_household": "1", "address": "北海道小樽市花園2丁目12番1号",
        "became_resident_date": "H20-04-01", "registered_domicile": "なし", "family_register_head_name": "花園　太郎", "resident_kind": "1", "opened_on": "20080401",
        "juminhyo_code": str(made_up_juminhyo_code(no)), "recorded_at": "2008-04-02T10:00:00+09:00", **cells,
    }  # fmt: skip


def foreigner(no: int, **cells: str) -> Cells:
    without = {
        name: value
        for name, value in person(no).items()
        if name not in ("registered_domicile", "family_register_head_name", "became_resident_date", "name_kanji", "name_kana")
    }
    return {
        **without, "resident_kind": "2", "foreign_name_alphabet": "NGUYEN VAN AN", "article_30_45_class_code": "1", "nationality_code": "VNM",
        "residence_card_no": str(made_up_residence_card_no(no)), "foreign_resident_since_date": "2008-04-01", "householder_name": "NGUYEN VAN AN", **cells,
    }  # fmt: skip


def write(folder: Path, rows: Iterable[Mapping[str, str]], name: str = "in.csv") -> Path:
    rows = list(rows)
    file = folder / name
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(dict.fromkeys(column for row in rows for column in row)), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return file


def take_in(folder: Path, *rows: Mapping[str, str]) -> importing.Imported:
    return import_register(OPERATOR, write(folder, rows), processes=0)


def come_out(what: What | None = None) -> list[Cells]:
    return [dict(zip(items(), cells, strict=True)) for cells in export_rows(what or What(numbers=True))]
