"""住民票の記載事項 — what one sheet of the register holds: one field per entry. 住民基本台帳法第7条; file (1), 132 items.

This class is the one source: the tables' columns, the layouts and the forms are made from it. Items that are not entries
of a sheet live elsewhere: 51–55 and 73–79 in the version and its event, 4 and 120–127 are computed for the day asked
(C-05), 128 is the history itself, 129 the filing. Numbers are references into the vault, never digits (design §6).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from datetime import date
from enum import Enum
from typing import Any, Self  # a field's default and the values of a row are of many types; each is named by its Kind

from daicho.values.dates import JapaneseDate


class Kind(Enum):
    """How an entry is stored and read."""

    TEXT = "text"
    KANA = "kana"
    CODE = "code"
    DIGITS = "digits"
    DATE = "date"
    UNCERTAIN_DATE = "uncertain_date"  # may be 不詳 or a day no calendar has (std 1.1.8)
    FLAG = "flag"
    INT = "int"
    NUMBER = "number"  # reference into the vault
    GROUP = "group"  # canonical JSON text


class Writer(Enum):
    """Who may write an entry (F-1-04, D-R6)."""

    COUNTER = "counter"
    SYSTEM = "system"
    DEPARTMENT = "department"  # 庁内連携 (items 30–49)
    IMMIGRATION = "immigration"
    JLIS = "jlis"


@dataclass(frozen=True)
class Entry:
    """One entry's description. `item` is its number in file (1), None for what the 132 lack (C-06)."""

    item: int | None
    ja: str
    kind: Kind
    writer: Writer = Writer.COUNTER
    copy: bool = False  # filled in every row, asserted by no event (std 1.2.1-13)


def _entry(item: int | None, ja: str, kind: Kind, writer: Writer = Writer.COUNTER, *, copy: bool = False) -> Any:
    return field(default=None, metadata={"entry": Entry(item, ja, kind, writer, copy)})


_T, _K, _C, _D, _U, _F = Kind.TEXT, Kind.KANA, Kind.CODE, Kind.DATE, Kind.UNCERTAIN_DATE, Kind.FLAG
_DEPT, _SYS, _MOJ = Writer.DEPARTMENT, Writer.SYSTEM, Writer.IMMIGRATION


