"""住民票の見せ方 — the entries of a sheet in groups, as the card shows them: what always stands there, and the rest where it is filled. 住民基本台帳法第7条."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from daicho.residents.rules.entries import ENTRIES, Kind, SheetEntries
from daicho.residents.rules.entry_words import entry_label, entry_text, is_in_glyphs
from daicho.residents.rules.resident_status import STATUSES, status_of
from daicho.residents.rules.vocabulary import FOREIGN, word


@dataclass(frozen=True)
class Fact:
    """One entry as drawn. `masked`: a number that is there and not shown; `shown`: the same after it was opened."""

    name: str
    label: str
    text: str
    in_glyphs: bool
    masked: bool = False
    shown: bool = False


@dataclass(frozen=True)
class FactGroup:
    title: str
    facts: tuple[Fact, ...]


GROUPS: tuple[tuple[str, str], ...] = (
    (
        "氏名",
        "name_kanji name_kana surname_kana_notarised given_kana_notarised name_kana_confirmed former_surname former_surname_kana"
        " former_surname_kana_confirmed foreign_name_alphabet foreign_name_kanji"
        " foreign_name_katakana foreign_alias foreign_alias_kana foreign_alias_kana_confirmed name_priority_code mailing_name_code alias_history_order alias_history_alias alias_history_entered_municipality alias_history_entered_municipality_code"
        " alias_history_entered_date alias_history_deleted_municipality alias_history_deleted_municipality_code alias_history_deleted_date name_substitute search_kana gaiji_missing_setting",
    ),
    ("生年月日・性別", "birth_date sex_code resident_kind"),
    (
        "世帯",
        "householder_name relationship household_no order_in_household household_identifier de_facto_householder_name",
    ),
    (
        "住所",
        "address address_building address_postal_code address_changed_date address_notified_date address_reason_code moved_within_city"
        " address_jurisdiction_code address_town_code elementary_school_district_code junior_high_school_district_code polling_district_code",
    ),
    (
        "住民となった日",
        "became_resident_date became_resident_notified_date became_resident_reason_code foreign_resident_since_date foreign_resident_notified_date"
        " foreign_resident_reason_code juminhyo_created_date opened_on",
    ),
    ("番号", "juminhyo_code individual_number residence_card_no basic_pension_number user_certificate_serial sign_certificate_serial"),
    ("カード", "my_number_card_status_code juki_card_status_code"),
    ("本籍", "registered_domicile family_register_head_name"),
    (
        "外国人住民",
        "nationality_code article_30_45_class_code residence_status_code residence_period residence_expiry_date special_permanent_cert_issued_date"
        " residence_notified residence_notified_date landing_permit_move_in alien_registration_date",
    ),
    (
        "従前の住所・転出",
        "previous_address previous_address_building previous_postal_code previous_address_code previous_municipality_code last_registered_address planned_move_out_address planned_move_out_building"
        " planned_move_out_postal_code planned_move_out_address_code planned_move_out_date planned_move_out_notified_date planned_move_out_reason_code confirmed_move_out_address"
        " confirmed_move_out_building confirmed_move_out_postal_code confirmed_move_out_address_code confirmed_move_out_date confirmed_move_out_notified_date"
        " confirmed_move_out_reason_code",
    ),
    (
        "除票",
        "closed_on removal_reason_code removal_date removal_notified_date deleted_record_error_found_date deleted_record_error_place deleted_record_error_reason_code"
        " deleted_record_error_reason_text deleted_record_correct_text corrected_birth_date corrected_name_kana corrected_name"
        " corrected_birth_uncertain_pattern_code corrected_birth_uncertain_from corrected_birth_uncertain_to corrected_birth_uncertain_short_text"
        " corrected_birth_uncertain_text",
    ),
    (
        "個別記載事項",
        "electoral_roll_flag nhi_qualified_flag nhi_acquired_date nhi_lost_date nhi_retiree_class_code nhi_not_applicable_flag late_elderly_qualified_flag"
        " late_elderly_acquired_date late_elderly_lost_date ltc_qualified_flag ltc_acquired_date ltc_lost_date np_qualified_flag np_category_code"
        " np_acquired_date np_category_changed_date np_lost_date child_allowance_start_date child_allowance_end_date",
    ),
    (
        "備考・設定",
        "remarks summary_note sticky_note warning_info issue_prohibited_setting care_facility_setting adult_ward number_notice_destination optional_items",
    ),
)
_OF_STATUS = "生年月日・性別"
"""The group in which 住民種別 stands, and beside it 住民状態, which nobody writes (std 1.1.1)."""
_BOTH = frozenset(
    ["birth_date", "sex_code", "householder_name", "relationship", "household_no", "address", "address_changed_date", "juminhyo_code", "individual_number"]
)
_ALWAYS = {
    False: _BOTH | frozenset(["name_kanji", "name_kana", "became_resident_date", "registered_domicile", "family_register_head_name", "previous_address"]),
    True: _BOTH | frozenset(["foreign_name_alphabet", "foreign_resident_since_date", "nationality_code", "article_30_45_class_code", "residence_status_code"]),
}
"""Entries that stand on every sheet of a kind: there an empty one is told; elsewhere it is left out."""


def groups_of(entries: SheetEntries, on: date, *, shown: Mapping[str, str] | None = None, names: Mapping[str, str] | None = None) -> tuple[FactGroup, ...]:
    """The sheet in groups, as of a day; empty groups are left out. `shown`: numbers opened for this page; `names`: words of codes that the city keeps."""
    always = _ALWAYS[entries.resident_kind == FOREIGN]
    found = []
    for title, named in GROUPS:
        facts = tuple(_fact(n, entries, shown or {}, names or {}) for n in named.split() if n in always or getattr(entries, n) is not None)
        if title == _OF_STATUS:
            facts = (*facts, Fact("resident_status", "住民状態", word(STATUSES, status_of(entries, on)), False))
        if facts:
            found.append(FactGroup(title, facts))
    return tuple(found)


def _fact(name: str, entries: SheetEntries, shown: Mapping[str, str], names: Mapping[str, str]) -> Fact:
    if ENTRIES[name].kind is Kind.NUMBER:
        there = getattr(entries, name) is not None
        return Fact(name, entry_label(name), shown.get(name, ""), False, there and name not in shown, name in shown)
    text = entry_text(name, entries)
    return Fact(name, entry_label(name), names.get(name, text), is_in_glyphs(name))
