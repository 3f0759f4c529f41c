"""再同期の終わり — a sender tells a restored receiver that all it lost is queued again, in front of everything newer. design §5, `daicho resync`."""

from dataclasses import dataclass
from datetime import datetime

from daicho.contracts.base import contract


@contract("resynced_question", version=1, category="question")
@dataclass(frozen=True)
class ResyncedQuestionV1:
    """`sent_again`: how many notices are queued again."""

    question_id: str
    purpose: str
    deadline: datetime
    sent_again: int


@contract("resynced_answer", version=1, category="answer")
@dataclass(frozen=True)
class ResyncedAnswerV1:
    """`was_closed`: whether the receiver had been waiting for this."""

    question_id: str
    was_closed: bool
