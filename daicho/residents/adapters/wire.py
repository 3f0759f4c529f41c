"""マイナポータルへの有線接続 — the port of this room over the wire. F-2-21; domain §9; outbox/layout_line.py."""

from __future__ import annotations

from daicho.contracts.moving_answer_v1 import MovingAnswerV1
from daicho.outbox.layout_line import Acceptance, LayoutLine
from daicho.outbox.signed_line import Peer


class WirePortal:
    """`PortalPort` over the wire."""

    def __init__(self, peer: Peer) -> None:
        self._line = LayoutLine(peer, "/v1/moving-answers")

    def send_answer(self, answer: MovingAnswerV1) -> Acceptance:
        return self._line.send("moving_answer", answer)
