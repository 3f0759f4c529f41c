"""庁内各課の業務システム — the departments' own systems, all fifteen behind one port. 番号法第9条; G-25, G-26, G-30.

    POST /_send  {"ask": {"department_code", "affair_code", "individual_number" or "atena_no", and perhaps "purpose", "basics"}, "fault": …}

asks atena: by one key an inquiry, with `basics` (5情報) a request for numbering. The question is made by layouts/atena_question.csv, the answer
judged by layouts/atena_answer.csv; both are kept (`/_received`, inquiries). `fault` is one of FAULTS. Any other order is a message as it stands.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any  # JSON

from simulators import layouts
from simulators.counterpart import Counterpart
from simulators.moment import Clock
from simulators.sending import CannotSend
from simulators.store import Lines

FAULTS = {
    "twice": "sends the same question again under the same number",
    "late": "asks with a deadline that has passed",
    "altered": "alters the message after signing it",
    "beyond": "asks with an item that the layout does not have",
}
BASICS = ("name", "name_furigana", "birth_date", "sex_code", "address")
PATIENCE = timedelta(seconds=30)


class Departments(Counterpart):
    """Speaks first (simulators/sending.py)."""

    name = "departments"

    def __init__(self, folder: Path, layouts_dir: Path, clock: Clock) -> None:
        self._questions = layouts.read(layouts_dir, "atena_question")
        self._answers = layouts.read(layouts_dir, "atena_answer")
        self._inquiries = Lines(folder / self.name / "inquiries.jsonl")
        super().__init__(folder, layouts_dir, clock)

    def send(self, order: object) -> Mapping[str, Any]:
        """An order with `ask` is a question to atena. Raises CannotSend."""
        if not isinstance(order, Mapping) or "ask" not in order:
            return super().send(order)
        fault = order.get("fault", "")
        if not set(order) <= {"ask", "fault"} or not isinstance(order["ask"], Mapping) or fault not in {"", *FAULTS}:
            raise CannotSend(f"an order has ask and perhaps fault, one of {', '.join(FAULTS)}")
        question = self._question(order["ask"], fault)
        envelope = self.sender.envelope("atena", "atena_question", 1, question)
        replies = [self.sender.deliver("atena", envelope, altered=fault == "altered") for _ in range(2 if fault == "twice" else 1)]
        problems = [problem for reply in replies if reply.get("answer") for problem in self._judged(question, reply["answer"])]
        self._inquiries.keep({"at": self.clock.instant(), "question": question, "replies": replies, "problems": problems})
        return {"asked": question, "replies": replies, "problems": problems}

    def _question(self, ask: Mapping[str, Any], fault: str) -> dict[str, Any]:
        basics = ask.get("basics")
        if unknown := set(ask) - (set(self._questions.items) - set(BASICS)) - {"basics"}:
            raise CannotSend(f"a question has no {', '.join(sorted(map(str, unknown)))}")
        deadline = datetime.fromtimestamp(self.clock.now(), UTC) + (-PATIENCE if fault == "late" else PATIENCE)
        question = {
            "question_id": str(uuid.uuid4()), "purpose": "業務での宛名の確認", "deadline": deadline.isoformat(timespec="microseconds"),
            "department_code": "", "affair_code": "", "atena_no": None, "individual_number": None, "basics": None, **ask,
        }  # fmt: skip
        flat = {**{name: value for name, value in question.items() if name != "basics"}, **(basics or dict.fromkeys(BASICS))}
        if faults := self._questions.faults(flat):
            raise CannotSend(f"not a question of layouts/atena_question.csv: {', '.join(f'{one.item} {one.code}' for one in faults)}")
        return question | ({"nationality_code": "VNM"} if fault == "beyond" else {})

    def _judged(self, question: Mapping[str, Any], answer: Mapping[str, Any]) -> list[str]:
        """What is wrong with an answer: by the layout, and whether it is the one to that question."""
        basics = answer.get("basics")
        flat = {**{name: value for name, value in answer.items() if name != "basics"}, **(basics or dict.fromkeys(BASICS))}
        problems = [f"{fault.item}: {fault.code}" for fault in self._answers.faults(flat)]
        if answer.get("question_id") != question["question_id"]:
            problems.append("question_id: another question's")
        return problems

    # --- looking in from outside --------------------------------------------------------------------------------------

    def received(self) -> dict[str, object]:
        return super().received() | {"inquiries": list(self._inquiries.lines)}

    def reset(self) -> None:
        self._inquiries.reset()
        super().reset()
