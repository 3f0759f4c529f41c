"""使者 — carries what this room sends outside from the post room through its ports. site/wiring names them as couriers. G-22, G-24; domain §9."""

from __future__ import annotations

from django.conf import settings

from daicho.contracts.fuhyo_notice_v1 import FuhyoNoticeV1
from daicho.contracts.immigration_notice_v1 import ImmigrationNoticeV1
from daicho.contracts.moving_answer_v1 import MovingAnswerV1
from daicho.outbox.envelope import Envelope, Reply
from daicho.residents.adapters.wire import WireFamilyRegister, WireImmigration, WirePortal
from daicho.residents.ports import FamilyRegisterPort, ImmigrationPort, PortalPort


class PortalCourier:
    """Implements the post room's `Courier` with a `PortalPort`."""

    def __init__(self, port: PortalPort) -> None:
        self._port = port

    def deliver(self, envelope: Envelope) -> Reply:
        message = envelope.message()
        assert isinstance(message, MovingAnswerV1)  # wiring allows no other kind here
        accepted = self._port.send_answer(message)
        return Reply("acknowledged", accepted.code, accepted.message_ja)


class ImmigrationCourier:
    """The same with an `ImmigrationPort`."""

    def __init__(self, port: ImmigrationPort) -> None:
        self._port = port

    def deliver(self, envelope: Envelope) -> Reply:
        message = envelope.message()
        assert isinstance(message, ImmigrationNoticeV1)  # as above
        accepted = self._port.send_notice(message)
        return Reply("acknowledged", accepted.code, accepted.message_ja)


class FamilyRegisterCourier:
    """The same with a `FamilyRegisterPort`."""

    def __init__(self, port: FamilyRegisterPort) -> None:
        self._port = port

    def deliver(self, envelope: Envelope) -> Reply:
        message = envelope.message()
        assert isinstance(message, FuhyoNoticeV1)  # as above
        accepted = self._port.send_fuhyo(message)
        return Reply("acknowledged", accepted.code, accepted.message_ja)


def to_mynaportal() -> PortalCourier:
    return PortalCourier(WirePortal(settings.DAICHO.peers["mynaportal"]))


def to_immigration() -> ImmigrationCourier:
    return ImmigrationCourier(WireImmigration(settings.DAICHO.peers["immigration"]))


def to_family_register() -> FamilyRegisterCourier:
    return FamilyRegisterCourier(WireFamilyRegister(settings.DAICHO.peers["family_register"]))
