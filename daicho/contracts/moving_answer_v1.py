"""引越しワンストップへの回答 — what became of an application: 処理完了通知 to the applicant through マイナポータル. layouts/moving_answer.csv; domain §9."""

from dataclasses import dataclass
from datetime import date

from daicho.contracts.base import contract


@contract("moving_answer", version=1)
@dataclass(frozen=True)
class MovingAnswerV1:
    """Field names are the identifiers of layouts/moving_answer.csv, in its order. `message_ja` is read by the applicant."""

    request_control_no: str
    municipality_code: str
    application_no: str
    result_code: str  # layouts/codes.csv, list moving_result
    message_ja: str
    answered_on: date
