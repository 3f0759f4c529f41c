"""受付口 — the only door for messages from the other rooms of the house, from the city's 戸籍, from マイナポータル and from 入管庁.

G-04, G-10, G-12, G-21, G-22, G-24, G-26; S5-03.

Called by the post room inside the transaction that holds the receipt; whatever raises here undoes both.
"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings

from daicho import audit
from daicho.contracts.commissioner_notice_v1 import CommissionerNoticeV1
from daicho.contracts.convenience_issued_v1 import ConvenienceIssuedV1
from daicho.contracts.department_items_v1 import DepartmentItemsV1
from daicho.contracts.family_register_notice_v1 import FamilyRegisterNoticeV1
from daicho.contracts.immigration_result_v1 import ImmigrationResultV1
from daicho.contracts.layouts import layout
from daicho.contracts.move_in_received_v1 import MoveInReceivedV1
from daicho.contracts.moving_application_v1 import MovingApplicationV1, MovingWithdrawalV1
from daicho.contracts.number_answer_v1 import NumberAnswerV1
from daicho.contracts.stocked_codes_v1 import StockedCodesV1
from daicho.contracts.wide_area_v1 import WideAreaAnswerV1, WideAreaQuestionV1
from daicho.outbox.envelope import Envelope
from daicho.outbox.errors import Refused
from daicho.residents.commands.code_stock import receive_codes
from daicho.residents.commands.commissioner import receive_commissioner_notice
from daicho.residents.commands.convenience import record_convenience_issue
from daicho.residents.commands.departments import write_department_items
from daicho.residents.commands.immigration import take_result
from daicho.residents.commands.number_answers import receive_number
from daicho.residents.commands.receiving_family_register import receive_family_register
from daicho.residents.commands.receiving_move_in import receive_move_in
from daicho.residents.commands.receiving_moving import receive_application, receive_withdrawal
from daicho.residents.permissions import IntakePermission, Permission
from daicho.residents.queries.wide_area import answer_wide_area


def handle_convenience_issued(message: object, envelope: Envelope) -> None:
    """コンビニ交付の履歴. Raises outbox Refused for a person whom the register does not know."""
    assert isinstance(message, ConvenienceIssuedV1)  # the post room decoded it by its kind
    record_convenience_issue(message, audit.Actor.system("residents.intake", IntakePermission.CONVENIENCE_RECORD))


def handle_department_items(message: object, envelope: Envelope) -> None:
    """書戻し. What cannot be written is answered with its reasons and refused to nobody: the person's other notices need not wait for it."""
    assert isinstance(message, DepartmentItemsV1)  # as above
    write_department_items(audit.Actor.system("residents.intake", IntakePermission.DEPARTMENT_WRITE), message)


def handle_move_in_received(message: object, envelope: Envelope) -> None:
    """転入通知 of another municipality, through 市町村CS. Nothing is refused: what does not fit is a clerk's work."""
    assert isinstance(message, MoveInReceivedV1)  # as above
    receive_move_in(message, UUID(envelope.notice_id))


def handle_number_answer(message: object, envelope: Envelope) -> None:
    """個人番号 of 機構, through 市町村CS. Raises outbox Refused for an answer to no request of ours, or about another person."""
    assert isinstance(message, NumberAnswerV1)  # as above
    receive_number(message)


def handle_stocked_codes(message: object, envelope: Envelope) -> None:
    """住民票コード for the stock, through 市町村CS. Raises outbox Refused for what was not asked for."""
    assert isinstance(message, StockedCodesV1)  # as above
    receive_codes(audit.Actor.system("residents.intake", Permission.REGISTER_IMPORT), message)


def handle_own_family_register(message: object, envelope: Envelope) -> None:
    """戸籍の届出 from the city's own 戸籍情報システム. Refused when it says that another municipality accepted it: that comes through 市町村CS."""
    assert isinstance(message, FamilyRegisterNoticeV1)  # as above
    if message.municipality_code != settings.INSTALLATION.municipality_code:
        raise Refused("not_ours", "他の市町村が受理した届出は、市町村CSから受け付けます（法第9条第2項）。")
    receive_family_register(message, UUID(envelope.notice_id))


def handle_family_register_notice(message: object, envelope: Envelope) -> None:
    """法9条2項通知 and 法19条2項通知, through 市町村CS. Nothing is refused, as of a 転入通知."""
    assert isinstance(message, FamilyRegisterNoticeV1)  # as above
    receive_family_register(message, UUID(envelope.notice_id))


def handle_moving_application(message: object, envelope: Envelope) -> None:
    """引越しワンストップの申請. Refused only what cannot be answered or is nobody's; what does not fit is a clerk's work."""
    assert isinstance(message, MovingApplicationV1)  # as above
    _must_be_answerable(message.application_no)
    if not message.people:
        raise Refused("nobody", "申請に引越しをする人がいません。")
    receive_application(message, UUID(envelope.notice_id))


def handle_moving_withdrawal(message: object, envelope: Envelope) -> None:
    """転出取消, 予約取消."""
    assert isinstance(message, MovingWithdrawalV1)  # as above
    _must_be_answerable(message.application_no)
    receive_withdrawal(message, UUID(envelope.notice_id))


def _must_be_answerable(application_no: str) -> None:
    """The answer bears the number, in the length of layouts/moving_answer.csv."""
    longest = layout("moving_answer")["application_no"].max_length or 0
    if not 0 < len(application_no) <= longest:
        raise Refused("application_no", f"申請番号は1文字から{longest}文字です。")


def handle_immigration_result(message: object, envelope: Envelope) -> None:
    """処理結果 of a 市町村通知 or 市町村伝達. Raises outbox Refused for a number that this city never sent."""
    assert isinstance(message, ImmigrationResultV1)  # as above
    take_result(audit.Actor.system("residents.intake", IntakePermission.IMMIGRATION_RECEIVE), message)


def handle_commissioner_notice(message: object, envelope: Envelope) -> None:
    """長官通知. Nothing is refused but what is another city's: all else is a clerk's work."""
    assert isinstance(message, CommissionerNoticeV1)  # as above
    receive_commissioner_notice(audit.Actor.system("residents.intake", IntakePermission.IMMIGRATION_RECEIVE), message)


def handle_wide_area_question(message: object, envelope: Envelope) -> WideAreaAnswerV1:
    """広域交付: what another city's counter is told. Nothing is refused as a message: the answer says what there is to be said."""
    assert isinstance(message, WideAreaQuestionV1)  # as above
    return answer_wide_area(audit.Actor.system("residents.intake", IntakePermission.WIDE_AREA_ANSWER), message)
