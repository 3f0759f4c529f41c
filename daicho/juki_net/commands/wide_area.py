"""広域交付の取次ぎ — residents' counter asks another city, and another city's counter asks residents; nothing of it is kept here. 住民基本台帳法第12条の4; N-7.1.1.1-05.

As 住所地 this room asks its own file first: whoever is not 現存 in it, or of whom nothing may be handed out, is not asked for in residents at all. Residents
judges again, with everybody of the household.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.db import transaction

from daicho import audit, clock, vault
from daicho.contracts.base import ContractError, encode
from daicho.contracts.wide_area_v1 import WideAreaAnswerV1, WideAreaCopy, WideAreaQuestionV1
from daicho.juki_net.commands.asking import FOUND, NOT_FOUND, OTHER_CITY, REFUSED, UNAVAILABLE
from daicho.juki_net.commands.identity import new_control_no
from daicho.juki_net.commands.refusal import refuse_if
from daicho.juki_net.models import IdentityRecord, IssueBlock, municipality_code
from daicho.juki_net.permissions import JukiNetPermission
from daicho.juki_net.ports import MunicipalityPort, UnusableAnswer, WideAreaRequest
from daicho.juki_net.rules.issue_block import refusal_of_paper
from daicho.juki_net.rules.move_out import FOR_THE_WAY_BACK
from daicho.juki_net.rules.wide_area import copy_problems, outside_question_problems, question_problems
from daicho.outbox.errors import DeliveryError, NotAllowed, Refused, Unauthorized, Unavailable
from daicho.outbox.intake import refuse_answer
from daicho.outbox.permissions import OutboxPermission
from daicho.outbox.questions import ask
from daicho.vault import NumberKind

RESIDENTS, ANSWER = "residents", "wide_area_answer"
_SILENT_JA = "住所地の市区町村から、期限までに回答がありませんでした。"
_UNKNOWN_JA = "住所地の市区町村の応答を信頼できないため、使いませんでした。システム管理者に連絡してください。"


# ---- as 交付地 ----


def ask_home_city(question: WideAreaQuestionV1, actor: audit.Actor, port: MunicipalityPort) -> WideAreaAnswerV1:
    """Ask the city that the question names, within its deadline; whatever comes of it is an answer, and is recorded with who asked and for what.

    Not inside a transaction: it waits for the network. Raises outbox Refused for a question that is wrong in itself, audit.Refused.
    """
    audit.require(actor, JukiNetPermission.WIDE_AREA_ASK)
    refuse_if(question_problems(question, municipality_code()))
    request = WideAreaRequest(
        new_control_no(), question.addressee_municipality_code, question.municipality_code, question.juminhyo_code, question.individual_number,
        question.whole_household, question.with_relationship, question.with_juminhyo_code, question.with_individual_number, question.with_residence_items,
        question.purpose, question.deadline,
    )  # fmt: skip
    detail = {"request_control_no": request.request_control_no, "addressee": question.addressee_municipality_code, "asked_by": question.operator_id}
    _record(actor, JukiNetPermission.WIDE_AREA_ASK, question, {**detail, "stage": "asked"})
    answer = _answered(question, request, port)
    _record(actor, JukiNetPermission.WIDE_AREA_ASK, question, {**detail, "stage": answer.outcome})
    return answer


def _answered(question: WideAreaQuestionV1, request: WideAreaRequest, port: MunicipalityPort) -> WideAreaAnswerV1:
    def answer(outcome: str, reason_ja: str = "", copy: WideAreaCopy | None = None) -> WideAreaAnswerV1:
        return WideAreaAnswerV1(question.question_id, outcome, reason_ja, copy)

    left = (question.deadline - clock.now() - FOR_THE_WAY_BACK).total_seconds()
    if left <= 0:
        return answer(UNAVAILABLE, _SILENT_JA)
    try:
        copy = port.ask_wide_area(request, left)
        if copy is None:
            return answer(NOT_FOUND)
        if problems := copy_problems(copy, question):
            told = encode(WideAreaAnswerV1(question.question_id, FOUND, "", copy))
            raise UnusableAnswer(problems[0].code, "\n".join(problem.ja for problem in problems), told)
    except Unavailable:
        return answer(UNAVAILABLE, _SILENT_JA)
    except Unauthorized:
        return answer(UNAVAILABLE, _UNKNOWN_JA)
    except UnusableAnswer as unusable:
        refuse_answer(OTHER_CITY, ANSWER, question.question_id, unusable.answer, unusable.code)
        return answer(REFUSED, unusable.reason_ja)
    except Refused as refused:
        return answer(REFUSED, refused.reason_ja)
    return answer(FOUND, copy=copy)


# ---- as 住所地 ----


def answer_for_resident(
    question: WideAreaQuestionV1, actor: audit.Actor, within: Callable[[WideAreaQuestionV1, audit.Actor], WideAreaAnswerV1]
) -> WideAreaAnswerV1:
    """What another city's counter is told of a resident. `within` asks residents.

    Not inside a transaction. Raises outbox Refused for a question that is wrong in itself. Recorded with who asked, of whom and for what.
    """
    audit.require(actor, JukiNetPermission.WIDE_AREA_ANSWER)
    refuse_if(outside_question_problems(question, municipality_code()))
    found = _living(question)
    if found is None:
        return _told(actor, question, WideAreaAnswerV1(question.question_id, NOT_FOUND, "", None), None)
    record, code = found
    blocks = IssueBlock.objects.filter(municipality_code=municipality_code(), juminhyo_code_ref=record.juminhyo_code_ref)
    if why := refusal_of_paper(tuple(blocks.values_list("prohibited_from", flat=True)), clock.today()):
        return _told(actor, question, WideAreaAnswerV1(question.question_id, REFUSED, why, None), record)
    asked = replace(question, juminhyo_code=code, individual_number=None, deadline=question.deadline - FOR_THE_WAY_BACK)
    return _told(actor, question, within(asked, actor), record)


def ask_residents(question: WideAreaQuestionV1, actor: audit.Actor) -> WideAreaAnswerV1:
    """Over the city's own wire; what fails is told as no answer in time."""
    try:
        answer = ask(question, to=RESIDENTS, actor=actor.with_right(OutboxPermission.ASK), answer_kind=ANSWER)
    except (DeliveryError, NotAllowed, ContractError):
        return WideAreaAnswerV1(question.question_id, UNAVAILABLE, "住所地の市区町村の住民記録から、期限までに回答がありませんでした。", None)
    assert isinstance(answer, WideAreaAnswerV1)  # `ask` decoded it by its kind
    return answer


