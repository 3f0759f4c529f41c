"""帳簿の照合 — each side tells the other what it holds of it, so that `daicho books` can compare them both ways. design §10; F-2-20."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from daicho import clock
from daicho.contracts import base
from daicho.contracts.receipts_v1 import ReceiptsAnswerV1, ReceiptsQuestionV1
from daicho.outbox import courier, intake
from tests.contracts.transfer_samples import MOVE_IN, RELOCATED
from tests.transfers.sending import EPOCH, deliver, envelope_of, pull, told

pytestmark = pytest.mark.django_db


def ask(sender: str) -> ReceiptsAnswerV1:
    question = ReceiptsQuestionV1(str(uuid.uuid4()), "帳簿の照合", clock.now() + timedelta(minutes=1), 0, 100)
    reply = deliver(question, sender=sender)
    answer = base.decode("receipts_answer", 1, (reply.answer or "").encode())
    assert isinstance(answer, ReceiptsAnswerV1)
    return answer


def test_住民記録は送ったものがここに届いたかを尋ねられる():
    first, second = envelope_of(MOVE_IN), envelope_of(replace(MOVE_IN, history_no=2, person=RELOCATED))
    for envelope in (first, second):
        assert intake.receive("residents", envelope.to_bytes(), "127.0.0.1").status == "acknowledged"
    assert [(line.epoch, line.notice_id, line.digest) for line in ask("residents").receipts] == [
        (EPOCH, envelope.notice_id, envelope.digest) for envelope in (first, second)
    ]


def test_庁内連携も住民記録に尋ねられる():
    courier.require_route("residents", "receipts_question")
    courier.require_route("residents", "department_items")


def test_照会は帳簿に数えず庁内各課は尋ねられない():
    told(MOVE_IN)
    pull()
    assert len(ask("residents").receipts) == 1
    question = ReceiptsQuestionV1(str(uuid.uuid4()), "帳簿の照合", clock.now() + timedelta(minutes=1), 0, 100)
    assert deliver(question, sender="departments").code == "not_allowed"
