"""個人番号の要求の中継 — passes a request for a 個人番号 on to 機構, and its answer to residents; nothing enters file (2). 番号法第7条, 第8条; 法第30条の2; G-12, G-13."""

from __future__ import annotations

from uuid import UUID

from daicho import audit, outbox, vault
from daicho.contracts.code_stock_request_v1 import CodeStockRequestV1
from daicho.contracts.number_answer_v1 import NumberAnswerV1
from daicho.contracts.number_request_v1 import NumberRequestV1
from daicho.contracts.stocked_codes_v1 import StockedCodesV1
from daicho.juki_net.commands.move_in import RESIDENTS, find_record
from daicho.juki_net.commands.refusal import refuse_if
from daicho.juki_net.models import IdentityRecord, municipality_code
from daicho.juki_net.permissions import JukiNetPermission
from daicho.juki_net.rules.items import CURRENT
from daicho.juki_net.rules.number_request import answer_problems, code_request_problems, outward, request_problems, stocked_codes_problems

JLIS = "jlis_national"


def pass_on_number_request(request: NumberRequestV1, actor: audit.Actor) -> UUID:
    """Check `request` and post it to 機構; returns the id of the new notice. Inside the caller's transaction, which holds the receipt.

    Raises outbox Refused with every reason (the person must be 現存 in file (2): the update comes first), audit.Refused when `actor` is not the intake.
    """
    audit.require(actor, JukiNetPermission.NUMBER_PASS_ON)
    record = find_record(request.juminhyo_code)
    is_current = record is not None and record.record_status_flag == CURRENT
    refuse_if(request_problems(request, municipality_code(), is_current=is_current, has_old_number=_has(record, request.old_individual_number)))
    assert record is not None
    posted = outbox.post(outward(request), to=JLIS, subjects=outbox.subject_handles(JLIS, [record.public_id]))
    _record(actor, [record.public_id], request.request_control_no, "request")
    return posted


def hand_in_number(answer: NumberAnswerV1, actor: audit.Actor) -> UUID:
    """Post to residents what 機構 answered; returns the id of the new notice. Inside the caller's transaction, which holds the receipt.

    Whether residents asked for it, of this person, is for residents to say. Raises outbox Refused when it is no answer in itself.
    """
    audit.require(actor, JukiNetPermission.NUMBER_PASS_ON)
    refuse_if(answer_problems(answer, municipality_code()))
    record = find_record(answer.juminhyo_code)
    subjects = outbox.subject_handles(RESIDENTS, [record.public_id]) if record else ()
    posted = outbox.post(answer, to=RESIDENTS, subjects=subjects)
    _record(actor, [record.public_id] if record else [], answer.request_control_no, "answer")
    return posted


def _has(record: IdentityRecord | None, old_number: str | None) -> bool:
    """Whether the person's number is the one that another shall take the place of; of a first one that there is none."""
    if record is None:
        return False
    ref = vault.find(vault.NumberKind.INDIVIDUAL_NUMBER, old_number) if old_number is not None else None
    return record.individual_number_ref == ref


def _record(actor: audit.Actor, people: list[UUID], control_no: str, step: str) -> None:
    audit.record(actor, JukiNetPermission.NUMBER_PASS_ON, subjects=people, detail={"request_control_no": control_no[:22], "step": step})


def pass_on_code_request(request: CodeStockRequestV1, actor: audit.Actor) -> UUID:
    """Post a request for codes to 機構 as it came; returns the id of the new notice. It is about nobody. Raises outbox Refused, audit.Refused."""
    audit.require(actor, JukiNetPermission.NUMBER_PASS_ON)
    refuse_if(code_request_problems(request, municipality_code()))
    _record(actor, [], request.request_control_no, "code_request")
    return outbox.post(request, to=JLIS)


def hand_in_codes(codes: StockedCodesV1, actor: audit.Actor) -> UUID:
    """Post to residents the codes that 機構 gave, as they came; none is kept here. Raises outbox Refused, audit.Refused."""
    audit.require(actor, JukiNetPermission.NUMBER_PASS_ON)
    refuse_if(stocked_codes_problems(codes, municipality_code()))
    _record(actor, [], codes.request_control_no, "codes")
    return outbox.post(codes, to=RESIDENTS)