def _living(question: WideAreaQuestionV1) -> tuple[IdentityRecord, str] | None:
    """Whom the number names, if they are 現存 in file (2); with their 住民票コード."""
    by_code = question.juminhyo_code is not None
    kind, number = (NumberKind.JUMINHYO_CODE, question.juminhyo_code) if by_code else (NumberKind.INDIVIDUAL_NUMBER, question.individual_number)
    ref = vault.find(kind, number or "")
    if ref is None:
        return None
    whose = {"juminhyo_code_ref" if by_code else "individual_number_ref": ref}
    record = IdentityRecord.objects.filter(municipality_code=municipality_code(), record_status_flag=_CURRENT, **whose).first()
    if record is None:
        return None
    return record, question.juminhyo_code or vault.reveal(record.juminhyo_code_ref, because="住民票の写しの広域交付")


_CURRENT = "1"
"""現存 (layouts/codes.csv, record_status)."""


def _told(actor: audit.Actor, question: WideAreaQuestionV1, answer: WideAreaAnswerV1, record: IdentityRecord | None) -> WideAreaAnswerV1:
    detail = {"asked_by": question.municipality_code, "stage": answer.outcome}
    _record(actor, JukiNetPermission.WIDE_AREA_ANSWER, question, detail, record)
    return answer


def _record(actor: audit.Actor, act: JukiNetPermission, question: WideAreaQuestionV1, detail: dict[str, str], record: IdentityRecord | None = None) -> None:
    """Without a number and without a name: the opaque id says who it is about, and the asker's own trail what it was for."""
    outcome = "done" if detail["stage"] in ("asked", FOUND, NOT_FOUND) else "failed"
    subjects = [record.public_id] if record else []
    with transaction.atomic():
        audit.record(actor, act, subjects, outcome, purpose=question.purpose, detail={"question_id": question.question_id, **detail})
