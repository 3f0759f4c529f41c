"""住基ネットの相手方 — what this room needs from outside. 住民基本台帳法第9条第1項, 第30条の6; G-05, G-10.

One suite (tests/juki_net/port_suite.py) runs against every implementation. The four errors are those of the post room.
"""

from __future__ import annotations

from typing import Protocol

from daicho.contracts.juki_update_v1 import JukiUpdateV1
from daicho.contracts.move_in_outward_v1 import MoveInOutwardV1
from daicho.outbox.layout_line import Acceptance


class PrefecturePort(Protocol):
    """都道府県サーバ: takes updates of 本人確認情報, in the order of each person's 更新順番号."""

    def send_update(self, update: JukiUpdateV1) -> Acceptance:
        """Hand one update over and wait for the reply.

        May be called again with the same update after anything, a crash too: it is known by its 依頼管理番号.
        Raises outbox.errors: Duplicate (it was taken before, with the same content), Refused (form, code, or the order of
        the person's updates; with the counterpart's reason), Unavailable (away, silent, or a reply that cannot be read),
        Unauthorized (we are not known there, or the reply is not the prefecture's).
        """
        ...


class MunicipalityPort(Protocol):
    """他の市町村の市町村CS: takes 転入通知."""

    def send_move_in(self, notice: MoveInOutwardV1) -> Acceptance:
        """Hand one notice over to the municipality it is addressed to, and wait for the reply. Errors as for `send_update`."""
        ...
