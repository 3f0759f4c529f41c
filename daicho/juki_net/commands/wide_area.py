"""広域交付の取次ぎ — residents' counter asks another city, and another city's counter asks residents; nothing of it is kept here. 住民基本台帳法第12条の4; N-7.1.1.1-05.

As 住所地 this room asks its own file first: whoever is not 現存 in it, or of whom nothing may be handed out, is not asked for in residents at all. Residents
judges again, with everybody of the household.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from daicho import audit, clock, vault
from daicho.contracts.base import ContractError
from daicho.contracts.wide_area_v1 import WideAreaAnswerV1, WideAreaQuestionV1
from daicho.juki_net.commands.asking import NOT_FOUND, REFUSED, UNAVAILABLE, Asking, record_asking
from daicho.juki_net.commands.refusal import refuse_if
from daicho.juki_net.models import IdentityRecord, IssueBlock, municipality_code
from daicho.juki_net.permissions import JukiNetPermission
from daicho.juki_net.ports import MunicipalityPort, WideAreaRequest
from daicho.juki_net.rules.issue_block import refusal_of_paper
from daicho.juki_net.rules.move_out import FOR_THE_WAY_BACK
from daicho.juki_net.rules.wide_area import copy_problems, outside_question_problems, question_problems
from daicho.outbox.errors import DeliveryError, NotAllowed
from daicho.outbox.permissions import OutboxPermission
from daicho.outbox.questions import ask
from daicho.vault import NumberKind

RESIDENTS, ANSWER = "residents", "wide_area_answer"


# ---- as 交付地 ----


_HOME_CITY = Asking(
    JukiNetPermission.WIDE_AREA_ASK,
    WideAreaRequest,
    WideAreaAnswerV1,
    ANSWER,
    wrong=question_problems,
    unfit=copy_problems,
    silent_ja="住所地の市区町村から、期限までに回答がありませんでした。",
    untrusted_ja="住所地の市区町村の応答を信頼できないため、使いませんでした。システム管理者に連絡してください。",
)


def ask_home_city(question: WideAreaQuestionV1, actor: audit.Actor, port: MunicipalityPort) -> WideAreaAnswerV1:
    """Within the question's deadline, as `Asking.ask`."""
    return _HOME_CITY.ask(question, actor, port.ask_wide_area)


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
    record_asking(actor, JukiNetPermission.WIDE_AREA_ANSWER, question, detail, [record.public_id] if record else [])
    return answer
