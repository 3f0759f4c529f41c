"""住民記録の相手方 — what this room needs from outside: マイナポータル, which tells applicants what became of their applications, 入管庁's terminal, 戸籍附票.

domain §9; 入管法第61条の8の2; 住民基本台帳法第19条第1項; G-22, G-24; std 4.5.7, 7.2.4. One suite for each (tests/residents/port_suite.py,
immigration_port_suite.py, fuhyo_port_suite.py) runs against every implementation. The four errors are those of the post room. What comes from outside needs no port: it comes to the wire listener (intake.py).
"""

from __future__ import annotations

from typing import Protocol

from daicho.contracts.fuhyo_notice_v1 import FuhyoNoticeV1
from daicho.contracts.immigration_notice_v1 import ImmigrationNoticeV1
from daicho.contracts.moving_answer_v1 import MovingAnswerV1
from daicho.outbox.layout_line import Acceptance


class PortalPort(Protocol):
    """マイナポータル（ぴったりサービス）: takes the answer to an application that it handed us."""

    def send_answer(self, answer: MovingAnswerV1) -> Acceptance:
        """Hand one answer over and wait for the reply.

        May be called again with the same answer after anything, a crash too: it is known by its 依頼管理番号.
        Raises outbox.errors: Duplicate (it was taken before, with the same content), Refused (form, code, or the same number with another content),
        Unavailable (away, silent, or a reply that cannot be read), Unauthorized (we are not known there, or the reply is not the portal's).
        """
        ...


class ImmigrationPort(Protocol):
    """入管庁連携端末: takes 市町村通知 and 市町村伝達. What became of each comes later, as a message of its own (処理結果)."""

    def send_notice(self, notice: ImmigrationNoticeV1) -> Acceptance:
        """Hand one message over and wait for the reply, which says that it was taken and not yet that it was processed.

        May be called again, and raises, as `send_answer`.
        """
        ...


class FamilyRegisterPort(Protocol):
    """戸籍附票システム of this city: takes 戸籍附票記載事項通知 of those who have their 本籍 here."""

    def send_fuhyo(self, notice: FuhyoNoticeV1) -> Acceptance:
        """Hand one notice over and wait for the reply.

        May be called again, and raises, as `send_answer`; Refused also for a 本籍 of another city.
        """
        ...
