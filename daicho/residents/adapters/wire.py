"""相手方への有線接続 — the ports of this room over the wire. F-2-21; G-22; outbox/layout_line.py."""

from __future__ import annotations

from daicho.contracts.fuhyo_notice_v1 import FuhyoNoticeV1
from daicho.outbox.layout_line import Acceptance, LayoutLine
from daicho.outbox.signed_line import Peer


class WireFamilyRegister:
    """`FamilyRegisterPort` over the wire."""

    def __init__(self, peer: Peer) -> None:
        self._line = LayoutLine(peer, "/v1/fuhyo-notices")

    def send_fuhyo(self, notice: FuhyoNoticeV1) -> Acceptance:
        return self._line.send("fuhyo_notice", notice)
