"""個人番号の回答 — 機構 gives the 個人番号 that was asked for, or says why not. 番号法第8条; G-12, S2-09; std 7.1.2.1-02.

From 機構 to juki_net, and on to residents as it came: file (2) gets the number by the update of 本人確認情報 that follows from it.
"""

from dataclasses import dataclass

from daicho.contracts.base import contract


@contract("number_answer", version=1)
@dataclass(frozen=True)
class NumberAnswerV1:
    """The answer to one request, found again by its control number; of which person it is says 住民票コード (F-1-05)."""

    request_control_no: str
    municipality_code: str
    juminhyo_code: str
    individual_number: str | None  # None: none was given, and `reason_ja` says why
    reason_ja: str
