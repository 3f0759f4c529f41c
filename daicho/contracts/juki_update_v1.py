"""本人確認情報の通知 — what juki_net tells the prefecture's server. 住民基本台帳法第30条の6; G-05; layouts/juki_update.csv.

The 本人確認情報 of 法30条の6 with its 変更情報 and nothing more: of file (2) it leaves out 住民となった日, 住所を定めた日,
届出日, 転入前の住所, 続柄, the operator and the flags of the machine. Codes and dates are those of the wire already.
"""

from dataclasses import dataclass
from datetime import date

from daicho.contracts.base import contract


@contract("juki_update", version=1)
@dataclass(frozen=True)
class JukiUpdateV1:
    """One update of one person; field names are the identifiers of layouts/juki_update.csv, in its order."""

    juminhyo_code: str  # file (2) item 1
    name_kanji: str  # 2
    name_gaiji_count: int  # 3
    name_furigana: str | None  # 4
    name_kana_normalised: str | None  # 5
    birth_date: str  # 6, eight digits, 00 where unknown
    sex_code: str  # 7
    municipality_code: str  # 8
    town_code: str | None  # 9
    postal_code: str | None  # 10
    address: str  # 11
    address_gaiji_count: int  # 12
    individual_number: str | None  # 13
    event_reason_code: str  # 21, layouts/codes.csv list update_reason
    event_date: str  # 22, eight digits
    event_reason_detail_code: str | None  # 23
    old_juminhyo_code: str | None  # 24
    juminhyo_code_valid_date: date | None  # 25
    request_control_no: str  # 26
    update_sequence_no: int  # 29
    abnormal_update_sequence_no: int | None  # 30
    planned_person_flag: bool  # 32
    former_surname_kanji: str | None  # 37
    former_surname_gaiji_count: int | None  # 38
    former_surname_furigana: str | None  # 39
