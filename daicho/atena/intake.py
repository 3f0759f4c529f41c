"""受付口 — the only door: residents tells, the departments' systems and chukan ask; nobody else is let in. G-17, G-18, G-30; S4-04.

Called by the post room inside the transaction that holds the receipt; whatever raises here undoes both.
"""

from __future__ import annotations

from daicho import audit
from daicho.atena import commands
from daicho.atena.permissions import AtenaPermission
from daicho.atena.queries.legal_uses import asking
from daicho.contracts.atena_by_integrated_question_v1 import AtenaByIntegratedQuestionV1
from daicho.contracts.atena_info_v1 import AtenaInfoV1
from daicho.contracts.atena_question_v1 import AtenaAnswerV1, AtenaQuestionV1
from daicho.contracts.issue_block_v1 import IssueBlockV1
from daicho.outbox.envelope import Envelope


def handle_atena_info(message: object, envelope: Envelope) -> None:
    """宛名情報 of one event. Raises outbox Refused with every reason."""
    assert isinstance(message, AtenaInfoV1)  # the post room decoded it by its kind
    commands.accept_atena_info(message, audit.Actor.system("atena.intake", AtenaPermission.INFO_UPDATE))


def handle_issue_block(message: object, envelope: Envelope) -> None:
    """発行抑止の設定・解除."""
    assert isinstance(message, IssueBlockV1)  # as above
    commands.take_blocks(message, audit.Actor.system("atena.intake", AtenaPermission.INFO_UPDATE))


def handle_question(message: object, envelope: Envelope) -> AtenaAnswerV1:
    """照会 or 付番依頼 of a department's system. Raises outbox Forbidden (no legal basis on that day) or Refused."""
    assert isinstance(message, AtenaQuestionV1)  # as above
    return commands.answer_department(message, asking(message, envelope.sender))


def handle_by_integrated(message: object, envelope: Envelope) -> AtenaAnswerV1:
    """照会 of chukan by the integrated number. Raises outbox Refused."""
    assert isinstance(message, AtenaByIntegratedQuestionV1)  # as above
    return commands.answer_chukan(message, audit.Actor.system(f"wire.{envelope.sender}", AtenaPermission.PERSON_ASK))
