"""他の市町村への照会 — one question to another city within its deadline: its control number, what became of it, its record; nothing of it is kept. G-11, S2-11.

転出証明書情報 (法24条の2) and 広域交付 (法12条の4) are asked so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Generic, TypeVar
from uuid import UUID

from django.db import transaction

from daicho import audit, clock
from daicho.contracts.base import encode
from daicho.contracts.move_out_certificate_v1 import MoveOutCertificate, MoveOutCertificateAnswerV1, MoveOutCertificateQuestionV1
from daicho.contracts.wide_area_v1 import WideAreaAnswerV1, WideAreaCopy, WideAreaQuestionV1
from daicho.juki_net.commands.identity import new_control_no
from daicho.juki_net.commands.refusal import refuse_if
from daicho.juki_net.models import municipality_code
from daicho.juki_net.permissions import JukiNetPermission
from daicho.juki_net.ports import MoveOutRequest, UnusableAnswer, WideAreaRequest
from daicho.juki_net.rules.move_out import FOR_THE_WAY_BACK
from daicho.juki_net.rules.problems import Problem
from daicho.outbox.errors import Refused, Unauthorized, Unavailable
from daicho.outbox.intake import refuse_answer

OTHER_CITY = "other_city"
FOUND, NOT_FOUND, REFUSED, UNAVAILABLE = "found", "not_found", "refused", "unavailable"
Question = TypeVar("Question", bound=MoveOutCertificateQuestionV1 | WideAreaQuestionV1)
Request = TypeVar("Request", bound=MoveOutRequest | WideAreaRequest)
Told = TypeVar("Told", bound=MoveOutCertificate | WideAreaCopy)
Answer = TypeVar("Answer", bound=MoveOutCertificateAnswerV1 | WideAreaAnswerV1)


@dataclass(frozen=True)
class Asking(Generic[Question, Request, Told, Answer]):
    """One kind of question. `request`: what goes out, of the question's fields and a control number; `answer`: what the counter gets.

    `wrong`: what is wrong with a question of ours; `unfit`: why what came is not what was asked for. `silent_ja`: no answer in time;
    `untrusted_ja`: whoever answered is not that city.
    """

    act: JukiNetPermission
    request: type[Request]
    answer: Callable[[str, str, str, Told | None], Answer]
    answer_kind: str
    wrong: Callable[[Question, str], Sequence[Problem]]
    unfit: Callable[[Told, Question], Sequence[Problem]]
    silent_ja: str
    untrusted_ja: str

    def ask(self, question: Question, actor: audit.Actor, port: Callable[[Request, float], Told | None]) -> Answer:
        """Ask the city that the question names; whatever comes of it is an answer, and is recorded with who asked and for what.

        Not inside a transaction: it waits for the network. Raises outbox Refused for a question that is wrong in itself, audit.Refused.
        """
        audit.require(actor, self.act)
        refuse_if(self.wrong(question, municipality_code()))
        said = {each.name: getattr(question, each.name) for each in fields(self.request) if each.name != "request_control_no"}
        request = self.request(request_control_no=new_control_no(), **said)
        detail = {"request_control_no": request.request_control_no, "addressee": question.addressee_municipality_code, "asked_by": question.operator_id}
        record_asking(actor, self.act, question, {**detail, "stage": "asked"})
        outcome, reason_ja, told = self._outcome(question, request, port)
        record_asking(actor, self.act, question, {**detail, "stage": outcome})
        return self.answer(question.question_id, outcome, reason_ja, told)

    def _outcome(self, question: Question, request: Request, port: Callable[[Request, float], Told | None]) -> tuple[str, str, Told | None]:
        left = (question.deadline - clock.now() - FOR_THE_WAY_BACK).total_seconds()
        if left <= 0:
            return UNAVAILABLE, self.silent_ja, None
        try:
            told = port(request, left)
            if told is None:
                return NOT_FOUND, "", None
            if found := self.unfit(told, question):  # nobody else is shown at the counter, and nothing more than was asked for
                came = encode(self.answer(question.question_id, FOUND, "", told))
                raise UnusableAnswer(found[0].code, "\n".join(problem.ja for problem in found), came)
        except Unavailable:
            return UNAVAILABLE, self.silent_ja, None
        except Unauthorized:
            return UNAVAILABLE, self.untrusted_ja, None
        except UnusableAnswer as unusable:
            refuse_answer(OTHER_CITY, self.answer_kind, question.question_id, unusable.answer, unusable.code)
            return REFUSED, unusable.reason_ja, None
        except Refused as refused:
            return REFUSED, refused.reason_ja, None
        return FOUND, "", told


def record_asking(actor: audit.Actor, act: JukiNetPermission, question: Question, detail: dict[str, str], subjects: Sequence[UUID] = ()) -> None:
    """Without a number and without a name: an opaque id says who it is about where we know it, and the asker's own trail what it was for."""
    outcome = "done" if detail["stage"] in ("asked", FOUND, NOT_FOUND) else "failed"
    with transaction.atomic():
        audit.record(actor, act, subjects, outcome, purpose=question.purpose, detail={"question_id": question.question_id, **detail})
