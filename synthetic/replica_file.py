"""架空の市の副本 — the same made-up people as rows of layouts/replica.csv, each under the number that atena's file has too, the removed as removed.

The key of comparison is empty: residents makes it, and tells it with the next event of the person.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from daicho.values.dates import JapaneseDate
from synthetic.people import END, Person
from synthetic.register_file import newest

_CITY_CODE = "012033"
COLUMNS = (
    "municipality_code", "integrated_atena_no", "register_key", "as_of", "state", "removed_on", "name_kana", "name_kanji", "birth_date", "sex_code",
    "relationship", "householder_name", "became_resident_date", "became_resident_notified_date", "became_resident_reason_code", "juminhyo_created_date",
    "former_surname", "address", "address_changed_date", "address_notified_date", "address_reason_code",
)  # fmt: skip


def write(people: Iterable[Person], file: Path) -> int:
    """Write everybody; returns the number of rows."""
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
    state, foreign = newest(person), person.foreign is not None
    closed_on = state.get("closed_on")
    removed = isinstance(closed_on, date) and closed_on <= END
    became = "foreign_resident_{}" if foreign else "became_resident_{}"
    address = f"{state['address']}\u3000{state['address_building']}" if state.get("address_building") else str(state["address"])
    values = (
        _CITY_CODE, person.integrated_atena_no, "", f"{person.rows[-1].recorded_on.isoformat()}T10:{len(person.rows) - 1:02}:00+09:00",
        "removed" if removed else "current", closed_on if removed else None, state.get("foreign_name_katakana" if foreign else "name_kana"),
        person.shown_name, _uncertain(state["birth_date"], foreign), state["sex_code"], state["relationship_code"], state.get("householder_name"),
        _uncertain(state.get(became.format("since_date" if foreign else "date")), False), state.get(became.format("notified_date")),
        state.get(became.format("reason_code")), state.get("juminhyo_created_date"), state.get("former_surname"), address,
        _uncertain(state.get("address_changed_date"), False), state.get("address_notified_date"), state.get("address_reason_code"),
    )  # fmt: skip
    return [value.isoformat() if isinstance(value, date) else str(value) if value is not None else "" for value in values]


def _uncertain(value: object, western: bool) -> str | None:
    """A date as a contract has it. What is uncertain is written so already."""
    if isinstance(value, date):
        return JapaneseDate.of(value, western=western).encode()
    return None if value is None else str(value)
