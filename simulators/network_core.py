"""情報提供ネットワークシステム — gives 符号, permits and passes on the inquiries of 情報照会者, and opens for them what comes back. 番号法第21条, 第21条の2; G-14, G-19.

It plays the core and the askers in one: each asker has a key of its own for each question, and only with it does the answer open.

    POST /_send  {"to": "chukan", "ask": {"inquirer_code", "affair_code", "item_no", "procedure_code", "information_code", "linkage_code" or
                  "request_control_no" (the 符号 given for it), and perhaps "asked_at", "purpose", "provider_municipality_code", "fault"}}

`fault` is one of FAULTS. The reply has what chukan said, and `content` when it opened. /_received shows the 符号 given and the answers too.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any  # JSON

from simulators.asking import FAULTS, Ask, Asked, BadAsk, CannotOpen, open_answer, question_of
from simulators.counterpart import Counterpart, Reply
from simulators.moment import Clock
from simulators.sending import CannotSend
from simulators.store import Lines

__all__ = ["FAULTS", "NetworkCore"]


class NetworkCore(Counterpart):
    """Takes requests for 符号 and the answers that were held, and speaks first."""

    name = "network_core"
    layouts_by_path: Mapping[str, str] = {"/v1/code-acquisitions": "code_acquisition", "/v1/provision-releases": "provision_release"}

    def __init__(self, folder: Path, layouts_dir: Path, clock: Clock) -> None:
        self._codes = Lines(folder / self.name / "codes.jsonl")
        self._asked = Lines(folder / self.name / "asked.jsonl")
        self._answers = Lines(folder / self.name / "answers.jsonl")
        super().__init__(folder, layouts_dir, clock)

    # --- 符号 ----------------------------------------------------------------------------------------------------------

    def judge(self, layout_name: str, items: Mapping[str, object]) -> Reply | None:
        """A late answer belongs to an inquiry of ours that was held."""
        if layout_name == "provision_release" and self._asked_of(str(items["question_id"])) is None:
            return Reply("L05", str(items["request_control_no"]), ("question_id",))
        return None

    def kept(self, sender: str, layout_name: str, items: Mapping[str, object]) -> None:
        if layout_name == "code_acquisition":
            threading.Thread(target=self._give_code, args=(sender, dict(items)), daemon=True).start()
        else:
            self._open_release(dict(items))

    def _give_code(self, to: str, items: Mapping[str, Any]) -> None:
        """Make a 符号 for the request and hand it over, as often as it takes. The message is made once: a repetition is known as one."""
        body = {
            "request_control_no": items["request_control_no"],
            "municipality_code": items["municipality_code"],
            "linkage_code": hashlib.sha256(f"made-up 符号 {items['request_control_no']}".encode()).hexdigest()[:32],
            "issued_at": self.clock.instant(),
        }
        self._codes.keep({**body, "to": to})
        envelope = self.sender.envelope(to, "linkage_code", 1, body)
        self.sender.hand_over(to, envelope)

    # --- asking --------------------------------------------------------------------------------------------------------

    def send(self, order: object) -> Mapping[str, Any]:
        """An order with `ask` is an inquiry; any other is a message as it stands."""
        if not isinstance(order, Mapping) or "ask" not in order:
            return super().send(order)
        if set(order) != {"to", "ask"}:
            raise CannotSend('an inquiry is ordered as {"to": …, "ask": {…}}')
        try:
            asked = question_of(Ask.of(self._with_code(order["ask"])), self.sender.signing_key, self.clock.now())
        except BadAsk as error:
            raise CannotSend(str(error)) from None
        self._asked.keep(asked.as_line())
        reply = dict(self.sender.deliver(str(order["to"]), self.sender.envelope(str(order["to"]), "provision_question", 1, asked.question)))
        answer = reply.get("answer")
        reply["content"] = self._opened(str(order["to"]), asked, answer)
        self._answers.keep({"question_id": asked.question["question_id"], "at": self.clock.instant(), "answer": answer, "content": reply["content"]})
        return reply

    def _with_code(self, ask: object) -> object:
        """The 符号 that was given for a request, where the order names the request."""
        if not isinstance(ask, Mapping) or "request_control_no" not in ask:
            return ask
        given = [line["linkage_code"] for line in self._codes.lines if line["request_control_no"] == ask["request_control_no"]]
        if not given:
            raise CannotSend("no 符号 was given for this request")
        return {**{key: value for key, value in ask.items() if key != "request_control_no"}, "linkage_code": given[0]}

    def _opened(self, provider: str, asked: Asked, answer: Mapping[str, Any] | None) -> object:
        if not answer or not answer.get("sealed"):
            return None
        return self._open(provider, asked, answer, b"daicho provision answer 1\n", answer["sealed"])

    def _open_release(self, items: Mapping[str, Any]) -> None:
        line = self._asked_of(str(items["question_id"]))
        assert line is not None  # judged
        sealed = {name: items[name] for name in ("ephemeral_key", "nonce", "ciphertext")}
        heading = b"daicho provision release 1\n"
        content = self._open("chukan", Asked.from_line(line), items, heading, sealed) if items["ciphertext"] else None
        self._answers.keep({"question_id": items["question_id"], "at": self.clock.instant(), "answer": dict(items), "content": content})

    def _open(self, provider: str, asked: Asked, signed: Mapping[str, Any], heading: bytes, sealed: Mapping[str, str]) -> object:
        try:
            return open_answer(asked, signed, heading, sealed, self.sender.addressees[provider].public_key)
        except CannotOpen as error:
            return {"cannot_open": str(error)}

    def _asked_of(self, question_id: str) -> dict[str, Any] | None:
        return next((line for line in self._asked.lines if line["question"]["question_id"] == question_id), None)

    # --- looking in from outside --------------------------------------------------------------------------------------

    def received(self) -> dict[str, object]:
        return super().received() | {"codes": list(self._codes.lines), "answers": list(self._answers.lines)}

    def reset(self) -> None:
        for lines in (self._codes, self._asked, self._answers):
            lines.reset()
        super().reset()
