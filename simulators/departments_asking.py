"""統合宛名への照会と付番依頼 — a department's system asks atena for one person or a number: POST /_ask. 番号法第9条第1項 別表; G-30.

    {"department_code", "affair_code", "individual_number" or "atena_no", and perhaps "purpose", "basics", "fault"}

By one key an inquiry, with `basics` (5情報) a request for numbering. The question is made by layouts/atena_question.csv, the answer judged by
layouts/atena_answer.csv; both are kept (`/_received`, inquiries). Answered with {"asked", "replies", "problems"}. `fault` is one of FAULTS.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any  # JSON

from simulators import layouts
from simulators.sending import CannotSend, Sender
from simulators.store import Lines

FAULTS = {
    "twice": "sends the same question again under the same number",
    "late": "asks with a deadline that has passed",
    "altered": "alters the message after signing it",
    "beyond": "asks with an item that the layout does not have",
}
BASICS = ("name", "name_furigana", "birth_date", "sex_code", "address")
PATIENCE = timedelta(seconds=30)


class Inquiries:
    """What was asked and answered, kept over restarts."""

    def __init__(self, folder: Path, layouts_dir: Path) -> None:
        self._questions = layouts.read(layouts_dir, "atena_question")
        self._answers = layouts.read(layouts_dir, "atena_answer")
        self.kept = Lines(folder / "inquiries.jsonl")

    def ask(self, sender: Sender, order: object) -> Mapping[str, Any]:
        """Ask as told. Raises CannotSend."""
        if not isinstance(order, Mapping):
            raise CannotSend("an order to ask is a table")
        fault = order.get("fault", "")
        if fault not in {"", *FAULTS}:
            raise CannotSend(f"fault is one of {', '.join(FAULTS)}")
        question = self._question(sender, {name: value for name, value in order.items() if name != "fault"}, fault)
        envelope = sender.envelope("atena", "atena_question", 1, question)
        replies = [sender.deliver("atena", envelope, altered=fault == "altered") for _ in range(2 if fault == "twice" else 1)]
        problems = [problem for reply in replies if reply.get("answer") for problem in self._judged(question, reply["answer"])]
        self.kept.keep({"at": sender.clock.instant(), "question": question, "replies": replies, "problems": problems})
        return {"asked": question, "replies": replies, "problems": problems}

    def _question(self, sender: Sender, told: Mapping[str, Any], fault: str) -> dict[str, Any]:
        if unknown := set(told) - (set(self._questions.items) - set(BASICS)) - {"basics"}:
            raise CannotSend(f"a question has no {', '.join(sorted(map(str, unknown)))}")
        deadline = datetime.fromtimestamp(sender.clock.now(), UTC) + (-PATIENCE if fault == "late" else PATIENCE)
        question = {
            "question_id": str(uuid.uuid4()), "purpose": "業務での宛名の確認", "deadline": deadline.isoformat(timespec="microseconds"),
            "department_code": "", "affair_code": "", "atena_no": None, "individual_number": None, "basics": None, **told,
        }  # fmt: skip
        if faults := self._questions.faults(_flat(question)):
            raise CannotSend(f"not a question of layouts/atena_question.csv: {', '.join(f'{one.item} {one.code}' for one in faults)}")
        return question | ({"nationality_code": "VNM"} if fault == "beyond" else {})

    def _judged(self, question: Mapping[str, Any], answer: Mapping[str, Any]) -> list[str]:
        """What is wrong with an answer: by the layout, and whether it is the one to that question."""
        problems = [f"{fault.item}: {fault.code}" for fault in self._answers.faults(_flat(answer))]
        if answer.get("question_id") != question["question_id"]:
            problems.append("question_id: another question's")
        return problems


def _flat(message: Mapping[str, Any]) -> dict[str, Any]:
    """The layout's items in a row: those of `basics` stand among the others."""
    basics = message.get("basics")
    return {name: value for name, value in message.items() if name != "basics"} | dict(basics or dict.fromkeys(BASICS))
