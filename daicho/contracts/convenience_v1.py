"""コンビニ交付の請求と回答 — the certificate centre asks for a shop's terminal, konbini answers with a certificate or a coded refusal. G-21, S5-02.

layouts/convenience_question.csv and convenience_answer.csv describe both for the other side; the codes stand in layouts/codes.csv.
"""

from dataclasses import dataclass
from datetime import datetime

from daicho.contracts.base import contract


@contract("convenience_question", version=1, category="question")
@dataclass(frozen=True)
class ConvenienceQuestionV1:
    """One request of one terminal. The same `request_no` again is the same request, asked under another `question_id`."""

    question_id: str
    purpose: str
    deadline: datetime
    request_no: str  # 請求番号, the centre's own
    card_result: str  # list convenience_card: what the card's 利用者証明 came to
    user_certificate_serial: str  # of the card that was verified
    certificate_kind: str  # list convenience_kind
    shown: tuple[str, ...]  # list convenience_option: what is omitted unless asked for (法12条5項)
    shop_code: str
    terminal_code: str


@contract("convenience_answer", version=1, category="answer")
@dataclass(frozen=True)
class ConvenienceAnswerV1:
    """`code` A00 with a document, or a refusal without one. `request_digest` is SHA-256 of the question's body as it came.

    `binding` is SHA-256 over the canonical JSON of all other fields but `question_id`, `message_ja` and `document`: which request has which
    paper, made by which layout, template and font. All digests are hexadecimal.
    """

    question_id: str
    request_no: str
    request_digest: str
    code: str  # list convenience_result
    message_ja: str
    certificate_no: str | None  # 発行番号
    pages: int | None
    fee_yen: int | None
    document: str | None  # the PDF in base64
    document_digest: str | None
    definition_digest: str | None
    template_digest: str | None
    font_digest: str | None
    binding: str
