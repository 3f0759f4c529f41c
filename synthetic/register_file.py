"""架空の市の住民基本台帳ファイル — made-up people as rows of layouts/resident_register.csv, one for each 履歴."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from synthetic.people import Cells, Person

_SYSTEM = ("atena_no", "recorded_at", "event_history_changed_item")
_EVENT = ("event_date", "event_notified_date", "event_reason_code", "event_cause_code", "event_class_code", "event_standard_code", "event_group")
_ENTRIES = (
    "name_kana", "name_kanji", "birth_date", "sex_code", "relationship_code", "householder_name", "became_resident_date", "became_resident_notified_date",
    "became_resident_reason_code", "juminhyo_created_date", "former_surname", "juminhyo_code", "individual_number", "address", "address_changed_date",
    "address_notified_date", "address_reason_code", "registered_domicile", "family_register_head_name", "previous_address", "planned_move_out_address",
    "planned_move_out_date", "planned_move_out_notified_date", "planned_move_out_reason_code", "nhi_qualified_flag", "nhi_acquired_date", "np_qualified_flag",
    "basic_pension_number", "np_category_code", "np_acquired_date", "electoral_roll_flag", "ltc_qualified_flag", "ltc_acquired_date",
    "late_elderly_qualified_flag", "late_elderly_acquired_date", "household_no", "order_in_household", "address_jurisdiction_code", "address_town_code",
    "address_building", "foreign_name_alphabet", "foreign_name_kanji", "foreign_alias", "foreign_name_katakana", "nationality_code", "article_30_45_class_code",
    "residence_status_code", "residence_period", "residence_expiry_date", "residence_card_no", "foreign_resident_since_date", "foreign_resident_notified_date",
    "foreign_resident_reason_code", "residence_notified_date", "surname_kana_notarised", "given_kana_notarised", "name_substitute", "former_surname_kana",
    "resident_kind", "address_postal_code", "moved_within_city", "previous_municipality_code", "foreign_alias_kana", "opened_on", "closed_on",
    "removal_reason_code", "removal_date", "user_certificate_serial",
)  # fmt: skip
COLUMNS = (*_SYSTEM, *_EVENT, *_ENTRIES)


def write(people: Iterable[Person], file: Path) -> int:
    """Write everybody; returns the number of rows."""
    count = 0
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        for person in people:
            for row in rows_of(person):
                writer.writerow(row)
                count += 1
    return count


def rows_of(person: Person) -> Iterator[list[str]]:
    """The rows of one person, in 記載順."""
    openings = {0, *person.spells}
    state: Cells = {}
    for at, row in enumerate(person.rows):
        opens = at in openings
        state = dict(row.entries) if opens else {**state, **row.entries}
        changed = "" if opens else " ".join(row.entries)
        yield [
            person.atena_no, f"{row.recorded_on.isoformat()}T10:{at:02}:00+09:00", changed,
            *[cell(row.event.get(name)) for name in _EVENT], *[cell(state.get(name)) for name in _ENTRIES],
        ]  # fmt: skip


def newest(person: Person) -> Cells:
    """What the newest row says."""
    state: Cells = {}
    for row in person.rows[person.spells[-1] if person.spells else 0 :]:
        state |= row.entries
    return state


def cell(value: object) -> str:
    """A value as the layouts write it."""
    if value is None:
        return ""
    if value is True:
        return "1"
    return value.isoformat().replace("-", "") if isinstance(value, date) else str(value)