@dataclass(frozen=True)
class SheetEntries:
    """The entries of one 住民票 at one moment. None = 空欄 (std 1.1.6 says which may be)."""

    # 氏名 (法7条1号, 1号の2; 令30条の13, 30条の16)
    name_kana: str | None = _entry(1, "カナ氏名", _K)
    name_kanji: str | None = _entry(2, "漢字氏名", _T)
    surname_kana_notarised: bool | None = _entry(None, "氏の振り仮名の公証", _F)
    given_kana_notarised: bool | None = _entry(None, "名の振り仮名の公証", _F)
    name_kana_confirmed: bool | None = _entry(None, "氏名のフリガナ確認", _F)
    search_kana: str | None = _entry(None, "検索用カナ", _K)
    name_substitute: str | None = _entry(None, "代替文字氏名", _T)
    former_surname: str | None = _entry(12, "旧氏", _T)
    former_surname_kana: str | None = _entry(None, "旧氏の振り仮名", _K)
    former_surname_kana_confirmed: bool | None = _entry(None, "旧氏のフリガナ確認", _F)
    # 生年月日・性別 (2号, 3号)
    birth_date: JapaneseDate | None = _entry(3, "生年月日", _U)
    sex_code: str | None = _entry(5, "性別", _C)
    # 世帯 (4号)
    relationship: str | None = _entry(6, "続柄", _C)
    householder_name: str | None = _entry(7, "世帯主氏名", _T, _SYS, copy=True)
    household_no: str | None = _entry(52, "世帯番号", Kind.DIGITS, _SYS)
    household_identifier: str | None = _entry(56, "世帯識別", _C)
    order_in_household: int | None = _entry(57, "世帯内順序", Kind.INT)
    de_facto_householder_name: str | None = _entry(80, "事実上の世帯主名", _T)
    # 住民となった年月日・住所 (6号, 7号, 8号)
    resident_kind: str | None = _entry(None, "住民種別", _C)
    became_resident_date: JapaneseDate | None = _entry(8, "住民となった年月日", _U)
    became_resident_notified_date: date | None = _entry(9, "住民となった届出日", _D)
    became_resident_reason_code: str | None = _entry(10, "住民となった事由", _C)
    juminhyo_created_date: date | None = _entry(11, "住民票作成日", _D, _SYS)
    address: str | None = _entry(15, "住所", _T)
    address_building: str | None = _entry(69, "宛名方書住所", _T)
    address_postal_code: str | None = _entry(None, "郵便番号", Kind.DIGITS)
    address_changed_date: JapaneseDate | None = _entry(16, "住所異動日", _U)
    address_notified_date: date | None = _entry(17, "住所届出日", _D)
    address_reason_code: str | None = _entry(18, "住所事由", _C)
    moved_within_city: bool | None = _entry(None, "市内転居の有無", _F, _SYS)
    address_jurisdiction_code: str | None = _entry(64, "住所情報管轄", _C, _SYS)
    address_town_code: str | None = _entry(65, "住所情報町丁", _C)
    elementary_school_district_code: str | None = _entry(66, "住所情報小学校区", _C, _SYS)
    junior_high_school_district_code: str | None = _entry(67, "住所情報中学校区", _C, _SYS)
    polling_district_code: str | None = _entry(68, "住所情報投票区", _C, _SYS)
    # 戸籍の表示 (5号)
    registered_domicile: str | None = _entry(19, "本籍", _T)
    family_register_head_name: str | None = _entry(20, "筆頭者名", _T)
    # 従前の住所・転出 (8号の2; 令8条の2)
    previous_address: str | None = _entry(21, "前住所", _T)
    previous_address_building: str | None = _entry(70, "宛名方書前住所", _T)
    previous_address_code: str | None = _entry(None, "前住所の住所コード", Kind.DIGITS)
    previous_postal_code: str | None = _entry(None, "前住所の郵便番号", Kind.DIGITS)
    previous_municipality_code: str | None = _entry(None, "転入前市町村コード", Kind.DIGITS)
    last_registered_address: str | None = _entry(None, "最終登録住所地", _T)
    planned_move_out_address: str | None = _entry(22, "転出予定地", _T)
    planned_move_out_building: str | None = _entry(71, "宛名方書転出予定", _T)
    planned_move_out_address_code: str | None = _entry(None, "転出予定地の住所コード", Kind.DIGITS)
    planned_move_out_postal_code: str | None = _entry(None, "転出予定地の郵便番号", Kind.DIGITS)
    planned_move_out_date: date | None = _entry(23, "転出予定地異動日", _D)
    planned_move_out_notified_date: date | None = _entry(24, "転出予定地異動日届出日", _D)
    planned_move_out_reason_code: str | None = _entry(25, "転出予定異動事由", _C)
    confirmed_move_out_address: str | None = _entry(26, "転出確定地", _T)
    confirmed_move_out_building: str | None = _entry(72, "宛名方書転出確定", _T)
    confirmed_move_out_address_code: str | None = _entry(None, "転出確定地の住所コード", Kind.DIGITS)
    confirmed_move_out_postal_code: str | None = _entry(None, "転出確定地の郵便番号", Kind.DIGITS)
    confirmed_move_out_date: date | None = _entry(27, "転出確定地異動日", _D)
    confirmed_move_out_notified_date: date | None = _entry(28, "転出確定地異動届出日", _D)
    confirmed_move_out_reason_code: str | None = _entry(29, "転出確定事由", _C)
    # 番号 (8号の2, 13号): references into the vault
    juminhyo_code: int | None = _entry(13, "住民票コード", Kind.NUMBER, Writer.JLIS)
    individual_number: int | None = _entry(14, "個人番号", Kind.NUMBER, Writer.JLIS)
    user_certificate_serial: int | None = _entry(None, "利用者証明用電子証明書シリアル番号", Kind.NUMBER)
    sign_certificate_serial: int | None = _entry(None, "署名用電子証明書シリアル番号", Kind.NUMBER)
    my_number_card_status_code: str | None = _entry(None, "個人番号カードの発行状況", _C)
    juki_card_status_code: str | None = _entry(None, "住基カードの発行状況", _C)
    # 個別記載事項 (9号–11号の2): written by the departments
    nhi_qualified_flag: bool | None = _entry(30, "国民健康保険資格有無", _F, _DEPT)
    nhi_acquired_date: date | None = _entry(31, "国民健康保険取得日", _D, _DEPT)
    nhi_lost_date: date | None = _entry(32, "国民健康保険喪失日", _D, _DEPT)
    nhi_retiree_class_code: str | None = _entry(33, "国民健康保険退職区分", _C, _DEPT)
    nhi_not_applicable_flag: bool | None = _entry(34, "国民健康保険非該当", _F, _DEPT)
    child_allowance_start_date: date | None = _entry(35, "児童手当資格開始日", _D, _DEPT)
    child_allowance_end_date: date | None = _entry(36, "児童手当資格終了日", _D, _DEPT)
    np_qualified_flag: bool | None = _entry(37, "国民年金資格有無", _F, _DEPT)
    basic_pension_number: int | None = _entry(38, "国民年金基礎年金番号", Kind.NUMBER, _DEPT)
    np_category_code: str | None = _entry(39, "国民年金年金種別", _C, _DEPT)
    np_acquired_date: date | None = _entry(40, "国民年金取得日", _D, _DEPT)
    np_category_changed_date: date | None = _entry(41, "国民年金種別変更", _D, _DEPT)
    np_lost_date: date | None = _entry(42, "国民年金喪失日", _D, _DEPT)
    electoral_roll_flag: bool | None = _entry(43, "選挙人名簿有無", _F, _DEPT)
    ltc_qualified_flag: bool | None = _entry(44, "介護保険資格有無", _F, _DEPT)
    ltc_acquired_date: date | None = _entry(45, "介護保険取得日", _D, _DEPT)
    ltc_lost_date: date | None = _entry(46, "介護保険喪失日", _D, _DEPT)
    late_elderly_qualified_flag: bool | None = _entry(47, "後期高齢資格有無", _F, _DEPT)
    late_elderly_acquired_date: date | None = _entry(48, "後期高齢取得日", _D, _DEPT)
    late_elderly_lost_date: date | None = _entry(49, "後期高齢喪失日", _D, _DEPT)
    # 外国人住民 (法30条の45)
    foreign_name_alphabet: str | None = _entry(99, "アルファベット氏名(外国人)", _T)
    foreign_name_kanji: str | None = _entry(100, "漢字氏名(外国人)", _T)
    foreign_alias: str | None = _entry(101, "通称(外国人)", _T)
    foreign_alias_kana: str | None = _entry(None, "通称のフリガナ", _K)
    foreign_alias_kana_confirmed: bool | None = _entry(None, "通称のフリガナ確認", _F)
    foreign_name_katakana: str | None = _entry(102, "カタカナ表記(外国人)", _K)
    nationality_code: str | None = _entry(103, "国籍・地域(外国人)", _C)
    article_30_45_class_code: str | None = _entry(104, "30条45規定区分(外国人)", _C)
    residence_status_code: str | None = _entry(105, "在留資格(外国人)", _C, _MOJ)
    residence_period: str | None = _entry(106, "在留期間等年月日(外国人)", _T, _MOJ)
    residence_expiry_date: date | None = _entry(107, "在留期間等の満了の日(外国人)", _D, _MOJ)
    residence_card_no: int | None = _entry(108, "在留カード等の番号(外国人)", Kind.NUMBER, _MOJ)
    foreign_resident_since_date: JapaneseDate | None = _entry(109, "外国人住民となった異動日", _U)
    foreign_resident_notified_date: date | None = _entry(110, "外国人住民となった届出日", _D)
    foreign_resident_reason_code: str | None = _entry(111, "外国人住民となった事由", _C)
    special_permanent_cert_issued_date: date | None = _entry(112, "特別永住者証交付日", _D, _MOJ)
    residence_notified_date: date | None = _entry(113, "住居地の届出日(外国人)", _D)
    residence_notified: bool | None = _entry(None, "住居地の届出の有無", _F)
    landing_permit_move_in: bool | None = _entry(None, "上陸許可証による転入", _F)
    alien_registration_date: JapaneseDate | None = _entry(None, "旧外登法による登録年月日", _U)
    alias_history_order: int | None = _entry(114, "記載順序(外国人)", Kind.INT)
    alias_history_alias: str | None = _entry(115, "通称(外国人)履歴", _T)
    alias_history_entered_municipality: str | None = _entry(116, "記載市町村名(外国人)", _T)
    alias_history_entered_municipality_code: str | None = _entry(None, "通称の記載市町村コード", Kind.DIGITS)
    alias_history_entered_date: date | None = _entry(117, "記載年月日(外国人)", _D)
    alias_history_deleted_municipality: str | None = _entry(118, "削除市町村名(外国人)", _T)
    alias_history_deleted_municipality_code: str | None = _entry(None, "通称の削除市町村コード", Kind.DIGITS)
    alias_history_deleted_date: date | None = _entry(119, "削除年月日(外国人)", _D)
    # 除票 (法15条の2–15条の4; std 1.1.5)
    opened_on: date | None = _entry(None, "在住の始まり", _D, _SYS)
    closed_on: date | None = _entry(None, "消除日", _D, _SYS)
    removal_reason_code: str | None = _entry(None, "消除の事由", _C)
    removal_date: JapaneseDate | None = _entry(None, "消除の事由の生じた年月日", _U)
    removal_notified_date: date | None = _entry(None, "消除の届出日", _D)
    deleted_record_error_found_date: date | None = _entry(81, "除票誤記判明年月日", _D)
    deleted_record_error_place: str | None = _entry(82, "除票誤記の箇所", _T)
    deleted_record_error_reason_code: str | None = _entry(83, "除票誤記判明理由", _C)
    deleted_record_error_reason_text: str | None = _entry(84, "除票誤記判明理由（文）", _T)
    deleted_record_correct_text: str | None = _entry(None, "除票誤記の正しい記載", _T)
    corrected_birth_date: JapaneseDate | None = _entry(85, "誤記修正後生年月日", _U)
    corrected_name_kana: str | None = _entry(86, "誤記修正後カナ氏名", _K)
    corrected_name: str | None = _entry(87, "誤記修正後氏名", _T)
    corrected_birth_uncertain_pattern_code: str | None = _entry(88, "誤記修正後生年月日不詳パターン", _C)
    corrected_birth_uncertain_from: date | None = _entry(89, "誤記修正後生年月日不詳日付From", _D)
    corrected_birth_uncertain_to: date | None = _entry(90, "誤記修正後生年月日不詳日付To", _D)
    corrected_birth_uncertain_short_text: str | None = _entry(91, "誤記修正後生年月日不詳簡易表示", _T)
    corrected_birth_uncertain_text: str | None = _entry(92, "誤記修正後生年月日不詳表示", _T)
    # 備考・設定
    remarks: str | None = _entry(93, "備考情報", _T)
    number_notice_destination: str | None = _entry(94, "通知カード送付先情報", Kind.GROUP)
    issue_prohibited_setting: str | None = _entry(95, "発行禁止設定", Kind.GROUP)
    care_facility_setting: bool | None = _entry(96, "養護施設設定", _F)
    adult_ward: bool | None = _entry(None, "成年被後見人の該当", _F)
    mailing_name_code: str | None = _entry(None, "郵便物送付コード", _C)
    name_priority_code: str | None = _entry(None, "氏名優先区分", _C)
    gaiji_missing_setting: bool | None = _entry(97, "外字未作成設定", _F, _SYS)
    summary_note: str | None = _entry(98, "摘要", _T)
    warning_info: str | None = _entry(130, "警告情報", Kind.GROUP)
    optional_items: str | None = _entry(131, "任意項目", Kind.GROUP)
    sticky_note: str | None = _entry(132, "付箋情報", _T)

    @classmethod
    def of(cls, values: dict[str, object]) -> Self:
        """As `SheetEntries(**values)`, in a fraction of the time. The caller knows that the names are entries."""
        made = object.__new__(cls)
        made.__dict__.update(_BLANK | values)
        return made

    def but(self, **changes: object) -> Self:
        """As dataclasses.replace, in a fraction of the time. TypeError for what is no entry."""
        if not changes.keys() <= ENTRIES.keys():
            raise TypeError(f"no entries: {sorted(changes.keys() - ENTRIES.keys())}")
        return self.of(self.__dict__ | changes)


