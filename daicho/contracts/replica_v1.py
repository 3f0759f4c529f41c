"""副本 — atena hands chukan one person's 住民票関係情報 as the register holds it now. 番号法第19条第8号; G-18, S1-10, S4-05.

Holds items 1–18 of file (1) (spec/items_resident_register.csv) without 4 年齢 (computed for the day asked), 13 住民票コード and
14 個人番号: the national network names a person by 符号 alone (番号法第21条の2, F-1-56). atena relays it and keeps none of it (F-1-07).
"""

from dataclasses import dataclass
from datetime import date, datetime

from daicho.contracts.base import contract


@contract("replica", version=1)
@dataclass(frozen=True)
class ReplicaV1:
    """One person, always whole. Field names are the identifiers of layouts/replica.csv, in its order.

    `register_key` is `outbox.subject_handle("chukan", person)` of residents: by it the two compare replica and original, although
    residents knows no 団体内統合宛名番号 (std 7.1.2.3) and chukan no 宛名番号. `as_of` orders the replicas of one person: a later one
    takes the place of an earlier one, never the other way round. An uncertain date is `JapaneseDate.encode()`; a reason is one of
    the register's own neutral codes.
    """

    # 見出し
    municipality_code: str  # 全国地方公共団体コード: one database holds many municipalities (F-1-60)
    integrated_atena_no: str  # 団体内統合宛名番号, 15 digits, given by atena
    register_key: str  # 原本照合の鍵 (G-20): the handle of this person that residents made for chukan; atena passes it on unread
    as_of: datetime  # 基準日時: recorded_at of the register's newest row of this person
    state: str  # identifier of layouts/codes.csv list record_status: current 現存 | removed 消除
    removed_on: date | None  # 消除日: from it the replica's own keeping is counted (S3-10)
    # 不開示 (F-1-52): from this day on, and until before that one, no answer goes out without an officer
    withheld_from: date | None
    withheld_until: date | None
    # 住民票関係情報 (1–18)
    name_kana: str | None  # 1 カナ氏名
    name_kanji: str  # 2 漢字氏名
    birth_date: str  # 3 生年月日
    sex_code: str  # 5 性別
    relationship: str | None  # 6 続柄
    householder_name: str | None  # 7 世帯主氏名 (世帯主未設定 is lawful, std 1.1.10)
    became_resident_date: str | None  # 8 住民となった年月日
    became_resident_notified_date: date | None  # 9 住民となった届出日
    became_resident_reason_code: str | None  # 10 住民となった事由
    juminhyo_created_date: date | None  # 11 住民票作成日
    former_surname: str | None  # 12 旧氏
    address: str  # 15 住所 (with 方書)
    address_changed_date: str | None  # 16 住所異動日
    address_notified_date: date | None  # 17 住所届出日
    address_reason_code: str | None  # 18 住所事由
