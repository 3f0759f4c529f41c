"""架空の市の証明データ — the same made-up people as rows of layouts/certificate_data.csv: those who live in the city, as konbini holds them."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from daicho.city.sample import NATIONALITIES
from daicho.residents.rules.vocabulary import ARTICLE_30_45
from synthetic.people import Person
from synthetic.register_file import cell, newest

_AS_THEY_ARE = (
    "household_no", "order_in_household", "user_certificate_serial", "resident_kind", "name_kanji", "name_kana", "surname_kana_notarised",
    "given_kana_notarised", "former_surname", "former_surname_kana", "birth_date", "sex_code", "householder_name", "address", "address_building",
    "address_changed_date", "moved_within_city", "previous_address", "registered_domicile", "family_register_head_name", "foreign_name_alphabet",
    "foreign_name_kanji", "foreign_name_katakana", "foreign_alias", "foreign_alias_kana", "residence_period", "residence_expiry_date",
)  # fmt: skip
COLUMNS = (
    "atena_no", "history_no", "closes_on", "is_prohibited", *_AS_THEY_ARE, "relationship", "became_resident_date", "filed_on", "nationality", "residence_class",
    "residence_status",
)  # fmt: skip
_NATIONS, _CLASSES = {code.code: code.ja for code in NATIONALITIES}, dict(ARTICLE_30_45)


def write(people: Iterable[Person], file: Path) -> int:
    """Write everybody who is not removed; returns the number of rows."""
    count = 0
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        for person in people:
            if newest(person).get("removal_reason_code") is None:
                writer.writerow(row_of(person))
                count += 1
    return count


def row_of(person: Person) -> list[str]:
    """One person's row."""
    state, foreign = newest(person), person.foreign is not None
    became = "foreign_resident_since_date" if foreign else "became_resident_date"
    filed = "foreign_resident_notified_date" if foreign else "became_resident_notified_date"
    values = (
        person.atena_no, len(person.rows), state.get("closed_on"), "0", *(state.get(name) for name in _AS_THEY_ARE), state.get("relationship_code"),
        state.get(became), state.get(filed), _NATIONS.get(str(state.get("nationality_code"))), _CLASSES.get(str(state.get("article_30_45_class_code"))),
        state.get("residence_status_code"),
    )  # fmt: skip
    return [cell(value) for value in values]
