"""転出証明書情報の請求 — asks the former city on behalf of residents' counter, and hands the answer on; nothing of it is kept here. 住民基本台帳法第24条の2; G-11, S2-11."""

from __future__ import annotations

from django.db import transaction

from daicho import audit, clock
from daicho.contracts.base import encode
from daicho.contracts.move_out_certificate_v1 import MoveOutCertificate, MoveOutCertificateAnswerV1, MoveOutCertificateQuestionV1
from daicho.juki_net.commands.identity import new_control_no
from daicho.juki_net.commands.refusal import refuse_if
from daicho.juki_net.models import municipality_code
from daicho.juki_net.permissions import JukiNetPermission
from daicho.juki_net.ports import MoveOutRequest, MunicipalityPort, UnusableAnswer
from daicho.juki_net.rules.move_out import certificate_problems, question_problems, seconds_left
from daicho.outbox.errors import Refused, Unauthorized, Unavailable
from daicho.outbox.intake import refuse_answer

OTHER_CITY, ANSWER = "other_city", "move_out_certificate"
FOUND, NOT_FOUND, REFUSED, UNAVAILABLE = "found", "not_found", "refused", "unavailable"
_SILENT_JA = "前住所地の市区町村から、期限までに回答がありませんでした。"
_UNKNOWN_JA = "前住所地の市区町村の応答を信頼できないため、取り込みませんでした。システム管理者に連絡してください。"


def ask_former_city(question: MoveOutCertificateQuestionV1, actor: audit.Actor, port: MunicipalityPort) -> MoveOutCertificateAnswerV1:
    """Ask the city that the question names, within its deadline; whatever comes of it is an answer, and is recorded with who asked and for what.

    Not inside a transaction: it waits for the network. Raises outbox Refused for a question that is wrong in itself, audit.Refused.
    """
    audit.require(actor, JukiNetPermission.MOVE_OUT_ASK)
    refuse_if(question_problems(question, municipality_code()))
    request = MoveOutRequest(
        new_control_no(), question.addressee_municipality_code, question.municipality_code, question.juminhyo_code, question.individual_number,
        question.purpose, question.deadline,
    )  # fmt: skip
    _record(actor, question, request, "asked")
    answer = _answered(question, request, port)
    _record(actor, question, request, answer.outcome)
    return answer


def _answered(question: MoveOutCertificateQuestionV1, request: MoveOutRequest, port: MunicipalityPort) -> MoveOutCertificateAnswerV1:
    def answer(outcome: str, reason_ja: str = "", certificate: MoveOutCertificate | None = None) -> MoveOutCertificateAnswerV1:
        return MoveOutCertificateAnswerV1(question.question_id, outcome, reason_ja, certificate)

    left = seconds_left(question, clock.now())
    if left <= 0:
        return answer(UNAVAILABLE, _SILENT_JA)
    try:
        certificate = port.ask_move_out(request, left)
        if certificate is None:
            return answer(NOT_FOUND)
        _judge(certificate, question)
    except Unavailable:
        return answer(UNAVAILABLE, _SILENT_JA)
    except Unauthorized:
        return answer(UNAVAILABLE, _UNKNOWN_JA)
    except UnusableAnswer as unusable:
        refuse_answer(OTHER_CITY, ANSWER, question.question_id, unusable.answer, unusable.code)
        return answer(REFUSED, unusable.reason_ja)
    except Refused as refused:
        return answer(REFUSED, refused.reason_ja)
    return answer(FOUND, certificate=certificate)


def _judge(certificate: MoveOutCertificate, question: MoveOutCertificateQuestionV1) -> None:
    """UnusableAnswer unless it is well formed, and of the city and the person asked for: nobody else is shown at the counter."""
    if problems := certificate_problems(certificate, question):
        told = encode(MoveOutCertificateAnswerV1(question.question_id, FOUND, "", certificate))
        raise UnusableAnswer(problems[0].code, "\n".join(problem.ja for problem in problems), told)


def _record(actor: audit.Actor, question: MoveOutCertificateQuestionV1, request: MoveOutRequest, stage: str) -> None:
    """Without a number and without a name of the person: the asker's trail says which filing it is about."""
    outcome = "done" if stage in ("asked", FOUND, NOT_FOUND) else "failed"
    detail = {
        "question_id": question.question_id,
        "request_control_no": request.request_control_no,
        "addressee": question.addressee_municipality_code,
        "asked_by": question.operator_id,
        "stage": stage,
    }
    with transaction.atomic():
        audit.record(actor, JukiNetPermission.MOVE_OUT_ASK, outcome=outcome, purpose=question.purpose, detail=detail)
