"""外への有線接続 — the ports of this room over the wire: マイナポータル, 入管庁 and the city's own 附票. F-2-21; G-22, G-24; domain §9; outbox/layout_line.py."""

from __future__ import annotations

from daicho.contracts.fuhyo_notice_v1 import FuhyoNoticeV1
from daicho.contracts.immigration_notice_v1 import ImmigrationNoticeV1
from daicho.contracts.moving_answer_v1 import MovingAnswerV1
from daicho.outbox.layout_line import Acceptance, LayoutLine
from daicho.outbox.signed_line import Peer


class WirePortal:
    """`PortalPort` over the wire."""

    def __init__(self, peer: Peer) -> None:
        self._line = LayoutLine(peer, "/v1/moving-answers")

    def send_answer(self, answer: MovingAnswerV1) -> Acceptance:
        return self._line.send("moving_answer", answer)


class WireImmigration:
    """`ImmigrationPort` over the wire."""

    def __init__(self, peer: Peer) -> None:
        self._line = LayoutLine(peer, "/v1/municipality-notices")

    def send_notice(self, notice: ImmigrationNoticeV1) -> Acceptance:
        return self._line.send("immigration_notice", notice)


class WireFamilyRegister:
    """`FamilyRegisterPort` over the wire."""

    def __init__(self, peer: Peer) -> None:
        self._line = LayoutLine(peer, "/v1/fuhyo-notices")

    def send_fuhyo(self, notice: FuhyoNoticeV1) -> Acceptance:
        return self._line.send("fuhyo_notice", notice)
