"""戸籍附票記載事項通知 — the city of residence tells the city of the 本籍 what its 戸籍の附票 has to say. 住民基本台帳法第19条第1項; layouts/fuhyo_notice.csv.

The same all the way: residents makes it, for the city's own 附票 (G-22) or for juki_net, which hands it on as it is (G-23). Sent again after
a restore it bears the same control number, and is known by it.
"""

from dataclasses import dataclass
from datetime import date

from daicho.contracts.base import contract


@contract("fuhyo_notice", version=1)
@dataclass(frozen=True)
class FuhyoNoticeV1:
    """One person's items of 法17条 that the 住民票 leads; field names are the identifiers of layouts/fuhyo_notice.csv, in its order.

    There is no 詳細事項欄 (N-4.2.3.1-05).
    """

    request_control_no: str
    addressee_municipality_code: str  # of the 本籍
    municipality_code: str  # of the 住所
    reason_code: str  # layouts/codes.csv list fuhyo_reason
    event_date: str  # eight digits, 00 where unknown
    recorded_on: date
    juminhyo_code: str
    registered_domicile: str  # with the name of the 筆頭者: which 附票
    family_register_head_name: str | None
    name_kanji: str | None  # with 生年月日 and 性別: who of it
    name_furigana: str | None
    birth_date: str
    sex_code: str
    address: str  # with 方書; of a removal the one that was removed
    address_fixed_date: str | None
    planned_move_out_date: date | None  # of 国外転出 alone
