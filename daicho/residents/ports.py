"""住民記録の相手方 — what this room needs from outside: 出入国在留管理庁's linkage terminal. 入管法第61条の8の2; G-24; std 4.5.7.

One suite (tests/residents/immigration_port_suite.py) runs against every implementation. The four errors are those of the post room.
"""

from __future__ import annotations

from typing import Protocol

from daicho.contracts.immigration_notice_v1 import ImmigrationNoticeV1
from daicho.outbox.layout_line import Acceptance


class ImmigrationPort(Protocol):
    """入管庁連携端末: takes 市町村通知 and 市町村伝達. What became of each comes later, as a message of its own (処理結果)."""

    def send_notice(self, notice: ImmigrationNoticeV1) -> Acceptance:
        """Hand one message over and wait for the reply, which says that it was taken and not yet that it was processed.

        May be called again with the same message after anything: it is known by its 依頼管理番号.
        Raises outbox.errors: Duplicate (taken before, with the same content), Refused (form, code, or a number used for something else),
        Unavailable, Unauthorized.
        """
        ...
