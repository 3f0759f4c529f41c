"""受付口 — the only door for messages from the other rooms of the house. G-04, G-10, G-12, G-21, G-26; S5-03.

Called by the post room inside the transaction that holds the receipt; whatever raises here undoes both.
"""

from __future__ import annotations

from uuid import UUID

from daicho import audit
from daicho.contracts.convenience_issued_v1 import ConvenienceIssuedV1
from daicho.contracts.department_items_v1 import DepartmentItemsV1
from daicho.contracts.move_in_received_v1 import MoveInReceivedV1
from daicho.contracts.number_answer_v1 import NumberAnswerV1
from daicho.contracts.stocked_codes_v1 import StockedCodesV1
from daicho.outbox.envelope import Envelope
from daicho.residents.commands.code_stock import receive_codes
from daicho.residents.commands.convenience import record_convenience_issue
from daicho.residents.commands.departments import write_department_items
from daicho.residents.commands.number_answers import receive_number
from daicho.residents.commands.receiving import receive_move_in
from daicho.residents.permissions import IntakePermission, Permission


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
