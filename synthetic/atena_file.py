"""架空の市の統合宛名 — the same made-up people as rows of layouts/atena_person.csv, each under the number that chukan's file has too."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from synthetic.people import Person
from synthetic.register_file import cell, newest

COLUMNS = (
    "integrated_atena_no", "atena_no", "individual_number", "name", "name_furigana", "birth_date", "sex_code", "address", "removed_on", "as_of",
)  # fmt: skip


def write(people: Iterable[Person], file: Path) -> int:
    """Write everybody, the removed too: they stay numbered. Returns the number of rows."""
    count = 0
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        for person in people:
            writer.writerow(row_of(person))
            count += 1
    return count


def row_of(person: Person) -> list[str]:
    """One person's row."""
    state = newest(person)
    address = f"{state['address']}\u3000{state['address_building']}" if state.get("address_building") else state["address"]
    furigana = state.get("foreign_name_katakana" if person.foreign is not None else "name_kana")
    values = (
        person.integrated_atena_no, person.atena_no, state["individual_number"], person.shown_name, furigana, state["birth_date"], state["sex_code"], address,
        state.get("closed_on"), f"{person.rows[-1].recorded_on.isoformat()}T10:{len(person.rows) - 1:02}:00+09:00",
    )  # fmt: skip
    return [cell(value) for value in values]
