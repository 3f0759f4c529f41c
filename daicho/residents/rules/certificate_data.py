"""証明データ — what of a sheet konbini is told, and whether an event changed it. 住民基本台帳法第12条; S5-01, N-3.1-18."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from daicho.certificates.request import Omissible
from daicho.contracts.certificate_data_v1 import CertifiedEntries, CertifiedPerson
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.identity_info import became_resident
from daicho.residents.rules.on_certificate import CODED, NOT_AT_A_SHOP, CodeNames, is_code, unprintable
from daicho.residents.rules.vocabulary import ARTICLE_30_45, FOREIGN
from daicho.values.dates import JapaneseDate

_TOLD = (
    "resident_kind", "name_kanji", "name_kana", "surname_kana_notarised", "given_kana_notarised", "former_surname", "former_surname_kana", "birth_date",
    "sex_code", "householder_name", "relationship", "household_no", "order_in_household", "address", "address_building", "became_resident_date",
    "foreign_resident_since_date", "became_resident_notified_date", "foreign_resident_notified_date", "address_changed_date", "moved_within_city",
    "previous_address", "previous_address_building", "registered_domicile", "family_register_head_name", "remarks", "foreign_name_alphabet",
    "foreign_name_kanji", "foreign_name_katakana", "foreign_alias", "foreign_alias_kana", "nationality_code", "article_30_45_class_code",
    "residence_status_code", "residence_period", "residence_expiry_date", "user_certificate_serial", "issue_prohibited_setting", "closed_on",
)  # fmt: skip
"""What a certificate at a shop hangs on. Numbers, 個別記載事項, 通称の履歴 and the history are never printed there, so nobody is told of them."""


def certificate_changed(before: SheetEntries | None, after: SheetEntries) -> bool:
    """Whether konbini must be told: an entry, a removal, a 発行禁止, or a change of what a certificate there can show."""
    return before is None or any(getattr(before, name) != getattr(after, name) for name in _TOLD)


@dataclass(frozen=True)
class Told:
    """Whose data: `serial` is the number in the clear, for the contract alone; `on` the day, which says who is removed by now."""

    atena_no: str
    history_no: int
    serial: str | None
    on: date


def certified_person(entries: SheetEntries, told: Told, names: CodeNames) -> CertifiedPerson:
    """One person as of now. `names`: the words of the codes that the sheet bears. Of who is removed only that."""
    removed = entries.closed_on is not None and entries.closed_on <= told.on
    return CertifiedPerson(
        atena_no=told.atena_no,
        history_no=told.history_no,
        household_no=entries.household_no,
        order_in_household=entries.order_in_household,
        user_certificate_serial=told.serial,
        closes_on=entries.closed_on,
        is_prohibited=entries.issue_prohibited_setting is not None,
        entries=None if removed else certified_entries(entries, names),
    )


def certified_entries(entries: SheetEntries, names: CodeNames) -> CertifiedEntries:
    """What paper can show, and what it could not show as the law wants it."""
    foreign = entries.resident_kind == FOREIGN
    unsaid = {key for key, _ in unprintable(entries, frozenset(Omissible) - NOT_AT_A_SHOP, names) if key}
    return CertifiedEntries(
        resident_kind=entries.resident_kind or "",
        name_kanji=entries.name_kanji,
        name_kana=entries.name_kana,
        surname_kana_notarised=entries.surname_kana_notarised,
        given_kana_notarised=entries.given_kana_notarised,
        former_surname=entries.former_surname,
        former_surname_kana=entries.former_surname_kana,
        birth_date=_encoded(entries.birth_date),
        sex_code=entries.sex_code,
        householder_name=entries.householder_name,
        relationship=entries.relationship,
        address=entries.address,
        address_building=entries.address_building,
        became_resident_date=_encoded(became_resident(entries)),
        address_changed_date=_encoded(entries.address_changed_date),
        moved_within_city=entries.moved_within_city,
        filed_on=entries.foreign_resident_notified_date if foreign else entries.became_resident_notified_date,
        previous_address=entries.previous_address,
        previous_address_building=entries.previous_address_building,
        registered_domicile=entries.registered_domicile,
        family_register_head_name=entries.family_register_head_name,
        remarks=entries.remarks,
        foreign_name_alphabet=entries.foreign_name_alphabet,
        foreign_name_kanji=entries.foreign_name_kanji,
        foreign_name_katakana=entries.foreign_name_katakana,
        foreign_alias=entries.foreign_alias,
        foreign_alias_kana=entries.foreign_alias_kana,
        nationality=_word(entries, "nationality_code", names),
        residence_class=dict(ARTICLE_30_45).get(entries.article_30_45_class_code or ""),
        residence_status=_word(entries, "residence_status_code", names),
        residence_period=entries.residence_period,
        residence_expiry_date=entries.residence_expiry_date,
        unprintable=tuple(sorted(unsaid)),
    )


def codes_of(entries: SheetEntries) -> Mapping[str, str]:
    """Table → code of the entries whose words the city's tables keep."""
    return {coded.table: value for coded in CODED if is_code(value := getattr(entries, coded.entry))}


def _word(entries: SheetEntries, entry: str, names: CodeNames) -> str | None:
    value: str | None = getattr(entries, entry)
    if not is_code(value):
        return value
    return next((names.get(coded.table, {}).get(str(value)) for coded in CODED if coded.entry == entry), None)


def _encoded(day: JapaneseDate | None) -> str | None:
    return day.encode() if day else None
