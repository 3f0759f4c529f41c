"""本人確認情報の更新 — residents tells juki_net what a 本登録 changed in one person's 本人確認情報. 住民基本台帳法第30条の6; G-04, S2-01.

Holds those of the 40 items of file (2) (spec/items_identity_confirmation.csv, layouts/identity_confirmation.csv) that the
register knows, and nothing else (F-2-02). The other items juki_net sets or derives itself: 5 清音化かな氏名, 26 依頼管理番号,
30 異常時更新順番号, 31 更新禁止, 33 排他, 34 外字フラグ, 35 レコード状況, 36 タイムスタンプ, 40 旧氏外字変更連番.
"""

from dataclasses import dataclass
from datetime import date

from daicho.contracts.base import contract


@contract("identity_info", version=1)
@dataclass(frozen=True)
class IdentityInfoV1:
    """One update of one person, always whole: every item as it stands after the event, not only what changed.

    An uncertain date travels twice: `…_date` is `JapaneseDate.encode()`, `…_date_juki` the eight digits of the 住基ネット form
    (00 where unknown). A count of 外字 is `values.characters.gaiji_count` of its text (C-05).
    """

    # 変更情報 (21–24, 29): why, when, and the order of this person's updates, from 1 without a gap (F-2-22)
    update_sequence_no: int  # 29 更新順番号
    event_reason: str  # 21 異動事由: identifier of layouts/codes.csv list update_reason (規則11条), own neutral code
    event_reason_detail: str | None  # 23 異動事由詳細: identifier of list update_detail
    event_date: str  # 22 異動年月日
    event_date_juki: str
    notified_date: date | None  # 16 届出の年月日
    # 番号 (1, 13, 24, 25)
    juminhyo_code: str  # 1 住民票コード
    old_juminhyo_code: str | None  # 24 旧住民票コード: only in an update that changes the code (法30条の4)
    juminhyo_code_valid_date: date | None  # 25 住民票コード使用年月日
    individual_number: str | None  # 13 個人番号
    # 氏名 (2–4, 37–39)
    name_kanji: str  # 2 漢字氏名
    name_gaiji_count: int  # 3 外字数(氏名)
    name_furigana: str | None  # 4 ふりがな氏名
    former_surname_kanji: str | None  # 37 旧氏 漢字
    former_surname_gaiji_count: int | None  # 38 旧氏 外字数
    former_surname_furigana: str | None  # 39 旧氏 ふりがな
    # 生年月日・性別 (6, 7)
    birth_date: str  # 6 生年月日
    birth_date_juki: str
    sex_code: str  # 7 性別
    # 住所 (8–12, 14, 15, 17–19)
    municipality_code: str  # 8 市町村コード
    town_code: str | None  # 9 大字・字コード
    postal_code: str | None  # 10 郵便番号
    address: str  # 11 住所 (with 方書)
    address_gaiji_count: int  # 12 外字数(住所)
    became_resident_date: str  # 14 住民となった日
    became_resident_date_juki: str
    address_fixed_date: str | None  # 15 住所を定めた日
    address_fixed_date_juki: str | None
    previous_municipality_code: str | None  # 17 市町村コード(転入前)
    previous_address: str | None  # 18 転入前住所
    previous_address_gaiji_count: int | None  # 19 外字数(転入前住所)
    relationship: str | None  # 20 続柄: held in file (2), never sent on (not part of 本人確認情報)
    planned_person_flag: bool  # 32 予定者フラグ
    # 操作 (27, 28): set by the sender's server from the session, never from a form (F-2-09)
    operator_id: str  # 27 操作者ID
    terminal_id: str  # 28 操作端末ID
