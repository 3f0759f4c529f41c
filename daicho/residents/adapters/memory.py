"""マイナポータルの代役 — the port of this room kept in memory, for tests without a network. domain §9.

It judges what the port promises (duplicates, a reused control number, codes) and nothing more.
"""

from __future__ import annotations

from daicho.contracts.layouts import by_code
from daicho.contracts.moving_answer_v1 import MovingAnswerV1
from daicho.outbox.errors import DeliveryError, Duplicate, Refused
from daicho.outbox.layout_line import Acceptance


class MemoryPortal:
    """`PortalPort` in memory. `fault` is raised instead, as often as it is set."""

    def __init__(self) -> None:
        self.received: list[MovingAnswerV1] = []
        self.fault: DeliveryError | None = None

    def send_answer(self, answer: MovingAnswerV1) -> Acceptance:
        if self.fault is not None:
            raise self.fault
        for known in self.received:
            if known.request_control_no == answer.request_control_no:
                raise Duplicate if known == answer else Refused("L03", "同じ依頼管理番号で内容が異なります。")
        if answer.result_code not in by_code("moving_result"):
            raise Refused("F05", "コード表にない値です。")
        self.received.append(answer)
        return Acceptance("A00", "受け付けました")
