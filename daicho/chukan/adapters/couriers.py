"""使者 — carries this room's notices from the post room through its port. G-14, G-19.

site/wiring names `to_network_core` as the courier of that destination.
"""

from __future__ import annotations

from django.conf import settings

from daicho.chukan.adapters.wire import WireNetworkCore
from daicho.chukan.ports import NetworkCorePort
from daicho.contracts.code_acquisition_v1 import CodeAcquisitionV1
from daicho.contracts.provision_release_v1 import ProvisionReleaseV1
from daicho.outbox.envelope import Envelope, Reply


class NetworkCoreCourier:
    """Implements the post room's `Courier` with a `NetworkCorePort`."""

    def __init__(self, port: NetworkCorePort) -> None:
        self._port = port

    def deliver(self, envelope: Envelope) -> Reply:
        message = envelope.message()
        if isinstance(message, CodeAcquisitionV1):
            accepted = self._port.request_code(message)
        else:
            assert isinstance(message, ProvisionReleaseV1)  # wiring allows no other kind here
            accepted = self._port.send_release(message)
        return Reply("acknowledged", accepted.code, accepted.message_ja)


def to_network_core() -> NetworkCoreCourier:
    return NetworkCoreCourier(WireNetworkCore(settings.DAICHO.peers["network_core"]))
