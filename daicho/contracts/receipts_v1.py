"""受信簿の照合 — the sender asks the receiver which of its notices it holds, so that the books can be compared. design §5, `daicho books`."""

from dataclasses import dataclass
from datetime import datetime

from daicho.contracts.base import contract


@contract("receipts_question", version=1, category="question")
@dataclass(frozen=True)
class ReceiptsQuestionV1:
    """Receipts of the asking system, in the receiver's order, after `after` (0 for the first page)."""

    question_id: str
    purpose: str
    deadline: datetime
    after: int
    limit: int


@dataclass(frozen=True)
class ReceiptLine:
    """One notice that was taken. Kind and handles are the asker's own words: by them a restored sender sees whom it must tell anew."""

    epoch: str
    notice_id: str
    digest: str
    kind: str
    subjects: tuple[str, ...]


@contract("receipts_answer", version=1, category="answer")
@dataclass(frozen=True)
class ReceiptsAnswerV1:
    """One page; `next_after` is None on the last one."""

    question_id: str
    receipts: tuple[ReceiptLine, ...]
    next_after: int | None
