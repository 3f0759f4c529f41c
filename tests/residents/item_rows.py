"""標準の行と項目 — which items of the record each row of std 1.1.1 and 1.1.2 is about, and which rows are shown elsewhere."""

from __future__ import annotations

_BOTH = {
    "sex": "sex_code",
    "relationship": "householder_name relationship",
    "address": "address address_building",
    "fixed": "address_changed_date",
    "filed": "address_notified_date",
    "former": "previous_address",
    "number": "individual_number",
    "nhi": "nhi_qualified_flag nhi_acquired_date nhi_lost_date",
    "late_elderly": "late_elderly_qualified_flag late_elderly_acquired_date late_elderly_lost_date",
    "ltc": "ltc_qualified_flag ltc_acquired_date ltc_lost_date",
    "np": "np_qualified_flag basic_pension_number np_category_code np_category_changed_date np_acquired_date np_lost_date",
    "allowance": "child_allowance_start_date child_allowance_end_date",
    "code": "juminhyo_code",
    "removal_reason": "removal_reason_code",
    "planned": "planned_move_out_address",
    "removal_date": "removal_date",
    "household": "household_no",
    "town": "address_town_code",
    "postal": "address_postal_code",
    "former_codes": "previous_address_code previous_postal_code",
    "last": "last_registered_address",
    "cards": "my_number_card_status_code juki_card_status_code",
    "ward": "adult_ward",
    "sign": "sign_certificate_serial",
    "user": "user_certificate_serial",
}


def _rows(section: str, **numbers: str) -> dict[str, str]:
    return {f"N-{section}-{number}": _BOTH[name] for name, number in numbers.items()}


ROWS = {
    **_rows(
        "1.1.1", sex="05", relationship="06", address="09", fixed="10", filed="11", former="12", number="13", nhi="15", late_elderly="16", ltc="17", np="18",
        allowance="19", code="20", removal_reason="21", planned="22", removal_date="23", household="25", town="38", postal="39", former_codes="40",
        last="41", cards="42", ward="43", sign="45", user="46",
    ),
    **_rows(
        "1.1.2", sex="10", relationship="11", fixed="12", address="13", filed="14", former="15", number="16", nhi="17", late_elderly="18", ltc="19", np="20",
        allowance="21", code="22", removal_reason="32", planned="33", removal_date="34", household="36", town="51", postal="52", former_codes="53",
        last="54", cards="57", ward="58", sign="60", user="61",
    ),
    "N-1.1.1-02": "name_kanji", "N-1.1.1-03": "former_surname", "N-1.1.1-04": "birth_date", "N-1.1.1-07": "registered_domicile family_register_head_name",
    "N-1.1.1-08": "became_resident_date", "N-1.1.1-14": "electoral_roll_flag", "N-1.1.1-34": "name_kana", "N-1.1.1-35": "name_kana_confirmed",
    "N-1.1.1-36": "former_surname_kana", "N-1.1.1-37": "former_surname_kana_confirmed", "N-1.1.1-47": "confirmed_move_out_address",
    "N-1.1.1-48": "removal_notified_date", "N-1.1.1-49": "confirmed_move_out_notified_date", "N-1.1.1-50": "confirmed_move_out_date planned_move_out_date",
    "N-1.1.1-52": "planned_move_out_address_code planned_move_out_postal_code",
    "N-1.1.1-53": "confirmed_move_out_address_code confirmed_move_out_postal_code",
    "N-1.1.2-02": "foreign_name_kanji", "N-1.1.2-03": "foreign_name_alphabet", "N-1.1.2-04": "foreign_alias", "N-1.1.2-05": "alias_history_entered_date",
    "N-1.1.2-06": "alias_history_entered_municipality", "N-1.1.2-07": "alias_history_deleted_date", "N-1.1.2-08": "alias_history_deleted_municipality",
    "N-1.1.2-09": "birth_date", "N-1.1.2-23": "foreign_resident_since_date", "N-1.1.2-24": "alien_registration_date", "N-1.1.2-25": "nationality_code",
    "N-1.1.2-45": "name_kana", "N-1.1.2-46": "name_kana_confirmed", "N-1.1.2-47": "foreign_alias_kana", "N-1.1.2-48": "foreign_alias_kana_confirmed",
    "N-1.1.2-49": "alias_history_entered_municipality_code", "N-1.1.2-50": "alias_history_deleted_municipality_code", "N-1.1.2-55": "residence_notified",
    "N-1.1.2-56": "landing_permit_move_in", "N-1.1.2-62": "name_priority_code",
}  # fmt: skip

ELSEWHERE = {
    **dict.fromkeys(("N-1.1.1-01",), "test_every_item.py itself"),
    **dict.fromkeys(("N-1.1.1-24", "N-1.1.2-35"), "宛名番号: test_numbers_kept.py"),
    **dict.fromkeys(("N-1.1.1-26", "N-1.1.2-37"), "並び順: test_member_order.py"),
    **dict.fromkeys(("N-1.1.1-27", "N-1.1.2-38", "N-1.1.1-44", "N-1.1.2-59"), "異動履歴: test_record_rows.py"),
    **dict.fromkeys(("N-1.1.1-28", "N-1.1.1-29", "N-1.1.1-51", "N-1.1.2-39", "N-1.1.2-40"), "住民状態・住民種別: test_record_rows.py"),
    **dict.fromkeys(("N-1.1.1-30", "N-1.1.2-41"), "交付履歴: test_issued_record.py"),
    **dict.fromkeys(("N-1.1.1-31", "N-1.1.1-32", "N-1.1.1-33", "N-1.1.2-42", "N-1.1.2-43", "N-1.1.2-44"), "抑止・備考・メモ: of other parts"),
    **dict.fromkeys(("N-1.1.2-01", "N-1.1.2-26", "N-1.1.2-27", "N-1.1.2-28", "N-1.1.2-29", "N-1.1.2-30", "N-1.1.2-31"), "法第30条の45: test_record_rows.py"),
}
"""Rows that are about more than the value of an item."""
