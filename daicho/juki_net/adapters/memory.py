"""相手方の代役 — the ports of this room kept in memory, for tests without a network. G-05, G-10…G-12, G-23.

They judge what the ports promise (duplicates, a reused control number, codes, the order of a person's updates) and nothing more.
"""

from __future__ import annotations

from typing import Generic, TypeVar

from daicho.contracts.code_stock_request_v1 import CodeStockRequestV1
from daicho.contracts.fuhyo_notice_v1 import FuhyoNoticeV1
from daicho.contracts.juki_update_v1 import JukiUpdateV1
from daicho.contracts.move_in_outward_v1 import MoveInOutwardV1
from daicho.contracts.move_out_certificate_v1 import MoveOutCertificate
from daicho.contracts.number_outward_v1 import NumberOutwardV1
from daicho.contracts.wide_area_v1 import WideAreaCopy
from daicho.juki_net.ports import MoveOutRequest, WideAreaRequest
from daicho.juki_net.rules.layouts import by_code
from daicho.outbox.errors import DeliveryError, Duplicate, Refused
from daicho.outbox.layout_line import Acceptance

M = TypeVar("M", JukiUpdateV1, MoveInOutwardV1 | FuhyoNoticeV1, NumberOutwardV1 | CodeStockRequestV1)


class _Memory(Generic[M]):
    """Keeps what came by its 依頼管理番号. `fault` is raised instead, as often as it is set."""

    def __init__(self) -> None:
        self.received: list[M] = []
        self.fault: DeliveryError | None = None

    def _take(self, message: M) -> Acceptance:
        if self.fault is not None:
            raise self.fault
        for known in self.received:
            if known.request_control_no == message.request_control_no:
                raise Duplicate if known == message else Refused("L03", "同じ依頼管理番号で内容が異なります。")
        self._judge(message)
        self.received.append(message)
        return Acceptance("A00", "受け付けました")

    def _judge(self, message: M) -> None:
        raise NotImplementedError


class MemoryPrefecture(_Memory[JukiUpdateV1]):
    """`PrefecturePort` in memory."""

    def send_update(self, update: JukiUpdateV1) -> Acceptance:
        return self._take(update)

    def _judge(self, message: JukiUpdateV1) -> None:
        _known("sex", message.sex_code)
        codes = {message.juminhyo_code, message.old_juminhyo_code}
        earlier = [known.update_sequence_no for known in self.received if known.juminhyo_code in codes]
        if earlier and message.update_sequence_no > earlier[-1] + 1:
            raise Refused("L01", "更新順番号に欠番があります。")
        if earlier and message.update_sequence_no <= earlier[-1]:
            raise Refused("L02", "更新順番号が逆転又は重複しています。")


class MemoryMunicipality(_Memory[MoveInOutwardV1 | FuhyoNoticeV1]):
    """`MunicipalityPort` in memory; `certified` is what it knows of those who moved out, `residents` of those who live there, by 住民票コード."""

    def __init__(self) -> None:
        super().__init__()
        self.certified: list[MoveOutCertificate] = []
        self.residents: dict[str, WideAreaCopy] = {}

    def ask_wide_area(self, request: WideAreaRequest, within: float) -> WideAreaCopy | None:
        if self.fault is not None:
            raise self.fault
        known = self.residents.get(request.juminhyo_code or "")
        return known if known is not None and known.municipality_code == request.addressee_municipality_code else None

    def ask_move_out(self, request: MoveOutRequest, within: float) -> MoveOutCertificate | None:
        if self.fault is not None:
            raise self.fault
        asked = {request.juminhyo_code, request.individual_number} - {None}
        here = (each for each in self.certified if each.former_municipality_code == request.addressee_municipality_code)
        return next((each for each in here if any({person.juminhyo_code, person.individual_number} & asked for person in each.people)), None)

    def send_move_in(self, notice: MoveInOutwardV1) -> Acceptance:
        return self._take(notice)

    def send_fuhyo(self, notice: FuhyoNoticeV1) -> Acceptance:
        return self._take(notice)

    def _judge(self, message: MoveInOutwardV1 | FuhyoNoticeV1) -> None:
        _known("sex", message.sex_code)
        if message.addressee_municipality_code == message.municipality_code:
            raise Refused("L04", "宛先の市町村コードが異なります。")


class MemoryNational(_Memory[NumberOutwardV1 | CodeStockRequestV1]):
    """`NationalPort` in memory."""

    def request_number(self, request: NumberOutwardV1) -> Acceptance:
        return self._take(request)

    def request_codes(self, request: CodeStockRequestV1) -> Acceptance:
        return self._take(request)

    def _judge(self, message: NumberOutwardV1 | CodeStockRequestV1) -> None:
        if isinstance(message, NumberOutwardV1):
            _known("number_reason", message.reason_code)


def _known(code_list: str, code: str) -> None:
    if code not in by_code(code_list):
        raise Refused("F05", "コード表にない値です。")
