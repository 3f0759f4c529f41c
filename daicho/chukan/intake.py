"""受付口 — the only door for messages: from atena what it relays, from the network core 符号 and inquiries, and from nobody else. G-14, G-18, G-19.

Called by the post room inside the transaction that holds the receipt; whatever raises here undoes both.
"""

from __future__ import annotations

from daicho import audit
from daicho.chukan import commands
from daicho.chukan.permissions import ChukanPermission
from daicho.contracts.code_request_v1 import CodeRequestV1
from daicho.contracts.linkage_code_v1 import LinkageCodeV1
from daicho.contracts.provision_answer_v1 import ProvisionAnswerV1
from daicho.contracts.provision_question_v1 import ProvisionQuestionV1
from daicho.contracts.replica_v1 import ReplicaV1
from daicho.outbox.envelope import Envelope
from daicho.outbox.errors import Refused


def _intake(right: ChukanPermission) -> audit.Actor:
    return audit.Actor.system("chukan.intake", right)


def handle_replica(message: object, envelope: Envelope) -> None:
    """副本. Raises outbox Refused with every reason."""
    assert isinstance(message, ReplicaV1)  # the post room decoded it by its kind
    commands.accept_replica(message, _intake(ChukanPermission.REPLICA_ACCEPT))


def handle_code_request(message: object, envelope: Envelope) -> None:
    """符号取得の依頼. Raises outbox Refused with every reason."""
    assert isinstance(message, CodeRequestV1)  # as above
    commands.request_code(message, _intake(ChukanPermission.CODE_ACQUIRE))


def handle_linkage_code(message: object, envelope: Envelope) -> None:
    """符号. Raises outbox Refused."""
    assert isinstance(message, LinkageCodeV1)  # as above
    commands.keep_code(message, _intake(ChukanPermission.CODE_ACQUIRE))


def handle_question(message: object, envelope: Envelope) -> ProvisionAnswerV1:
    """情報提供の求め: answered, held or refused, and recorded in each case. Raises outbox Refused for one that is no question of ours to record."""
    assert isinstance(message, ProvisionQuestionV1)  # as above
    if message.question_id != envelope.notice_id:
        raise Refused("contract", "照会番号が電文の番号と一致しません。送信元で形式を確認してください。")
    return commands.answer_inquiry(message, _intake(ChukanPermission.INQUIRY_ANSWER))
