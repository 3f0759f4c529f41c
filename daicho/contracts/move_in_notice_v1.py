"""転入通知 — residents asks juki_net to tell the former municipality that a person moved in. 住民基本台帳法第9条第1項; G-10, S2-11.

Nothing of it is kept in file (2): it passes through and lies sealed with the notice that carries it. 個人番号 is not in it.
One notice per person and addressee (前住所地, 未届地, 最終住民登録地: N-7.1.1.1-17).
"""

from dataclasses import dataclass
from datetime import date

from daicho.contracts.base import contract


@contract("move_in_notice", version=1)
@dataclass(frozen=True)
class MoveInNoticeV1:
    """What the former municipality needs to close its 住民票: whose, from where, to where, since when (N-1.1.5-03)."""

    addressee_municipality_code: str  # 宛先: 全国地方公共団体コード
    notice_basis: str  # identifier of layouts/codes.csv list notice_basis: former_address, unregistered_address, last_registered
    juminhyo_code: str  # file (2) item 1
    name_kanji: str  # item 2
    name_furigana: str | None  # item 4
    birth_date: str  # item 6, JapaneseDate.encode()
    birth_date_juki: str  # eight digits, 00 where unknown
    sex_code: str  # item 7
    former_address: str  # item 18 転入前住所 (with 方書)
    municipality_code: str  # item 8: the city moved into
    new_address: str  # item 11 (with 方書)
    move_in_date: date  # 転入をした年月日: always a calendar day (std 1.1.8)
    notified_date: date | None  # item 16 届出の年月日
