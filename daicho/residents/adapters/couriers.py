"""使者 — carries this room's answers from the post room to マイナポータル. domain §9. site/wiring names `to_mynaportal` as the courier of that destination."""

from __future__ import annotations

from django.conf import settings

from daicho.contracts.moving_answer_v1 import MovingAnswerV1
from daicho.outbox.envelope import Envelope, Reply
from daicho.residents.adapters.wire import WirePortal
from daicho.residents.ports import PortalPort


class PortalCourier:
    """Implements the post room's `Courier` with a `PortalPort`."""

    def __init__(self, port: PortalPort) -> None:
        self._port = port

    def deliver(self, envelope: Envelope) -> Reply:
        message = envelope.message()
        assert isinstance(message, MovingAnswerV1)  # wiring allows no other kind here
        accepted = self._port.send_answer(message)
        return Reply("acknowledged", accepted.code, accepted.message_ja)


def to_mynaportal() -> PortalCourier:
    return PortalCourier(WirePortal(settings.DAICHO.peers["mynaportal"]))
