"""相手方への有線接続 — the ports of this room over the wire. F-2-21, F-2-24; G-05, G-10…G-12, G-23; outbox/layout_line.py."""

from __future__ import annotations

from daicho.contracts.code_stock_request_v1 import CodeStockRequestV1
from daicho.contracts.fuhyo_notice_v1 import FuhyoNoticeV1
from daicho.contracts.juki_update_v1 import JukiUpdateV1
from daicho.contracts.move_in_outward_v1 import MoveInOutwardV1
from daicho.contracts.move_out_certificate_v1 import MoveOutCertificate
from daicho.contracts.number_outward_v1 import NumberOutwardV1
from daicho.contracts.wide_area_v1 import WideAreaCopy
from daicho.juki_net.adapters.wire_certificate import NO_CERTIFICATE, NO_RESIDENT, read_certificate, read_wide_area
from daicho.juki_net.ports import MoveOutRequest, WideAreaRequest
from daicho.outbox.errors import Refused
from daicho.outbox.layout_line import Acceptance, LayoutLine
from daicho.outbox.signed_line import Peer


class WirePrefecture:
    """`PrefecturePort` over the wire."""

    def __init__(self, peer: Peer) -> None:
        self._line = LayoutLine(peer, "/v1/identity-updates")

    def send_update(self, update: JukiUpdateV1) -> Acceptance:
        return self._line.send("juki_update", update)


class WireMunicipality:
    """`MunicipalityPort` over the wire: the network passes a notice on to the municipality it is addressed to."""

    def __init__(self, peer: Peer) -> None:
        self._line = LayoutLine(peer, "/v1/move-in-notices")
        self._fuhyo = LayoutLine(peer, "/v1/fuhyo-notices")
        self._questions = LayoutLine(peer, "/v1/move-out-certificates")
        self._copies = LayoutLine(peer, "/v1/wide-area-copies")

    def send_move_in(self, notice: MoveInOutwardV1) -> Acceptance:
        return self._line.send("move_in_notice", notice)

    def send_fuhyo(self, notice: FuhyoNoticeV1) -> Acceptance:
        return self._fuhyo.send("fuhyo_notice", notice)

    def ask_move_out(self, request: MoveOutRequest, within: float) -> MoveOutCertificate | None:
        try:
            control_no, told = self._questions.ask("move_out_request", request, within)
        except Refused as refused:
            if refused.code == NO_CERTIFICATE:
                return None
            raise
        return read_certificate(told, is_ours=control_no == request.request_control_no)

    def ask_wide_area(self, request: WideAreaRequest, within: float) -> WideAreaCopy | None:
        try:
            control_no, told = self._copies.ask("wide_area_request", request, within)
        except Refused as refused:
            if refused.code == NO_RESIDENT:
                return None
            raise
        return read_wide_area(told, is_ours=control_no == request.request_control_no)


class WireNational:
    """`NationalPort` over the wire."""

    def __init__(self, peer: Peer) -> None:
        self._numbers = LayoutLine(peer, "/v1/number-requests")
        self._codes = LayoutLine(peer, "/v1/code-stock-requests")

    def request_number(self, request: NumberOutwardV1) -> Acceptance:
        return self._numbers.send("number_request", request)

    def request_codes(self, request: CodeStockRequestV1) -> Acceptance:
        return self._codes.send("code_stock_request", request)
