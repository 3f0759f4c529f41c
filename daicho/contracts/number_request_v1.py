"""個人番号の要求 — residents asks for a 個人番号 of 機構, by way of 市町村CS. 番号法第7条, 第8条; G-12, S2-09; std 7.1.2.1.

Asked again, it is the same message to the letter: 機構 knows it by its 依頼管理番号, and nobody gets two numbers by it.
"""

from dataclasses import dataclass

from daicho.contracts.base import contract


@contract("number_request", version=1)
@dataclass(frozen=True)
class NumberRequestV1:
    """For one person, who is named by 住民票コード alone."""

    request_control_no: str  # 依頼管理番号: the answer bears it
    municipality_code: str
    reason: str  # identifier of layouts/codes.csv list number_reason
    juminhyo_code: str
    old_individual_number: str | None  # the number that another shall take the place of; None for a first one
