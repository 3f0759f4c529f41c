"""受付口 — the only door for messages: from residents what changes file (2), and from no one else; from other municipalities 転入通知, questions
and what the 戸籍 tells (法9条2項, 19条2項), from 機構 個人番号.

G-04, G-10…G-13, G-23; F-2-01, F-2-05. What comes from outside changes nothing here: it passes through to residents, sealed, or is answered.

Called by the post room inside the transaction that holds the receipt; whatever raises here undoes both. Only a question to the outside runs
after it.
"""

from __future__ import annotations

from collections.abc import Callable

from daicho import audit, clock
from daicho.contracts.code_stock_request_v1 import CodeStockRequestV1
from daicho.contracts.family_register_notice_v1 import FamilyRegisterNoticeV1
from daicho.contracts.fuhyo_notice_v1 import FuhyoNoticeV1
from daicho.contracts.identity_info_v1 import IdentityInfoV1
from daicho.contracts.issue_block_v1 import IssueBlockV1
from daicho.contracts.move_in_notice_v1 import MoveInNoticeV1
from daicho.contracts.move_in_outward_v1 import MoveInOutwardV1
from daicho.contracts.move_out_certificate_info_v1 import MoveOutCertificateInfoV1, MoveOutCertificateWithdrawnV1
from daicho.contracts.move_out_certificate_v1 import MoveOutCertificateAnswerV1, MoveOutCertificateQuestionV1
from daicho.contracts.number_answer_v1 import NumberAnswerV1
from daicho.contracts.number_request_v1 import NumberRequestV1
from daicho.contracts.stocked_codes_v1 import StockedCodesV1
from daicho.contracts.wide_area_v1 import WideAreaAnswerV1, WideAreaQuestionV1
from daicho.juki_net import commands
from daicho.juki_net.permissions import JukiNetPermission
from daicho.juki_net.ports import MunicipalityPort
from daicho.outbox.envelope import Envelope


def _intake() -> audit.Actor:
    return audit.Actor.system("juki_net.intake", JukiNetPermission.IDENTITY_UPDATE)


def handle_identity_info(message: object, envelope: Envelope) -> None:
    """本人確認情報の更新. Raises outbox Refused with every reason."""
    assert isinstance(message, IdentityInfoV1)  # the post room decoded it by its kind
    commands.accept_identity_info(message, envelope, _intake())


def handle_issue_block(message: object, envelope: Envelope) -> None:
    """発行抑止の設定・解除. Raises outbox Refused."""
    assert isinstance(message, IssueBlockV1)  # as above
    commands.take_blocks(message, audit.Actor.system("juki_net.intake", JukiNetPermission.BLOCK_TAKE))


def handle_move_in_notice(message: object, envelope: Envelope) -> None:
    """転入通知. Raises outbox Refused with every reason."""
    assert isinstance(message, MoveInNoticeV1)  # as above
    commands.pass_on_move_in(message, _intake())


def handle_fuhyo_notice(message: object, envelope: Envelope) -> None:
    """戸籍附票記載事項通知. Raises outbox Refused with every reason."""
    assert isinstance(message, FuhyoNoticeV1)  # as above
    commands.pass_on_fuhyo(message, _intake())


def handle_move_in_from_outside(message: object, envelope: Envelope) -> None:
    """転入通知 of another municipality. Raises outbox Refused when it is not for this city."""
    assert isinstance(message, MoveInOutwardV1)  # as above
    actor = audit.Actor.system("juki_net.intake", JukiNetPermission.MOVE_IN_RECEIVE)
    commands.hand_in_move_in(message, clock.jst(envelope.posted_at).date(), actor)


def handle_family_register_notice(message: object, envelope: Envelope) -> None:
    """法9条2項通知, 法19条2項通知 of another municipality. Raises outbox Refused when it is not for this city."""
    assert isinstance(message, FamilyRegisterNoticeV1)  # as above
    commands.hand_in_family_register(message, audit.Actor.system("juki_net.intake", JukiNetPermission.FAMILY_REGISTER_RECEIVE))


