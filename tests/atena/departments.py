"""庁内各課の代役 — the dated list that the tests begin with, and questions of departments' systems handed to the post room without the wire."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from daicho import audit, clock
from daicho.atena.commands import UseForm, load_uses
from daicho.atena.permissions import AtenaPermission
from daicho.contracts import decode
from daicho.contracts.atena_question_v1 import AtenaAnswerV1, AtenaQuestionV1
from daicho.outbox.envelope import Reply
from tests.atena.sending import deliver, envelope_of
from tests.contracts.atena_samples import BASICS, INQUIRY

FIRST = audit.Actor.system("tests.first", AtenaPermission.LEGAL_USE_ENTER, AtenaPermission.LEGAL_USE_APPROVE)
SECOND = audit.Actor.system("tests.second", AtenaPermission.LEGAL_USE_ENTER, AtenaPermission.LEGAL_USE_APPROVE)
BASIS = "番号法第9条第1項 別表"


def use(department_code: str = "04", affair_code: str = "0401", **changes: Any) -> UseForm:  # Any: fields of the form
    form = UseForm(
        department_code, {"04": "福祉保険部 保険年金課"}.get(department_code, "財政部 市民税課"), affair_code,
        {"0401": "国民健康保険関係事務"}.get(affair_code, "個人住民税事務"), BASIS, date(2026, 4, 1), True, "初期登録",
    )  # fmt: skip
    return replace(form, **changes)


def load() -> None:
    load_uses(FIRST, SECOND, [use(), use("01", "0101")])


def question(**changes: Any) -> AtenaQuestionV1:  # Any: fields of the contract
    """保険年金課 asks now, with a minute to answer in."""
    return replace(INQUIRY, **{"question_id": str(uuid.uuid4()), "deadline": clock.now() + timedelta(minutes=1), **changes})


def numbering(atena_no: str, **changes: Any) -> AtenaQuestionV1:  # Any: as above
    """付番依頼 of 保険年金課 for its own 宛名番号."""
    return question(**{"individual_number": None, "atena_no": atena_no, "basics": BASICS, **changes})


def ask(asked: AtenaQuestionV1, *, sender: str = "departments") -> Reply:
    return deliver(asked, envelope_of(asked, sender=sender, notice_id=asked.question_id, subjects=()), peer=sender)


def answer_to(asked: AtenaQuestionV1) -> AtenaAnswerV1:
    """The answer; fails when the question is refused."""
    reply = ask(asked)
    assert reply.answer is not None, (reply.status, reply.code, reply.reason_ja)
    answer = decode("atena_answer", 1, reply.answer.encode())
    assert isinstance(answer, AtenaAnswerV1)
    return answer


def kept_of(action: str) -> list[dict[str, Any]]:  # Any: columns
    """The trail's rows of that action, oldest first."""
    from daicho.audit.models import AuditEntry

    names = ("outcome", "login", "unit_code", "unit_name", "purpose", "subjects", "detail")
    return [dict(zip(names, row, strict=True)) for row in AuditEntry.objects.filter(action=action).order_by("id").values_list(*names)]


def without_values(rows: object) -> str:
    """Everything a row says, as text, to look for what must not be in it."""
    return json.dumps(rows, ensure_ascii=False, default=str)
