"""試験の電文 — contracts that exist in the tests of the post room alone. design §5."""

from dataclasses import dataclass
from datetime import datetime

from daicho.contracts.base import contract


@contract("outbox_sample", version=1)
@dataclass(frozen=True)
class OutboxSampleV1:
    no: int
    text: str


@contract("outbox_other_sample", version=1)
@dataclass(frozen=True)
class OtherSampleV1:
    no: int


@contract("outbox_sample_question", version=1, category="question")
@dataclass(frozen=True)
class OutboxSampleQuestionV1:
    question_id: str
    purpose: str
    deadline: datetime


@contract("outbox_sample_answer", version=1, category="answer")
@dataclass(frozen=True)
class OutboxSampleAnswerV1:
    question_id: str
    no: int
