"""引越しワンストップへの回答 — 処理完了通知 and its like, posted in the transaction that makes them true. domain §9; layouts/moving_answer.csv."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings

from daicho import clock, outbox
from daicho.contracts.layouts import code_list
from daicho.contracts.moving_answer_v1 import MovingAnswerV1
from daicho.residents.models import ReceivedNotice
from daicho.residents.rules.received.moving import COMPLETED_JA, WITHDRAWN_JA

MYNAPORTAL = "mynaportal"


def answer_completed(row: ReceivedNotice) -> None:
    _answer(row, "completed", COMPLETED_JA[row.matter])


def answer_not_processed(row: ReceivedNotice, reason: str) -> None:
    """対象なし: the reason is read by the applicant."""
    _answer(row, "not_processed", reason)


def answer_withdrawn(row: ReceivedNotice) -> None:
    _answer(row, "withdrawn", WITHDRAWN_JA)


def _answer(row: ReceivedNotice, result: str, message_ja: str) -> None:
    """Nobody is answered in a deployment without マイナポータル. The answers to one application keep their order."""
    if MYNAPORTAL not in settings.DAICHO.peers:
        return
    answer = MovingAnswerV1(uuid4().hex, row.municipality_code, row.control_no, code_list("moving_result")[result].code, message_ja, clock.today())
    handles = outbox.subject_handles(MYNAPORTAL, [row.public_id])
    outbox.post_many([outbox.Outgoing(answer, MYNAPORTAL, handles, row.event_id)])
