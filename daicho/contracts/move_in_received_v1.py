"""転入通知の受信 — juki_net hands residents the 転入通知 that another municipality sent. 住民基本台帳法第9条第1項; G-10; std 4.1.3.1.2.

As it came: what does not agree with the register, or cannot be read, is for a clerk of residents to judge, and nothing is lost on the way.
Nothing of it is kept in file (2). 個人番号 is not in it.
"""

from dataclasses import dataclass
from datetime import date

from daicho.contracts.base import contract


@contract("move_in_received", version=1)
@dataclass(frozen=True)
class MoveInReceivedV1:
    """Somebody who lived here moved in there: whose 住民票, to where, since when. Texts stand as they were sent."""

    request_control_no: str  # of the sender; the same notice sent again bears the same
    municipality_code: str  # the city moved into, which sends
    notice_basis_code: str  # layouts/codes.csv, list notice_basis
    notice_date: date  # the day it was sent: 転入通知年月日
    juminhyo_code: str
    name_kanji: str
    name_furigana: str | None
    birth_date_juki: str  # eight digits, 00 where unknown
    sex_code: str
    former_address: str
    new_address: str
    move_in_date: date
    notified_date: date | None  # 届出の年月日 of the 転入届 there