_BLANK: dict[str, object] = dict(SheetEntries().__dict__)  # in the order of the fields
ENTRIES: dict[str, Entry] = {f.name: f.metadata["entry"] for f in fields(SheetEntries)}
ASSERTED = frozenset(name for name, entry in ENTRIES.items() if not entry.copy)
"""What an event may assert: everything but the copies."""
NOTED = ("remarks", "summary_note", "warning_info", "sticky_note")
"""What an officer also writes on a sheet without a 異動 (標準1.1.14のＣ類型ほか; decision 0032): a version carries it on, whatever the fold says."""
COPIES = tuple(name for name, entry in ENTRIES.items() if entry.copy)
NUMBER_ENTRIES = tuple(name for name, entry in ENTRIES.items() if entry.kind is Kind.NUMBER)
LAYOUT = 2
"""Layout of a version row; raised when entries are added (version tables are only ever expanded, design §4)."""


type_of = {name: entry.kind for name, entry in ENTRIES.items()}


def to_json(name: str, value: object) -> object:
    """An entry's value as it lies in `asserts`: dates as text, all else as it is."""
    return day_text(value) if isinstance(value, JapaneseDate | date) else value


def day_text(value: JapaneseDate | date) -> str:
    """A date as it stands in JSON; also what a JSON encoder asks for what it does not know."""
    return value.encode() if isinstance(value, JapaneseDate) else value.isoformat()


def from_json(name: str, value: Any) -> Any:
    """The inverse of `to_json`."""
    if value is None:
        return None
    if type_of[name] is Kind.UNCERTAIN_DATE:
        return JapaneseDate.decode(value)
    if type_of[name] is Kind.DATE:
        return date.fromisoformat(value)
    return value


def canonical_group(value: object) -> str:
    """A group entry as the text that is stored: equal groups are equal texts."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
