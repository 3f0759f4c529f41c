"""使者 — carries this room's notices from the post room through its ports. G-05, G-10, G-12, G-23.

site/wiring names `to_prefecture`, `to_other_city` and `to_jlis_national` as the couriers of their destinations.
"""

from __future__ import annotations

from django.conf import settings

from daicho.contracts.code_stock_request_v1 import CodeStockRequestV1
from daicho.contracts.fuhyo_notice_v1 import FuhyoNoticeV1
from daicho.contracts.juki_update_v1 import JukiUpdateV1
from daicho.contracts.move_in_outward_v1 import MoveInOutwardV1
from daicho.contracts.number_outward_v1 import NumberOutwardV1
from daicho.juki_net.adapters.wire import WireMunicipality, WireNational, WirePrefecture
from daicho.juki_net.ports import Acceptance, MunicipalityPort, NationalPort, PrefecturePort
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


class NationalCourier:
    """Implements the post room's `Courier` with a `NationalPort`."""

    def __init__(self, port: NationalPort) -> None:
        self._port = port

    def deliver(self, envelope: Envelope) -> Reply:
        message = envelope.message()
        if isinstance(message, NumberOutwardV1):
            return _acknowledged(self._port.request_number(message))
        assert isinstance(message, CodeStockRequestV1)  # as above
        return _acknowledged(self._port.request_codes(message))


def to_prefecture() -> PrefectureCourier:
    return PrefectureCourier(WirePrefecture(settings.DAICHO.peers["prefecture"]))


def to_other_city() -> MunicipalityCourier:
    return MunicipalityCourier(WireMunicipality(settings.DAICHO.peers["other_city"]))


def to_jlis_national() -> NationalCourier:
    return NationalCourier(WireNational(settings.DAICHO.peers["jlis_national"]))


def municipality() -> WireMunicipality:
    """For questions, which are not posted."""
    return WireMunicipality(settings.DAICHO.peers["other_city"])


def _acknowledged(accepted: Acceptance) -> Reply:
    return Reply("acknowledged", accepted.code, accepted.message_ja)
