"""受付口 — the doors for messages from the register and from the departments, and from nobody else. G-25, G-26; F-1-42.

Called by the post room inside the transaction that holds the receipt; whatever raises here undoes both.
"""

from __future__ import annotations

from daicho.audit.actor import Actor
from daicho.contracts.department_entry_v1 import DepartmentEntryV1
from daicho.contracts.department_items_v1 import DepartmentItemsOutcomeV1
from daicho.contracts.department_pull_v1 import DepartmentPullAnswerV1, DepartmentPullQuestionV1
from daicho.contracts.issue_block_v1 import IssueBlockV1
from daicho.contracts.lost_atena_nos_v1 import LostAtenaNosV1
from daicho.contracts.transfer_info_v1 import TransferInfoV1
from daicho.outbox.envelope import Envelope
from daicho.transfers.commands.blocking import take_blocks
from daicho.transfers.commands.people import accept_info, retire_lost
from daicho.transfers.commands.pulling import answer_pull
from daicho.transfers.commands.write_backs import settle, take_entry
from daicho.transfers.permissions import TransfersPermission


def handle_transfer_info(message: object, envelope: Envelope) -> None:
    """対象者の更新, from residents."""
    assert isinstance(message, TransferInfoV1)  # the post room decoded it by its kind
    accept_info(Actor.system("transfers.intake", TransfersPermission.PERSON_UPDATE), message)


def handle_issue_block(message: object, envelope: Envelope) -> None:
    """発行抑止の設定・解除, from residents."""
    assert isinstance(message, IssueBlockV1)  # as above
    take_blocks(Actor.system("transfers.intake", TransfersPermission.PERSON_UPDATE), message)


def handle_lost_atena_nos(message: object, envelope: Envelope) -> None:
    """失われた宛名番号, from residents."""
    assert isinstance(message, LostAtenaNosV1)  # as above
    retire_lost(Actor.system("transfers.intake", TransfersPermission.PERSON_UPDATE), message.first, message.last)


def handle_items_outcome(message: object, envelope: Envelope) -> None:
    """書戻しの結果, from residents."""
    assert isinstance(message, DepartmentItemsOutcomeV1)  # as above
    settle(Actor.system("transfers.intake", TransfersPermission.WRITE_BACK_TAKE), message)


def handle_entry(message: object, envelope: Envelope) -> None:
    """書戻し, from a department. What is refused is answered with its reasons."""
    assert isinstance(message, DepartmentEntryV1)  # as above
    take_entry(Actor.system("transfers.departments", TransfersPermission.WRITE_BACK_TAKE), message)


def handle_pull(message: object, envelope: Envelope) -> DepartmentPullAnswerV1:
    """取出し, by a department."""
    assert isinstance(message, DepartmentPullQuestionV1)  # as above
    return answer_pull(Actor.system("transfers.departments", TransfersPermission.FEED_SEND), message)
