"""符号取得の依頼 — atena asks chukan to obtain the 符号 of a number that it has just given. 番号法第21条の2; G-18, S4-05.

What chukan obtains stays there: no answer brings a 符号 back (F-1-56). Neither 個人番号 nor 住民票コード is in it.
"""

from dataclasses import dataclass
from datetime import datetime

from daicho.contracts.base import contract


@contract("code_request", version=1)
@dataclass(frozen=True)
class CodeRequestV1:
    """One number of one municipality. A repeated request for a number that has its 符号 changes nothing."""

    municipality_code: str  # 全国地方公共団体コード
    integrated_atena_no: str  # 団体内統合宛名番号, 15 digits
    requested_at: datetime  # 依頼日時
