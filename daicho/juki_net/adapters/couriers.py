"""使者 — carries this room's notices from the post room through its ports. G-05, G-10, G-23.

site/wiring names `to_prefecture` and `to_other_city` as the couriers of the two destinations.
"""

from __future__ import annotations

from django.conf import settings

from daicho.contracts.fuhyo_notice_v1 import FuhyoNoticeV1
from daicho.contracts.juki_update_v1 import JukiUpdateV1
from daicho.contracts.move_in_outward_v1 import MoveInOutwardV1
from daicho.juki_net.adapters.wire import WireMunicipality, WirePrefecture
from daicho.juki_net.ports import Acceptance, MunicipalityPort, PrefecturePort
from daicho.outbox.envelope import Envelope, Reply


class PrefectureCourier:
    """Implements the post room's `Courier` with a `PrefecturePort`."""

    def __init__(self, port: PrefecturePort) -> None:
        self._port = port

    def deliver(self, envelope: Envelope) -> Reply:
        message = envelope.message()
        assert isinstance(message, JukiUpdateV1)  # wiring allows no other kind here
        return _acknowledged(self._port.send_update(message))


class MunicipalityCourier:
    """Implements the post room's `Courier` with a `MunicipalityPort`."""

    def __init__(self, port: MunicipalityPort) -> None:
        self._port = port

    def deliver(self, envelope: Envelope) -> Reply:
        message = envelope.message()
        if isinstance(message, FuhyoNoticeV1):
            return _acknowledged(self._port.send_fuhyo(message))
        assert isinstance(message, MoveInOutwardV1)  # as above
        return _acknowledged(self._port.send_move_in(message))


def to_prefecture() -> PrefectureCourier:
    return PrefectureCourier(WirePrefecture(settings.DAICHO.peers["prefecture"]))


def to_other_city() -> MunicipalityCourier:
    return MunicipalityCourier(WireMunicipality(settings.DAICHO.peers["other_city"]))


def municipality() -> WireMunicipality:
    """For questions, which are not posted."""
    return WireMunicipality(settings.DAICHO.peers["other_city"])


def _acknowledged(accepted: Acceptance) -> Reply:
    return Reply("acknowledged", accepted.code, accepted.message_ja)
