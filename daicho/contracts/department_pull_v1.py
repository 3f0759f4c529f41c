"""庁内各課からの取出し — a department asks for everybody of its grant, and afterwards for what changed since. 番号法第9条第1項; 標準7.2.3 全件・異動差分."""

from dataclasses import dataclass
from datetime import datetime

from daicho.contracts.base import contract
from daicho.contracts.department_feed_v1 import FeedPerson


@contract("department_pull_question", version=1, category="question")
@dataclass(frozen=True)
class DepartmentPullQuestionV1:
    """`after` None begins with everybody (全件); any other value is a `next_after` that was answered before."""

    question_id: str
    purpose: str
    deadline: datetime
    department_code: str
    purpose_code: str
    after: str | None
    limit: int


@contract("department_pull_answer", version=1, category="answer")
@dataclass(frozen=True)
class DepartmentPullAnswerV1:
    """One page. `result`: given or refused, then with the reasons and nobody.

    `more`: ask again at once with `next_after`. Without more, what changes from now on is had by asking with it later (異動差分).
    """

    question_id: str
    result: str
    reasons: tuple[str, ...]
    grant_no: int | None
    people: tuple[FeedPerson, ...]
    next_after: str | None
    more: bool
