"""入管庁の代役 — the port of this room kept in memory, for tests without a network. G-24.

It judges what the port promises (duplicates, a reused control number, codes) and nothing more.
"""

from __future__ import annotations

from daicho.contracts.immigration_notice_v1 import ImmigrationNoticeV1
from daicho.contracts.layouts import by_code
from daicho.outbox.errors import DeliveryError, Duplicate, Refused
from daicho.outbox.layout_line import Acceptance


class MemoryImmigration:
    """`ImmigrationPort` in memory: keeps what came by its 依頼管理番号. `fault` is raised instead, as often as it is set."""

    def __init__(self) -> None:
        self.received: list[ImmigrationNoticeV1] = []
        self.fault: DeliveryError | None = None

    def send_notice(self, notice: ImmigrationNoticeV1) -> Acceptance:
        if self.fault is not None:
            raise self.fault
        for known in self.received:
            if known.request_control_no == notice.request_control_no:
                raise Duplicate if known == notice else Refused("L03", "同じ依頼管理番号で内容が異なります。")
        if notice.law_code not in by_code("immigration_law"):
            raise Refused("F05", "コード表にない値です。")
        self.received.append(notice)
        return Acceptance("A00", "受け付けました")
