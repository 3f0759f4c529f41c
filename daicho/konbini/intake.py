"""受付口 — the only door for messages: from residents what it knows, from the certificate centre what it asks. G-21; S5-01, S5-02.

Called by the post room inside the transaction that holds the receipt; whatever raises here undoes both.
"""

from __future__ import annotations

from daicho import audit
from daicho.contracts.certificate_data_v1 import CertificateDataV1
from daicho.contracts.certificate_heartbeat_v1 import CertificateHeartbeatV1
from daicho.contracts.certificate_hold_v1 import CertificateHoldV1
from daicho.contracts.convenience_v1 import ConvenienceAnswerV1, ConvenienceQuestionV1
from daicho.contracts.issue_block_v1 import IssueBlockV1
from daicho.contracts.lost_atena_nos_v1 import LostAtenaNosV1
from daicho.konbini.commands import answering, blocking, retiring, taking
from daicho.konbini.permissions import KonbiniPermission
from daicho.outbox.envelope import Envelope
from daicho.outbox.errors import Refused


def _intake() -> audit.Actor:
    return audit.Actor.system("konbini.intake", KonbiniPermission.DATA_TAKE)


def handle_certificate_data(message: object, envelope: Envelope) -> None:
    """証明データ. Raises outbox Refused when a card is another person's."""
    assert isinstance(message, CertificateDataV1)  # the post room decoded it by its kind
    taking.take_certificate_data(message.persons, envelope.posted_at, _intake())


def handle_certificate_hold(message: object, envelope: Envelope) -> None:
    """仮登録中の印."""
    assert isinstance(message, CertificateHoldV1)  # as above
    taking.take_hold(message.atena_nos, message.is_held, envelope.posted_at, _intake())


def handle_issue_block(message: object, envelope: Envelope) -> None:
    """発行抑止の設定・解除."""
    assert isinstance(message, IssueBlockV1)  # as above
    blocking.take_blocks(message, _intake())


def handle_lost_atena_nos(message: object, envelope: Envelope) -> None:
    """失われた宛名番号."""
    assert isinstance(message, LostAtenaNosV1)  # as above
    retiring.retire_lost(message.first, message.last, envelope.posted_at, _intake())


def handle_certificate_heartbeat(message: object, envelope: Envelope) -> None:
    """生存信号."""
    assert isinstance(message, CertificateHeartbeatV1)  # as above
    taking.take_life_sign(message)


def handle_convenience_question(message: object, envelope: Envelope) -> ConvenienceAnswerV1:
    """請求: a certificate, or a coded refusal. Raises outbox Refused for what is no request at all."""
    assert isinstance(message, ConvenienceQuestionV1)  # as above
    if message.question_id != envelope.notice_id:
        raise Refused("form", answering.NOT_A_REQUEST.format("question_id"))
    return answering.answer(message, envelope.body.encode("utf-8"), audit.Actor.system("konbini.answering", KonbiniPermission.ANSWER_GIVE))
