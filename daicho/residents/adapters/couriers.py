"""使者 — carries this room's notices from the post room through its port. site/wiring names `to_immigration` as the courier. G-24."""

from __future__ import annotations

from django.conf import settings

from daicho.contracts.immigration_notice_v1 import ImmigrationNoticeV1
from daicho.outbox.envelope import Envelope, Reply
from daicho.residents.adapters.wire import WireImmigration
from daicho.residents.ports import ImmigrationPort


class ImmigrationCourier:
    """Implements the post room's `Courier` with an `ImmigrationPort`."""

    def __init__(self, port: ImmigrationPort) -> None:
        self._port = port

    def deliver(self, envelope: Envelope) -> Reply:
        message = envelope.message()
        assert isinstance(message, ImmigrationNoticeV1)  # wiring allows no other kind here
        accepted = self._port.send_notice(message)
        return Reply("acknowledged", accepted.code, accepted.message_ja)


def to_immigration() -> ImmigrationCourier:
    return ImmigrationCourier(WireImmigration(settings.DAICHO.peers["immigration"]))
