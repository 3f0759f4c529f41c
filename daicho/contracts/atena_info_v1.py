"""宛名情報 — residents tells atena of those whose basic items or 住民票関係情報 one event changed. 番号法第9条, 第19条第8号; G-17, S1-10, S4-02.

atena keeps the basic items (5情報, 宛名番号, 個人番号, 消除日) and relays `juminhyo` to chukan without keeping any of it (F-1-07).
住民票コード is not in it, nor does anything come back: residents takes no 団体内統合宛名番号 in (std 7.1.2.3).
"""

from dataclasses import dataclass
from datetime import date, datetime

from daicho.contracts.base import contract


@dataclass(frozen=True)
class JuminhyoItems:
    """住民票関係情報 beside the basic items: the rest of items 1–18 of file (1), for the replica alone (replica_v1)."""

    register_key: str  # 原本照合の鍵 (G-20): the handle that residents made of this person for chukan
    relationship: str | None  # 6 続柄
    householder_name: str | None  # 7 世帯主氏名
    became_resident_date: str | None  # 8 住民となった年月日, JapaneseDate.encode()
    became_resident_notified_date: date | None  # 9 住民となった届出日
    became_resident_reason_code: str | None  # 10 住民となった事由
    juminhyo_created_date: date | None  # 11 住民票作成日
    former_surname: str | None  # 12 旧氏
    address_changed_date: str | None  # 16 住所異動日, JapaneseDate.encode()
    address_notified_date: date | None  # 17 住所届出日
    address_reason_code: str | None  # 18 住所事由
    withheld_from: date | None  # 不開示 (F-1-52): from this day on, and until before that one, no answer goes out without an officer
    withheld_until: date | None


@dataclass(frozen=True)
class AtenaPerson:
    """One person as the register holds them after the event, always whole."""

    atena_no: str  # 宛名番号 of the register
    individual_number: str | None  # 個人番号; None while the register has none
    name: str | None  # 氏名; None when 空欄 (std 1.1.6)
    name_furigana: str | None  # 氏名の振り仮名
    birth_date: str  # 生年月日, JapaneseDate.encode()
    sex_code: str  # 性別
    address: str  # 住所 (with 方書)
    removed_on: date | None  # 消除日: None for 現存; may lie ahead (転出予定)
    juminhyo: JuminhyoItems


@contract("atena_info", version=1)
@dataclass(frozen=True)
class AtenaInfoV1:
    """The persons of one event. `recorded_at` orders what is told of one person: it is later than that of every row before (design §4)."""

    recorded_at: datetime  # 処理日時
    persons: tuple[AtenaPerson, ...]
