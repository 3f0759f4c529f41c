"""統合宛名番号による宛名の照会 — chukan, or its terminal, asks atena whose number it is. 番号法第19条第8号; S4-04.

Answered by `atena_answer` (found or not_found), as the departments are.
"""

from dataclasses import dataclass
from datetime import datetime

from daicho.contracts.base import contract


@contract("atena_by_integrated_question", version=1, category="question")
@dataclass(frozen=True)
class AtenaByIntegratedQuestionV1:
    """One number. The answer names the number in use, when the one asked for was united with another."""

    question_id: str
    purpose: str  # 利用目的, recorded at both ends
    deadline: datetime
    integrated_atena_no: str  # 団体内統合宛名番号, 15 digits
