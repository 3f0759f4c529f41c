"""入管庁への有線接続 — the port of this room over the wire. F-2-21; G-24; outbox/layout_line.py."""

from __future__ import annotations

from daicho.contracts.immigration_notice_v1 import ImmigrationNoticeV1
from daicho.outbox.layout_line import Acceptance, LayoutLine
from daicho.outbox.signed_line import Peer


class WireImmigration:
    """`ImmigrationPort` over the wire."""

    def __init__(self, peer: Peer) -> None:
        self._line = LayoutLine(peer, "/v1/municipality-notices")

    def send_notice(self, notice: ImmigrationNoticeV1) -> Acceptance:
        return self._line.send("immigration_notice", notice)
