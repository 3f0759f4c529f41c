"""結び付け — which request has which paper, by digests: made when the answer is recorded, made again from what is about to leave. S5-02.

The centre makes the same from what it sent and what it got (`ConvenienceAnswerV1`).
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, fields, replace

from daicho.contracts.base import canonical
from daicho.contracts.convenience_v1 import ConvenienceAnswerV1
from daicho.konbini.rules.refusal import ISSUED, ISSUED_JA, Refusal

_BESIDE = ("question_id", "message_ja", "document", "binding")
_MADE_BY = ("certificate_no", "pages", "fee_yen", "document_digest", "definition_digest", "template_digest", "font_digest")


@dataclass(frozen=True)
class Paper:
    """A certificate that was printed, with what it was made by. `pdf` never lies in a table."""

    pdf: bytes
    certificate_no: str
    pages: int
    fee_yen: int
    document_digest: str
    definition_digest: str
    template_digest: str
    font_digest: str


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def answer_of(question_id: str, request_no: str, request_digest: str, result: Paper | Refusal) -> ConvenienceAnswerV1:
    """The answer, bound to its request."""
    if isinstance(result, Refusal):
        paper, code, message = None, str(result), result.message
    else:
        paper, code, message = result, ISSUED, ISSUED_JA
    answer = ConvenienceAnswerV1(
        question_id=question_id,
        request_no=request_no,
        request_digest=request_digest,
        code=code,
        message_ja=message,
        certificate_no=paper.certificate_no if paper else None,
        pages=paper.pages if paper else None,
        fee_yen=paper.fee_yen if paper else None,
        document=base64.b64encode(paper.pdf).decode("ascii") if paper else None,
        document_digest=paper.document_digest if paper else None,
        definition_digest=paper.definition_digest if paper else None,
        template_digest=paper.template_digest if paper else None,
        font_digest=paper.font_digest if paper else None,
        binding="",
    )
    return replace(answer, binding=binding_of(answer))


def binding_of(answer: ConvenienceAnswerV1) -> str:
    """SHA-256 over everything that binds: all fields but the question's own id, the words, the paper (whose digest is among them) and itself."""
    said = {field.name: getattr(answer, field.name) for field in fields(answer) if field.name not in _BESIDE}
    return digest_of(canonical(said))


def mismatches(sent: ConvenienceAnswerV1, question_body: bytes, made_again: Paper | None) -> tuple[str, ...]:
    """The names of what does not fit, in an answer as it is about to leave: to its own request, to its own paper, and to that paper made again."""
    found = []
    if sent.request_digest != digest_of(question_body):
        found.append("request")
    if sent.binding != binding_of(sent):
        found.append("binding")
    pdf = base64.b64decode(sent.document) if sent.document is not None else None
    if sent.document_digest != (digest_of(pdf) if pdf is not None else None):
        found.append("document")
    if pdf != (made_again.pdf if made_again else None):
        found.append("paper")
    if made_again is not None:
        found += [name for name in _MADE_BY if getattr(sent, name) != getattr(made_again, name)]
    return tuple(found)
