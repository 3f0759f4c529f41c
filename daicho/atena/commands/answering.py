"""照会への回答 — what the departments' systems and chukan are told of one person, and what is refused them. 番号法第9条第1項 別表; S4-01, S4-03, S4-04, S4-06."""

from __future__ import annotations

from django.db.models import Q

from daicho import audit, vault
from daicho.atena.commands.info import post_to_chukan
from daicho.atena.commands.inquiry import ASK, Inquiry
from daicho.atena.commands.joining import Told, join_all
from daicho.atena.models import AffairAtena, HeldNumber, IntegratedPerson, NumberDouble, municipality_code
from daicho.atena.rules.basics import basics_of
from daicho.atena.rules.form import asker_problems, integrated_problems, purpose_problems, question_problems
from daicho.atena.rules.vocabulary import Result
from daicho.contracts.atena_by_integrated_question_v1 import AtenaByIntegratedQuestionV1
from daicho.contracts.atena_question_v1 import AtenaAnswerV1, AtenaBasics, AtenaQuestionV1
from daicho.outbox.errors import Forbidden
from daicho.vault import NumberKind

NO_BASIS_JA = (
    "この部署は、この事務のために個人番号を利用できる部署として登録されていません。根拠法令を確認のうえ、登録を依頼してください（番号法第9条第1項 別表）。"
)
Found = tuple[IntegratedPerson | None, Result]


def answer_department(question: AtenaQuestionV1, actor: audit.Actor) -> AtenaAnswerV1:
    """Answer a department's inquiry or request for numbering, recorded in the trail, as is every refusal.

    `actor`: the department, holding the right to ask only if the dated list gives it on that day. Inside the caller's
    transaction, which holds the receipt. Raises Forbidden (403: nobody's data were looked at, F-1-06) and Refused.
    """
    problems = asker_problems(question)
    by = "numbering" if question.basics else "individual_number" if question.individual_number else "atena_no"
    facts = {} if problems else {"affair_code": question.affair_code, "by": by}
    inquiry = Inquiry(actor, question.question_id, "" if problems else question.purpose, facts)
    inquiry.refuse_if(problems)
    if not actor.may(ASK):
        inquiry.refuse(Forbidden(NO_BASIS_JA))
    inquiry.refuse_if_late(question.deadline)
    inquiry.refuse_if(question_problems(question))
    if question.basics is not None:
        found = _number(question, question.basics)
    elif question.individual_number is not None:
        found = _by_individual_number(question.individual_number)
    else:
        found = _by_atena_no(question.affair_code, str(question.atena_no))
    return inquiry.answer(*found)


def answer_chukan(question: AtenaByIntegratedQuestionV1, actor: audit.Actor) -> AtenaAnswerV1:
    """Answer chukan whose number it is; of a number united with another, who is meant now. Raises Refused. One query and the record."""
    audit.require(actor, ASK)
    problems = purpose_problems(question.purpose)
    inquiry = Inquiry(actor, question.question_id, "" if problems else question.purpose, {"by": "integrated_atena_no"})
    inquiry.refuse_if(problems)
    inquiry.refuse_if_late(question.deadline)
    inquiry.refuse_if(integrated_problems(question.integrated_atena_no))
    named = IntegratedPerson.objects.filter(municipality_code=municipality_code(), integrated_atena_no=question.integrated_atena_no)
    person = named.select_related("united_with").first()
    return inquiry.answer((person.united_with or person) if person else None, Result.FOUND if person else Result.NOT_FOUND)


def _by_individual_number(number: str) -> Found:
    ref = vault.find(NumberKind.INDIVIDUAL_NUMBER, number)
    held = HeldNumber.objects.select_related("person").filter(municipality_code=municipality_code(), individual_number_ref=ref).first() if ref else None
    if held is None:
        return None, Result.NOT_FOUND
    if held.until is not None:
        return None, Result.NUMBER_DIFFERS
    if NumberDouble.objects.filter(municipality_code=municipality_code(), individual_number_ref=ref, decided_at__isnull=True).exists():
        return None, Result.IN_DOUBT
    return held.person, Result.FOUND


def _by_atena_no(affair_code: str, atena_no: str) -> Found:
    link = AffairAtena.objects.select_related("person").filter(municipality_code=municipality_code(), affair_code=affair_code, atena_no=atena_no).first()
    return (link.person, Result.FOUND) if link else (None, Result.NOT_FOUND)


def _number(question: AtenaQuestionV1, basics: AtenaBasics) -> Found:
    """付番依頼: find, join or make. Of somebody who is there, an affair changes neither the 5情報 nor the 個人番号."""
    number, atena_no = question.individual_number, str(question.atena_no)
    if number is not None and _differs(question.affair_code, atena_no, vault.find(NumberKind.INDIVIDUAL_NUMBER, number)):
        return None, Result.NUMBER_DIFFERS
    ref = vault.keep(NumberKind.INDIVIDUAL_NUMBER, number) if number is not None else None
    [one] = join_all(question.affair_code, [Told(atena_no, ref, basics_of(basics))])
    if one.is_new:
        post_to_chukan([one.person])
    if one.joining.disputed_with is not None:
        return None, Result.IN_DOUBT
    return one.person, Result.NUMBERED if one.is_new else Result.FOUND


def _differs(affair_code: str, atena_no: str, ref: int | None) -> bool:
    """Whether the 個人番号 named is a former one, or nobody's while the person has another: only the register may change it. One query."""
    of_person = Q(person__affairs__affair_code=affair_code, person__affairs__atena_no=atena_no, until__isnull=True)
    held = HeldNumber.objects.filter(of_person | Q(individual_number_ref=ref), municipality_code=municipality_code())
    until = dict(held.values_list("individual_number_ref", "until"))
    if ref in until:
        return until[ref] is not None
    return bool(until)
