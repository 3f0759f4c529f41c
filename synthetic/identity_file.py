"""架空の市の本人確認情報ファイル — the same made-up people as rows of layouts/identity_confirmation.csv: 更新順番号 1, the removed as removed."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from daicho.values.characters import gaiji_count
from synthetic.people import Person
from synthetic.register_file import cell, newest

_CITY_CODE = "012033"
_REASONS = {  # list update_reason, update_detail of layouts/codes.csv
    "domestic_move_in": ("11", "01"), "birth": ("12", ""), "relocation": ("31", ""), "kana_entry": ("32", "22"), "former_surname_entry": ("32", "23"),
    "move_out": ("21", "11"), "death": ("22", ""), "ex_officio_removal": ("23", "13"),
}  # fmt: skip
COLUMNS = (
    "juminhyo_code", "name_kanji", "name_gaiji_count", "name_furigana", "birth_date", "sex_code", "municipality_code", "town_code", "postal_code", "address",
    "address_gaiji_count", "individual_number", "became_resident_date", "address_fixed_date", "notified_date", "previous_municipality_code", "previous_address",
    "previous_address_gaiji_count", "relationship", "event_reason_code", "event_date", "event_reason_detail_code", "operator_id", "terminal_id",
    "update_sequence_no", "planned_person_flag", "former_surname_kanji", "former_surname_gaiji_count", "former_surname_furigana",
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
    state, told = newest(person), person.rows[-1].event
    reason, detail = _REASONS[str(told["event_reason_code"])]
    address = f"{state['address']}\u3000{state['address_building']}" if state.get("address_building") else str(state["address"])
    previous, former = state.get("previous_address"), state.get("former_surname")
    foreign = person.foreign is not None
    values = (
        state["juminhyo_code"], person.shown_name, gaiji_count(person.shown_name), state.get("foreign_name_katakana" if foreign else "name_kana"),
        state["birth_date"], state["sex_code"], _CITY_CODE, state["address_town_code"], state["address_postal_code"], address, gaiji_count(address),
        state["individual_number"], state["foreign_resident_since_date" if foreign else "became_resident_date"], state["address_changed_date"],
        state["foreign_resident_notified_date" if foreign else "became_resident_notified_date"], state.get("previous_municipality_code"), previous,
        gaiji_count(str(previous)) if previous else None, state["relationship_code"], reason, told["event_date"], detail, "migration", "migration", 1, "0",
        former, gaiji_count(str(former)) if former else None, state.get("former_surname_kana"),
    )  # fmt: skip
    return [cell(value) for value in values]
