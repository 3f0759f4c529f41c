"""使者 — carries this room's notices from the post room through its ports. G-22.

site/wiring names `to_family_register` as the courier of that destination.
"""

from __future__ import annotations

from django.conf import settings

from daicho.contracts.fuhyo_notice_v1 import FuhyoNoticeV1
from daicho.outbox.envelope import Envelope, Reply
from daicho.residents.adapters.wire import WireFamilyRegister
from daicho.residents.ports import FamilyRegisterPort


class FamilyRegisterCourier:
    """Implements the post room's `Courier` with a `FamilyRegisterPort`."""

    def __init__(self, port: FamilyRegisterPort) -> None:
        self._port = port

    def deliver(self, envelope: Envelope) -> Reply:
        message = envelope.message()
        assert isinstance(message, FuhyoNoticeV1)  # wiring allows no other kind here
        accepted = self._port.send_fuhyo(message)
        return Reply("acknowledged", accepted.code, accepted.message_ja)


def to_family_register() -> FamilyRegisterCourier:
    return FamilyRegisterCourier(WireFamilyRegister(settings.DAICHO.peers["family_register"]))
