"""相手方の代役 — the ports of this room kept in memory, for tests without a network. G-22.

They judge what the ports promise (duplicates, a reused control number, codes, whose 本籍) and nothing more.
"""

from __future__ import annotations

from daicho.contracts.fuhyo_notice_v1 import FuhyoNoticeV1
from daicho.contracts.layouts import by_code
from daicho.outbox.errors import DeliveryError, Duplicate, Refused
from daicho.outbox.layout_line import Acceptance


class MemoryFamilyRegister:
    """`FamilyRegisterPort` in memory: keeps what came by its 依頼管理番号. `fault` is raised instead, as often as it is set."""

    def __init__(self) -> None:
        self.received: list[FuhyoNoticeV1] = []
        self.fault: DeliveryError | None = None

    def send_fuhyo(self, notice: FuhyoNoticeV1) -> Acceptance:
        if self.fault is not None:
            raise self.fault
        for known in self.received:
            if known.request_control_no == notice.request_control_no:
                raise Duplicate if known == notice else Refused("L03", "同じ依頼管理番号で内容が異なります。")
        if notice.reason_code not in by_code("fuhyo_reason"):
            raise Refused("F05", "コード表にない値です。")
        if notice.addressee_municipality_code != notice.municipality_code:
            raise Refused("L04", "宛先の市町村コードが異なります。")
        self.received.append(notice)
        return Acceptance("A00", "受け付けました")
