"""証明書交付センター — asks for certificates in the name of a shop's terminal, and believes only an answer that is bound to its request. G-21, S5-02.

POST /_send makes it ask, and tells what came:

    {"ask": {"user_certificate_serial": "MADEUP0000001", "certificate_kind": "12", "shown": ["01", "02"]}, "fault": "twice"}
    {"asked": {…}, "replies": [{"status", "code", "reason_ja", "answer"}], "problems": []}

`ask` may name any item of layouts/convenience_question.csv; what it does not name is made up. `fault` is one of FAULTS. `problems` is empty when
every answer fits its request, its layout and its paper. Papers are kept in the centre's folder by 請求番号; GET /_received lists all answers
without them. An order with `to`, `kind`, `version`, `body` is sent as it is (simulators/sending.py).
"""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any  # JSON

from simulators import layouts
from simulators.counterpart import Counterpart
from simulators.moment import Clock
from simulators.sending import CannotSend
from simulators.store import Received

FAULTS = {
    "twice": "asks again under the same 請求番号",
    "late": "asks with a deadline that has passed",
    "unknown_kind": "asks for a certificate that no list has",
    "altered": "alters the message after signing it",
}
ISSUED = "A00"
PATIENCE = timedelta(seconds=30)
_BESIDE = ("question_id", "message_ja", "document", "binding")


class CertificateCentre(Counterpart):
    """Speaks first; is never sent anything of its own accord."""

    name = "certificate_centre"

    def __init__(self, folder: Path, layouts_dir: Path, clock: Clock) -> None:
        super().__init__(folder, layouts_dir, clock)
        self._questions = layouts.read(layouts_dir, "convenience_question")
        self._answers = layouts.read(layouts_dir, "convenience_answer")
        self._papers = folder / self.name / "papers"
        self._papers.mkdir(parents=True, exist_ok=True)

    def send(self, order: object) -> Mapping[str, Any]:
        """Ask as told. Raises CannotSend."""
        if not isinstance(order, Mapping) or "ask" not in order:
            return super().send(order)
        fault = order.get("fault", "")
        if not set(order) <= {"ask", "fault"} or not isinstance(order["ask"], Mapping) or fault not in {"", *FAULTS}:
            raise CannotSend(f"an order has ask and perhaps fault, one of {', '.join(FAULTS)}")
        asked = self._question(order["ask"], fault)
        replies, problems = [], []
        for question in [asked, {**asked, "question_id": str(uuid.uuid4())}] if fault == "twice" else [asked]:
            envelope = self.sender.envelope("konbini", "convenience_question", 1, question)
            reply = self.sender.deliver("konbini", envelope, altered=fault == "altered")
            replies.append(reply)
            if reply.get("answer"):
                problems += self._judged(question, str(envelope["body"]), reply["answer"])
        papers = {reply["answer"]["document_digest"] for reply in replies if reply.get("answer") and reply["answer"]["code"] == ISSUED}
        if len(papers) > 1:
            problems.append("the same 請求番号 has two different papers")
        return {"asked": asked, "replies": replies, "problems": problems}

    def _question(self, ask: Mapping[str, Any], fault: str) -> dict[str, Any]:
        if unknown := set(ask) - set(self._questions.items):
            raise CannotSend(f"a question has no {', '.join(sorted(map(str, unknown)))}")
        now = datetime.fromtimestamp(self.clock.now(), UTC)
        deadline = now - timedelta(seconds=1) if fault == "late" else now + PATIENCE
        question = {
            "question_id": str(uuid.uuid4()), "purpose": "コンビニ交付", "deadline": deadline.isoformat(timespec="microseconds"),
            "request_no": f"{now:%Y%m%d%H%M%S}-{uuid.uuid4().hex[:8]}", "card_result": "00", "user_certificate_serial": "", "certificate_kind": "11",
            "shown": [], "shop_code": "S0001", "terminal_code": "K01",
        }  # fmt: skip
        return {**question, **ask, **({"certificate_kind": "99"} if fault == "unknown_kind" else {})}

    def _judged(self, question: Mapping[str, Any], body: str, answer: Mapping[str, Any]) -> list[str]:
        """What is wrong with an answer; a right one is kept, its paper beside it."""
        problems = [*(f"{fault.item}: {fault.code}" for fault in self._answers.faults(answer)), *_unbound(question, body, answer)]
        with self._lock:
            self._keep_answer(answer)
        if answer.get("document") and not problems:
            (self._papers / f"{answer['request_no']}.pdf").write_bytes(base64.b64decode(answer["document"]))
        return problems

    def _keep_answer(self, answer: Mapping[str, Any]) -> None:
        self._store.keep(
            Received(
                position=len(self._store.received) + 1,
                sender="konbini",
                layout="convenience_answer",
                control_no=str(answer.get("request_no")),
                digest=str(answer.get("binding")),
                received_at=self.clock.instant(),
                items={name: value for name, value in answer.items() if name != "document"},
            )
        )


def _unbound(question: Mapping[str, Any], body: str, answer: Mapping[str, Any]) -> Iterator[str]:
    """Why this answer is not the one to that question."""
    if (answer.get("question_id"), answer.get("request_no")) != (question["question_id"], question["request_no"]):
        yield "the answer names another question"
    if answer.get("request_digest") != hashlib.sha256(body.encode()).hexdigest():
        yield "the answer is bound to another request"
    bound = {name: value for name, value in answer.items() if name not in _BESIDE}
    if answer.get("binding") != hashlib.sha256(_canonical(bound)).hexdigest():
        yield "the binding does not hold"
    has_paper = answer.get("document") is not None
    if has_paper != (answer.get("code") == ISSUED):
        yield "a refusal has a paper, or a paper is missing"
    if has_paper:
        pdf = base64.b64decode(answer["document"])
        if not pdf.startswith(b"%PDF-") or hashlib.sha256(pdf).hexdigest() != answer.get("document_digest"):
            yield "the paper is not the one that was bound"


def _canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