def handle_move_out_certificate(message: object, envelope: Envelope) -> None:
    """転出証明書情報 of those who leave by 特例. Raises outbox Refused with every reason."""
    assert isinstance(message, MoveOutCertificateInfoV1)  # as above
    commands.keep_certified(message, _keeper())


def handle_move_out_withdrawal(message: object, envelope: Envelope) -> None:
    """取消し of what was certified."""
    assert isinstance(message, MoveOutCertificateWithdrawnV1)  # as above
    commands.withdraw_certified(message, _keeper())


def _keeper() -> audit.Actor:
    return audit.Actor.system("juki_net.intake", JukiNetPermission.MOVE_OUT_KEEP)


def handle_question_from_outside(message: object, envelope: Envelope) -> MoveOutCertificateAnswerV1:
    """転出証明書情報の照会 of another municipality. Raises outbox Refused for a question that is wrong in itself."""
    assert isinstance(message, MoveOutCertificateQuestionV1)  # as above
    return commands.answer_other_city(message, audit.Actor.system("juki_net.intake", JukiNetPermission.MOVE_OUT_ANSWER))


def handle_number_request(message: object, envelope: Envelope) -> None:
    """個人番号の要求. Raises outbox Refused with every reason."""
    assert isinstance(message, NumberRequestV1)  # as above
    commands.pass_on_number_request(message, _of_numbers())


def handle_number_answer(message: object, envelope: Envelope) -> None:
    """個人番号 of 機構. Raises outbox Refused for what is no answer in itself."""
    assert isinstance(message, NumberAnswerV1)  # as above
    commands.hand_in_number(message, _of_numbers())


def handle_code_request(message: object, envelope: Envelope) -> None:
    """住民票コード for the stock are asked for. Raises outbox Refused."""
    assert isinstance(message, CodeStockRequestV1)  # as above
    commands.pass_on_code_request(message, _of_numbers())


def handle_stocked_codes(message: object, envelope: Envelope) -> None:
    """住民票コード that 機構 gave. Raises outbox Refused for what is none."""
    assert isinstance(message, StockedCodesV1)  # as above
    commands.hand_in_codes(message, _of_numbers())


def _of_numbers() -> audit.Actor:
    return audit.Actor.system("juki_net.intake", JukiNetPermission.NUMBER_PASS_ON)


def move_out_question(port: Callable[[], MunicipalityPort]) -> Callable[[object, Envelope], MoveOutCertificateAnswerV1]:
    """The handler of 転出証明書情報の照会, which asks by `port`. It raises outbox Refused for a question that is wrong in itself."""

    def handle(message: object, envelope: Envelope) -> MoveOutCertificateAnswerV1:
        assert isinstance(message, MoveOutCertificateQuestionV1)  # as above
        asker = audit.Actor.system("juki_net.intake", JukiNetPermission.MOVE_OUT_ASK)
        return commands.ask_former_city(message, asker, port())

    return handle


def wide_area_question(port: Callable[[], MunicipalityPort]) -> Callable[[object, Envelope], WideAreaAnswerV1]:
    """The handler of 広域交付 of residents' counter, which asks by `port`. It raises outbox Refused for a question that is wrong in itself."""

    def handle(message: object, envelope: Envelope) -> WideAreaAnswerV1:
        assert isinstance(message, WideAreaQuestionV1)  # as above
        return commands.ask_home_city(message, audit.Actor.system("juki_net.intake", JukiNetPermission.WIDE_AREA_ASK), port())

    return handle


def handle_wide_area_from_outside(message: object, envelope: Envelope) -> WideAreaAnswerV1:
    """広域交付 of another municipality's counter: residents is asked. Raises outbox Refused for a question that is wrong in itself."""
    assert isinstance(message, WideAreaQuestionV1)  # as above
    actor = audit.Actor.system("juki_net.intake", JukiNetPermission.WIDE_AREA_ANSWER)
    return commands.answer_for_resident(message, actor, commands.ask_residents)
