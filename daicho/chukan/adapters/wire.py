"""情報提供ネットワークシステムへの有線接続 — the port of this room over the wire. F-2-21; G-14, G-19; outbox/layout_line.py."""

from __future__ import annotations

from daicho.contracts.code_acquisition_v1 import CodeAcquisitionV1
from daicho.contracts.provision_release_v1 import ProvisionReleaseV1
from daicho.outbox.layout_line import Acceptance, LayoutLine
from daicho.outbox.signed_line import Peer


class WireNetworkCore:
    """`NetworkCorePort` over the wire."""

    def __init__(self, peer: Peer) -> None:
        self._codes = LayoutLine(peer, "/v1/code-acquisitions")
        self._releases = LayoutLine(peer, "/v1/provision-releases")

    def request_code(self, request: CodeAcquisitionV1) -> Acceptance:
        return self._codes.send("code_acquisition", request)

    def send_release(self, release: ProvisionReleaseV1) -> Acceptance:
        return self._releases.send("provision_release", release)
