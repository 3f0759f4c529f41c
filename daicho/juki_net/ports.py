"""住基ネットの相手方 — what this room needs from outside. 住民基本台帳法第9条第1項, 第19条第1項, 第24条の2, 第30条の6; 番号法第8条; G-05, G-10…G-12, G-23.

One suite (tests/juki_net/port_suite.py) runs against every implementation. The four errors are those of the post room.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from daicho.contracts.code_stock_request_v1 import CodeStockRequestV1
from daicho.contracts.fuhyo_notice_v1 import FuhyoNoticeV1
from daicho.contracts.juki_update_v1 import JukiUpdateV1
from daicho.contracts.move_in_outward_v1 import MoveInOutwardV1
from daicho.contracts.move_out_certificate_v1 import MoveOutCertificate
from daicho.contracts.number_outward_v1 import NumberOutwardV1
from daicho.contracts.wide_area_v1 import WideAreaCopy
from daicho.outbox.errors import Refused
from daicho.outbox.layout_line import Acceptance


class UnusableAnswer(Refused):
    """What came is no answer to what was asked: of another form, or to another question. We refuse it; `answer` are its bytes, for their digest."""

    def __init__(self, code: str, reason_ja: str, answer: bytes) -> None:
        super().__init__(code, reason_ja)
        self.answer = answer


@dataclass(frozen=True)
class MoveOutRequest:
    """転出証明書情報の請求: field names are the identifiers of layouts/move_out_request.csv, in its order. One of the two numbers is given."""

    request_control_no: str
    addressee_municipality_code: str
    municipality_code: str
    juminhyo_code: str | None
    individual_number: str | None
    purpose: str
    deadline: datetime


@dataclass(frozen=True)
class WideAreaRequest:
    """広域交付住民票の交付要求: field names are the identifiers of layouts/wide_area_request.csv, in its order. One of the two numbers is given."""

    request_control_no: str
    addressee_municipality_code: str
    municipality_code: str
    juminhyo_code: str | None
    individual_number: str | None
    whole_household: bool
    with_relationship: bool
    with_juminhyo_code: bool
    with_individual_number: bool
    with_residence_items: bool
    purpose: str
    deadline: datetime


class PrefecturePort(Protocol):
    """都道府県サーバ: takes updates of 本人確認情報, in the order of each person's 更新順番号."""

    def send_update(self, update: JukiUpdateV1) -> Acceptance:
        """Hand one update over and wait for the reply.

        May be called again with the same update after anything, a crash too: it is known by its 依頼管理番号.
        Raises outbox.errors: Duplicate (it was taken before, with the same content), Refused (form, code, or the order of
        the person's updates; with the counterpart's reason), Unavailable (away, silent, or a reply that cannot be read),
        Unauthorized (we are not known there, or the reply is not the prefecture's).
        """
        ...


class MunicipalityPort(Protocol):
    """他の市町村の市町村CS: takes 転入通知 and 戸籍附票記載事項通知, and answers what it certified of those who moved out."""

    def send_move_in(self, notice: MoveInOutwardV1) -> Acceptance:
        """Hand one notice over to the municipality it is addressed to, and wait for the reply. Errors as for `send_update`."""
        ...

    def send_fuhyo(self, notice: FuhyoNoticeV1) -> Acceptance:
        """The same for one 戸籍附票記載事項通知, to the municipality of the 本籍."""
        ...

    def ask_move_out(self, request: MoveOutRequest, within: float) -> MoveOutCertificate | None:
        """What the addressee certified of this person and of who moves along; None when it has nothing of them. Waits `within` seconds at most.

        Asked once and not repeated. Raises outbox.errors: Refused (with the counterpart's reason), UnusableAnswer, Unavailable (away, silent, too
        late, or a reply that cannot be read), Unauthorized. Whether the certificate is of the person asked for is for the caller to judge.
        """
        ...

    def ask_wide_area(self, request: WideAreaRequest, within: float) -> WideAreaCopy | None:
        """What a copy of this resident of the addressee bears; None when nobody of that number lives there. As `ask_move_out`."""
        ...


class NationalPort(Protocol):
    """全国サーバ of 機構: gives 個人番号. What it gives comes later, as a message of its own."""

    def request_number(self, request: NumberOutwardV1) -> Acceptance:
        """Ask for a number. Asked again with the same request it answers again what it answered. Errors as for `PrefecturePort.send_update`."""
        ...

    def request_codes(self, request: CodeStockRequestV1) -> Acceptance:
        """Ask for 住民票コード that nobody has (法30条の2). As `request_number`."""
        ...
