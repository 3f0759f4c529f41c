"""相手方の代役 — the ports of this room kept in memory, for tests without a network. G-22, G-24; domain §9.

They judge what the ports promise (duplicates, a reused control number, codes, whose 本籍) and nothing more.
"""

from __future__ import annotations

from typing import TypeVar

from daicho.contracts.fuhyo_notice_v1 import FuhyoNoticeV1
from daicho.contracts.immigration_notice_v1 import ImmigrationNoticeV1
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
        return _taken(self.received, answer, self.fault, "moving_result", answer.result_code)


class MemoryImmigration:
    """`ImmigrationPort` in memory. `fault` as above."""

    def __init__(self) -> None:
        self.received: list[ImmigrationNoticeV1] = []
        self.fault: DeliveryError | None = None

    def send_notice(self, notice: ImmigrationNoticeV1) -> Acceptance:
        return _taken(self.received, notice, self.fault, "immigration_law", notice.law_code)


class MemoryFamilyRegister:
    """`FamilyRegisterPort` in memory. `fault` as above."""

    def __init__(self) -> None:
        self.received: list[FuhyoNoticeV1] = []
        self.fault: DeliveryError | None = None

    def send_fuhyo(self, notice: FuhyoNoticeV1) -> Acceptance:
        if self.fault is None and notice.addressee_municipality_code != notice.municipality_code:
            raise Refused("L04", "宛先の市町村コードが異なります。")
        return _taken(self.received, notice, self.fault, "fuhyo_reason", notice.reason_code)


_Message = TypeVar("_Message", MovingAnswerV1, ImmigrationNoticeV1, FuhyoNoticeV1)


def _taken(received: list[_Message], message: _Message, fault: DeliveryError | None, table: str, code: str) -> Acceptance:
    if fault is not None:
        raise fault
    for known in received:
        if known.request_control_no == message.request_control_no:
            raise Duplicate if known == message else Refused("L03", "同じ依頼管理番号で内容が異なります。")
    if code not in by_code(table):
        raise Refused("F05", "コード表にない値です。")
    received.append(message)
    return Acceptance("A00", "受け付けました")
