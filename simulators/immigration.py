"""出入国在留管理庁の連携端末 — takes 市町村通知 and 市町村伝達, says later what became of each, and sends 長官通知. 入管法61条の8の2; 住基法30条の50; G-24.

It speaks first by POST /_send (simulators/sending.py); the body of a 長官通知 has the items of layouts/commissioner_notice.csv and is judged by them:

    {"to": "residents", "kind": "commissioner_notice", "version": 1, "body": {…}}

POST /_process says what became of what was taken and not answered for yet, in its order, each by a message `immigration_result`:

    {"to": "residents", "failed": {"<依頼管理番号>": ["E21", "在留カード番号が一致しません。"]}}           all others were processed well
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any  # JSON

from simulators import layouts
from simulators.counterpart import Counterpart
from simulators.moment import Clock
from simulators.sending import CannotSend


class Immigration(Counterpart):
    """Takes whatever fits the layout: its own checks come when it is processed."""

    name = "immigration"
    layout_name = "immigration_notice"
    path = "/v1/municipality-notices"

    def __init__(self, folder: Path, layouts_dir: Path, clock: Clock) -> None:
        self._notice, self._result = (layouts.read(layouts_dir, name) for name in ("commissioner_notice", "immigration_result"))
        super().__init__(folder, layouts_dir, clock)

    @property
    def orders(self) -> Mapping[str, Callable[[object], object]]:
        return {"/_process": self.process}

    def forget(self) -> None:
        self._unprocessed: list[str] = []

    def learn(self, items: Mapping[str, object]) -> None:
        self._unprocessed.append(str(items["request_control_no"]))

    def send(self, order: object) -> Mapping[str, Any]:
        body = order.get("body") if isinstance(order, Mapping) and order.get("kind") == "commissioner_notice" else None
        if isinstance(body, Mapping) and (faults := self._notice.faults(_digits(body))):
            raise CannotSend(f"not as the layout has it: {[(fault.item, fault.code) for fault in faults]}")
        return super().send(order)

    def process(self, order: object) -> Mapping[str, object]:
        """POST /_process. What is answered for is answered once; CannotSend leaves the rest for another time."""
        if not isinstance(order, Mapping) or "to" not in order:
            raise CannotSend('it is told as {"to": "residents", "failed": {number: [code, words]}}')
        failed = order.get("failed", {})
        done = []
        while self._unprocessed:
            number = self._unprocessed[0]
            code, text = failed.get(number, ("A00", "正常に処理しました。"))
            body = {
                "request_control_no": number, "succeeded": number not in failed, "code": code, "text_ja": text, "processed_at": self.clock.instant(),
            }  # fmt: skip
            assert not self._result.faults(body)
            reply = self.sender.send_as_told({"to": order["to"], "kind": "immigration_result", "version": 1, "body": body})
            done.append({"request_control_no": number, "status": reply["status"]})
            with self._lock:
                self._unprocessed.pop(0)
        return {"processed": done}


def _digits(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The days of a message between systems are written 2026-04-01, those of a layout 20260401."""
    return {name: value.replace("-", "") if isinstance(value, str) and name.endswith(("_date", "_on")) else value for name, value in body.items()}
