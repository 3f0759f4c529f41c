"""記載事項の表 — for each kind of resident the events that set every item of the record and put it right, with the value each leaves. std 1.1.1, 1.1.2; file (1).

A step says what is typed and what stands on the sheet afterwards: digits of numbers, days as they are encoded. An item that no step names
must not move by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from daicho.values.made_up import (
    made_up_individual_number,
    made_up_juminhyo_code,
    made_up_residence_card_no,
    made_up_sign_certificate_serial,
    made_up_user_certificate_serial,
)

Values = Mapping[str, object]


@dataclass(frozen=True)
class Step:
    """One event. `member`: what is typed of the person; `filing`: of the event itself; `leaves`: what stands on the sheet after it.

    `is_exact`: nothing else moves; not of what opens a sheet.
    """

    event: str
    reason: str
    member: Mapping[str, str] = field(default_factory=dict)
    leaves: Values = field(default_factory=dict)
    filing: Mapping[str, str] = field(default_factory=dict)
    is_exact: bool = True


def corrected(**said: tuple[str, object] | str) -> tuple[dict[str, str], dict[str, object]]:
    """What is typed into fields named as the items, and what it leaves: the same, unless told otherwise."""
    return {n: v if isinstance(v, str) else v[0] for n, v in said.items()}, {n: v if isinstance(v, str) else v[1] for n, v in said.items()}


def step(event: str, reason: str, filing: Mapping[str, str] | None = None, more: Values | None = None, **said: tuple[str, object] | str) -> Step:
    typed, leaves = corrected(**said)
    return Step(event, reason, typed, leaves | dict(more or {}), filing or {})


# ------------------------------------------------------------------------------------------------------------ what both kinds have
_CAME = {
    "effective_on": "令和8年4月1日", "filed_on": "令和8年4月3日", "filer": "self", "address": "花園2丁目12番1号", "address_building": "青空荘101号",
    "address_postal_code": "047-0024", "address_town_code": "01203001000", "household_choice": "new", "previous_municipality_code": "札幌市北区",
    "previous_address": "北海道札幌市北区北8条西5丁目1番", "previous_address_building": "北荘1号", "previous_postal_code": "001-0010",
    "previous_address_code": "01102001000", "last_registered_address": "北海道札幌市北区北8条西5丁目1番", "last_registered_municipality_code": "札幌市北区",
}  # fmt: skip
_CAME_LEAVES = {
    "address": "北海道小樽市花園2丁目12番1号", "address_building": "青空荘101号", "address_postal_code": "0470024", "address_town_code": "01203001000",
    "address_changed_date": "R8-04-01", "address_notified_date": "2026-04-03", "address_reason_code": "domestic_move_in", "moved_within_city": False,
    "previous_municipality_code": "011029", "previous_address": "北海道札幌市北区北8条西5丁目1番", "previous_address_building": "北荘1号",
    "previous_postal_code": "0010010", "previous_address_code": "01102001000", "last_registered_address": "北海道札幌市北区北8条西5丁目1番",
    "opened_on": "2026-04-01", "juminhyo_created_date": "2026-04-10", "order_in_household": 1, "relationship": "世帯主",
}  # fmt: skip
_PERSON, _PERSON_LEAVES = corrected(
    name_kana_confirmed=("no", False), my_number_card_status_code="none", juki_card_status_code="none", adult_ward=("no", False), remarks="備考文A",
    sex_code="1", user_certificate_serial=str(made_up_user_certificate_serial(71)), sign_certificate_serial=str(made_up_sign_certificate_serial(72)),
    juminhyo_code=str(made_up_juminhyo_code(71)), individual_number=str(made_up_individual_number(71)),
)  # fmt: skip
_COMMON_CORRECTION: dict[str, tuple[str, object] | str] = {
    "sex_code": "2", "address": "北海道小樽市色内1丁目3番5号", "address_building": "青空荘201号", "address_postal_code": ("047-0032", "0470032"),
    "address_town_code": "01203002000", "moved_within_city": ("yes", True), "address_changed_date": ("令和8年4月2日", "R8-04-02"),
    "address_notified_date": ("令和8年4月4日", "2026-04-04"), "address_reason_code": "relocation", "previous_address": "アメリカ合衆国カリフォルニア州",
    "previous_address_building": "二号", "previous_postal_code": ("007-0840", "0070840"), "previous_address_code": "01103002000",
    "previous_municipality_code": ("札幌市東区", "011037"), "last_registered_address": "北海道札幌市東区北9条東1丁目1番", "remarks": "備考文B",
}  # fmt: skip
_MANAGED = {
    "name_kana_confirmed": ("yes", True), "my_number_card_status_code": "issued", "juki_card_status_code": "lapsed", "adult_ward": ("yes", True),
    "user_certificate_serial": str(made_up_user_certificate_serial(73)), "sign_certificate_serial": str(made_up_sign_certificate_serial(74)),
}  # fmt: skip
_REST_A = {
    "search_kana": "オタル　ハナ", "name_substitute": "小樽　〓子", "household_identifier": "2", "care_facility_setting": ("no", False), "summary_note": "摘要A",
    "optional_items": ("地区班：第3班", '{"地区班":"第3班"}'),
    "number_notice_destination": ("理由：入院、住所：小樽市若松1丁目1番", '{"住所":"小樽市若松1丁目1番","理由":"入院"}'),
}  # fmt: skip
_REST_B = {
    "search_kana": "コタル　ハナ", "name_substitute": "小樽　＝子", "household_identifier": "3", "care_facility_setting": ("yes", True), "summary_note": "摘要B",
    "optional_items": ("地区班：第4班、広報：不要", '{"地区班":"第4班","広報":"不要"}'), "number_notice_destination": ("理由：退院", '{"理由":"退院"}'),
}  # fmt: skip
_QUALIFIED = {
    "nhi_qualified_flag": ("1", True), "nhi_acquired_date": "2018-04-01", "nhi_lost_date": ("", None), "nhi_retiree_class_code": "0",
    "nhi_not_applicable_flag": ("0", False), "child_allowance_start_date": ("2018-04", "2018-04-01"), "child_allowance_end_date": ("", None),
    "np_qualified_flag": ("1", True), "basic_pension_number": "1234567890", "np_category_code": "1", "np_acquired_date": "2008-04-01",
    "np_category_changed_date": ("", None), "np_lost_date": ("", None), "ltc_qualified_flag": ("1", True), "ltc_acquired_date": "2000-04-01",
    "ltc_lost_date": ("", None), "late_elderly_qualified_flag": ("1", True), "late_elderly_acquired_date": "2019-06-01", "late_elderly_lost_date": ("", None),
}  # fmt: skip
_LOST = {
    "nhi_qualified_flag": ("0", False), "nhi_acquired_date": "2018-04-02", "nhi_lost_date": "2020-03-31", "nhi_retiree_class_code": "1",
    "nhi_not_applicable_flag": ("1", True), "child_allowance_start_date": ("2018-05", "2018-05-01"), "child_allowance_end_date": ("2020-03", "2020-03-01"),
    "np_qualified_flag": ("0", False), "basic_pension_number": "1234567891", "np_category_code": "3", "np_acquired_date": "2008-04-02",
    "np_category_changed_date": "2013-04-01", "np_lost_date": "2021-01-02", "ltc_qualified_flag": ("0", False), "ltc_acquired_date": "2000-04-02",
    "ltc_lost_date": "2021-01-01", "late_elderly_qualified_flag": ("0", False), "late_elderly_acquired_date": "2019-06-02",
    "late_elderly_lost_date": "2021-01-01",
}  # fmt: skip
_LOST_AGAIN = {"nhi_lost_date": "2020-04-01", "child_allowance_end_date": ("2020-04", "2020-04-01"),
               "np_category_changed_date": "2013-04-02", "np_lost_date": "2021-01-03", "ltc_lost_date": "2021-01-02",
               "late_elderly_lost_date": "2021-01-02"}  # fmt: skip
_NUMBERS = (
    step("juminhyo_code_correction", "住民票コードの職権記載", juminhyo_code=str(made_up_juminhyo_code(75))),
    step("individual_number_correction", "個人番号の職権修正", individual_number=str(made_up_individual_number(75))),
)
_HEADS = (
    Step("de_facto_head", "職権修正", {}, {"de_facto_householder_name": "銭函　園長"}, {"who": "facility", "name": "銭函　園長"}),
    Step("de_facto_head", "職権修正", {}, {"de_facto_householder_name": "朝里　園長"}, {"who": "facility", "name": "朝里　園長"}),
)
MERGED = Step(
    "household_merge", "世帯合併", {"relationship": "縁故者"}, {"relationship": "縁故者", "order_in_household": 2, "householder_name": "小樽　次郎"},
    {"household_no": "（次郎の世帯）"},
)  # fmt: skip
"""Into the household of 次郎, whose number the test knows; it moves too."""
_OUT = {"planned_address": "北海道旭川市七条通九丁目48番地", "planned_address_building": "旭荘2号", "planned_municipality_code": "旭川市", "filer": "self"}


def _moved_out(day: str, iso: str, encoded: str, filed: str, filed_iso: str) -> Step:
    return Step(
        "move_out", "国内転出", {},
        {"planned_move_out_address": _OUT["planned_address"], "planned_move_out_building": "旭荘2号", "planned_move_out_postal_code": "0700037",
         "planned_move_out_address_code": "01204001000", "planned_move_out_date": iso, "planned_move_out_notified_date": filed_iso,
         "planned_move_out_reason_code": "move_out", "closed_on": iso, "removal_reason_code": "move_out", "removal_date": encoded,
         "removal_notified_date": filed_iso},
        {**_OUT, "effective_on": day, "filed_on": filed, "planned_postal_code": "070-0037", "planned_address_code": "01204001000"},
    )  # fmt: skip


def _noticed(day: str, iso: str, filed: str, filed_iso: str, closed: Values) -> Step:
    return Step(
        "move_in_notice_received", "職権修正", {},
        {"confirmed_move_out_address": "北海道旭川市六条通十丁目1番1号", "confirmed_move_out_building": "旭荘3号", "confirmed_move_out_postal_code": "0700036",
         "confirmed_move_out_address_code": "01204002000", "confirmed_move_out_date": iso, "confirmed_move_out_notified_date": filed_iso,
         "confirmed_move_out_reason_code": "move_out", **closed},
        {"effective_on": day, "filed_on": filed, "confirmed_address": "北海道旭川市六条通十丁目1番1号", "confirmed_address_building": "旭荘3号",
         "confirmed_postal_code": "070-0036", "confirmed_address_code": "01204002000"},
    )  # fmt: skip


UNDONE = Step("cancellation", "異動の取消し（増）", is_exact=False)
REMOVAL = (
    _moved_out("令和8年4月9日", "2026-04-09", "R8-04-09", "令和8年4月8日", "2026-04-08"),
    UNDONE,
    _moved_out("令和8年4月8日", "2026-04-08", "R8-04-08", "令和8年4月7日", "2026-04-07"),
    _noticed("令和8年4月6日", "2026-04-06", "令和8年4月9日", "2026-04-09", {"closed_on": "2026-04-06"}),
    step(
        "removed_sheet_correction", "職権修正", removal_reason_code="move_out_abroad", removal_notified_date=("令和8年4月6日", "2026-04-06"),
        planned_move_out_address="北海道札幌市東区北9条東1丁目1番", planned_move_out_building="旭荘4号", planned_move_out_postal_code=("007-0840", "0070840"),
        planned_move_out_address_code="01103002000", planned_move_out_notified_date=("令和8年4月6日", "2026-04-06"), planned_move_out_reason_code="special_move_out",
    ),
    step(
        "removed_sheet_correction", "職権修正", removal_reason_code="move_out", confirmed_move_out_address="北海道旭川市六条通十丁目1番2号",
        confirmed_move_out_building="旭荘5号", confirmed_move_out_postal_code=("070-0035", "0700035"), confirmed_move_out_address_code="01204003000",
        confirmed_move_out_notified_date=("令和8年4月10日", "2026-04-10"), confirmed_move_out_reason_code="move_out_abroad",
    ),
    _noticed("令和8年4月7日", "2026-04-07", "令和8年4月9日", "2026-04-09", {"closed_on": "2026-04-07"}),
)  # fmt: skip
"""What a 除票 alone has, of either kind. A day of the removal is put right by cancelling and entering again, or by the 転入通知."""


def _came(member: dict[str, str], leaves: Values) -> Step:
    return Step("domestic_move_in", "国内転入", _PERSON | member, _CAME_LEAVES | _PERSON_LEAVES | leaves, _CAME, is_exact=False)


# ------------------------------------------------------------------------------------------------------------------------- 日本人住民
_J, _J_LEAVES = corrected(
    resident_kind="1", name_kanji="小樽　花子", name_kana="オタル　ハナコ", birth_date=("昭和64年1月7日", "S64-01-07"), former_surname="佐藤",
    former_surname_kana="サトウ", former_surname_kana_confirmed=("no", False), relationship="世帯主", registered_domicile="北海道小樽市花園二丁目1番",
    family_register_head_name="小樽　太郎",
)  # fmt: skip
JAPANESE = (
    _came(
        {**_J, "kana_notarised": "none"},
        {**_J_LEAVES, "householder_name": "小樽　花子", "surname_kana_notarised": False, "given_kana_notarised": False, "became_resident_date": "R8-04-01",
         "became_resident_notified_date": "2026-04-03", "became_resident_reason_code": "domestic_move_in"},
    ),
    step("department_entry", "職権修正", **_QUALIFIED, electoral_roll_flag=("0", False)),
    step("department_entry", "職権修正", **_LOST, electoral_roll_flag=("1", True)),
    step("department_entry", "職権修正", **_LOST_AGAIN),
    step(
        "ex_officio_correction", "職権修正", {}, {"householder_name": "小樽　華子"}, **_COMMON_CORRECTION, name_kanji="小樽　華子", name_kana="コタル　ハナコ",
        former_surname_kana="サドウ", birth_date=("平成元年1月8日", "H1-01-08"), registered_domicile="北海道札幌市中央区北1条西2丁目1番",
        family_register_head_name="小樽　次郎", became_resident_date=("令和8年4月2日", "R8-04-02"),
        became_resident_notified_date=("令和8年4月4日", "2026-04-04"), became_resident_reason_code="ex_officio_entry",
    ),
    Step("furigana", "職権修正", {"kana_notarised": "both"}, {"surname_kana_notarised": True, "given_kana_notarised": True}),
    step("managed_items", "職権修正", **_REST_A),
    step("managed_items", "職権修正", **_REST_B, **_MANAGED, former_surname_kana_confirmed=("yes", True)),
    step("former_surname_change", "旧氏の変更", former_surname="鈴木", former_surname_kana="スズキ"),
    *_NUMBERS,
    *_HEADS,
    MERGED,
    *REMOVAL,
)  # fmt: skip

# ------------------------------------------------------------------------------------------------------------------------- 外国人住民
_F, _F_LEAVES = corrected(
    resident_kind="2", name_kana="チャン　ユウリン", birth_date=("1985年3月9日", "1985-03-09"), relationship="世帯主", foreign_name_alphabet="ZHANG YULIN",
    foreign_name_kanji="張　玉蓮", foreign_name_katakana="チャン　ユウリン", foreign_alias="住民　花子", foreign_alias_kana="ジュウミン　ハナコ",
    foreign_alias_kana_confirmed=("no", False), alias_history_entered_municipality="小樽市", alias_history_entered_date=("令和2年4月1日", "2020-04-01"),
    alias_history_entered_municipality_code=("小樽市", "012033"), nationality_code="中国", article_30_45_class_code="1", residence_status_code="留学",
    residence_period="1年", residence_expiry_date=("2027-04-30", "2027-04-30"), residence_card_no=str(made_up_residence_card_no(71)),
    special_permanent_cert_issued_date=("令和2年5月1日", "2020-05-01"), alien_registration_date=("平成15年6月1日", "H15-06-01"),
    landing_permit_move_in=("no", False), name_priority_code="alias", mailing_name_code="alias",
)  # fmt: skip
FOREIGN = (
    _came(
        {**_F, "kana_notarised": ""},
        {**_F_LEAVES, "householder_name": "ZHANG YULIN　張　玉蓮", "foreign_resident_since_date": "R8-04-01", "foreign_resident_notified_date": "2026-04-03",
         "foreign_resident_reason_code": "domestic_move_in", "residence_notified_date": "2026-04-03", "residence_notified": True, "alias_history_order": 1,
         "alias_history_alias": "住民　花子"},
    ),
    step("department_entry", "職権修正", **_QUALIFIED),
    step("department_entry", "職権修正", **_LOST),
    step("department_entry", "職権修正", **_LOST_AGAIN),
    step(
        "ex_officio_correction", "職権修正", {}, {"householder_name": "ZHANG YULIAN　張　玉連"}, **_COMMON_CORRECTION, name_kana="チョウ　ギョクレン",
        birth_date=("1985年3月10日", "1985-03-10"), foreign_name_alphabet="ZHANG YULIAN", foreign_name_kanji="張　玉連", foreign_name_katakana="チャン　ユリアン",
        foreign_alias_kana="スミタミ　ハナコ", nationality_code="台湾", foreign_resident_since_date=("平成25年1月5日", "H25-01-05"),
        foreign_resident_notified_date=("令和8年4月4日", "2026-04-04"), foreign_resident_reason_code="entry_30_46",
        residence_notified_date=("令和8年4月4日", "2026-04-04"), special_permanent_cert_issued_date=("令和2年5月2日", "2020-05-02"), alias_history_order=("2", 2),
        alias_history_entered_municipality="札幌市北区", alias_history_entered_municipality_code=("札幌市北区", "011029"),
        alias_history_entered_date=("令和2年4月2日", "2020-04-02"),
    ),
    step("mend", "誤記修正", None, {"alias_history_alias": "住民　華子"}, foreign_alias="住民　華子"),
    step("managed_items", "職権修正", **_REST_A),
    step(
        "managed_items", "職権修正", **_REST_B, **_MANAGED, foreign_alias_kana_confirmed=("yes", True), alien_registration_date=("平成15年6月2日", "H15-06-02"),
        landing_permit_move_in=("yes", True), name_priority_code="legal_name", mailing_name_code="legal_name", residence_notified=("no", False),
    ),
    step(
        "residence_status_changed", "職権修正", residence_status_code="技術・人文知識・国際業務", residence_period="3年", residence_expiry_date="2029-04-30",
        residence_card_no=str(made_up_residence_card_no(72)),
    ),
    step(
        "residence_status_changed", "職権修正", None, dict.fromkeys(("residence_status_code", "residence_period", "residence_expiry_date", "special_permanent_cert_issued_date")),
        article_30_45_class_code="2", residence_card_no=str(made_up_residence_card_no(73)),
    ),
    Step("alias_deletion", "通称の削除", {}, {
        "foreign_alias": None, "foreign_alias_kana": None, "foreign_alias_kana_confirmed": None, "alias_history_deleted_municipality": "北海道小樽市",
        "alias_history_deleted_municipality_code": "012033", "alias_history_deleted_date": "2026-04-10",
    }),
    step(
        "ex_officio_correction", "職権修正", alias_history_deleted_municipality="余市町", alias_history_deleted_municipality_code=("北海道余市郡余市町", "014087"),
        alias_history_deleted_date=("令和8年4月9日", "2026-04-09"),
    ),
    *_NUMBERS,
    *_HEADS,
    MERGED,
    *REMOVAL,
)  # fmt: skip

BY_THE_SYSTEM = {
    "opened_on": "test_記載を取り消して入れ直すと在住の始まりも改まる",
    "juminhyo_created_date": "test_改製や帰化で住民票作成日と住民種別も改まる",
    "resident_kind": "test_改製や帰化で住民票作成日と住民種別も改まる",
}
"""What nobody types, by the test that shows how it is set anew."""
OF_OTHER_PARTS = {
    **dict.fromkeys(
        ("address_jurisdiction_code", "elementary_school_district_code", "junior_high_school_district_code", "polling_district_code"), "住所辞書から"
    ),
    **dict.fromkeys(
        ("deleted_record_error_found_date", "deleted_record_error_place", "deleted_record_error_reason_code", "deleted_record_error_reason_text",
         "deleted_record_correct_text", "corrected_birth_date", "corrected_name_kana", "corrected_name", "corrected_birth_uncertain_pattern_code",
         "corrected_birth_uncertain_from", "corrected_birth_uncertain_to", "corrected_birth_uncertain_short_text", "corrected_birth_uncertain_text"),
        "除票の誤記の記載（標準仕様1.1.5）",
    ),
    **dict.fromkeys(("issue_prohibited_setting", "warning_info", "sticky_note"), "抑止・警告・付箋"),
    "gaiji_missing_setting": "外字の管理",
}  # fmt: skip
"""Items of file (1) that these events do not write."""
