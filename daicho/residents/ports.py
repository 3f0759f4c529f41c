"""住民記録の相手方 — what this room needs from outside: the city's own 戸籍附票システム. 住民基本台帳法第19条第1項; G-22; std 7.2.4.

One suite (tests/residents/fuhyo_port_suite.py) runs against every implementation. The four errors are those of the post room.
"""

from __future__ import annotations

from typing import Protocol

from daicho.contracts.fuhyo_notice_v1 import FuhyoNoticeV1
from daicho.outbox.layout_line import Acceptance


class FamilyRegisterPort(Protocol):
    """戸籍附票システム of this city: takes 戸籍附票記載事項通知 of those who have their 本籍 here."""

    def send_fuhyo(self, notice: FuhyoNoticeV1) -> Acceptance:
        """Hand one notice over and wait for the reply.

        May be called again with the same notice after anything, a crash too: it is known by its 依頼管理番号. Raises outbox.errors: Duplicate
        (it was taken before, with the same content), Refused (form, code, a 本籍 of another city; with the counterpart's reason), Unavailable,
        Unauthorized.
        """
        ...
