"""架空の市の庁内連携の対象者 — the same made-up people as rows of layouts/transfer_person.csv; of those who died there is none."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from synthetic.people import Person
from synthetic.register_file import cell, newest

COLUMNS = (
    "atena_no", "history_no", "recorded_at", "name_kanji", "name_kana", "birth_date", "sex_code", "address_postal_code", "address", "address_building",
    "household_no", "relationship", "householder_name", "event_reason", "event_date", "opened_on", "removed_on", "removal_reason",
)  # fmt: skip


def write(people: Iterable[Person], file: Path) -> int:
    """Write everybody who is a subject; returns the number of rows."""
    count = 0
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        for person in people:
            if newest(person).get("removal_reason_code") != "death":
                writer.writerow(row_of(person))
                count += 1
    return count


def row_of(person: Person) -> list[str]:
    """One person's row, with the 履歴番号 and the moment of the newest row of the register's file."""
    state, last = newest(person), person.rows[-1]
    kana = state.get("foreign_name_katakana") if person.foreign else state.get("name_kana")
    values = (
        person.atena_no, len(person.rows), f"{last.recorded_on.isoformat()}T10:{len(person.rows) - 1:02}:00+09:00", person.shown_name, kana,
        state["birth_date"], state["sex_code"], state["address_postal_code"], state["address"], state.get("address_building"), state["household_no"],
        state["relationship_code"], state["householder_name"], last.event["event_standard_code"], last.event["event_date"], state["opened_on"],
        state.get("closed_on"), state.get("removal_reason_code"),
    )  # fmt: skip
    return [cell(value) for value in values]
