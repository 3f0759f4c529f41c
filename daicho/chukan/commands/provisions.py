"""情報提供 — judges one inquiry of the national network, answers it sealed for the asker, and keeps the record of it, refused or not.
番号法第19条第8号, 第21条第2項, 第23条; G-19, S3-03, S3-05, S3-08, F-1-51…F-1-53, F-1-57.

The record is written in the transaction of the receipt: there is no answer without it, and no refusal either.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings

from daicho import audit, city, clock
from daicho.chukan.commands.codes import NETWORK_CORE, person_of
from daicho.chukan.commands.persons import is_withheld, newest_replica
from daicho.chukan.commands.refusal import refuse_if
from daicho.chukan.commands.replicas import opened
from daicho.chukan.models import Inquiry, Person, Replica
from daicho.chukan.models.columns import municipality_code
from daicho.chukan.permissions import ChukanPermission
from daicho.chukan.queries.lists import inquirer_on, rows_asked_for
from daicho.chukan.rules.content import content_for
from daicho.chukan.rules.form import question_problems
from daicho.chukan.rules.judging import InquirerRow, Judgement, judge
from daicho.chukan.rules.permit import permit_problems
from daicho.chukan.rules.sealing import context_of, is_usable, seal_for, sign_answer
from daicho.contracts import encode
from daicho.contracts.provision_answer_v1 import ProvisionAnswerV1, SealedAnswer
from daicho.contracts.provision_question_v1 import ProvisionQuestionV1
from daicho.outbox import signing
from daicho.outbox.settings import freshness

Result = Inquiry.Result
UNNAMED = "（登録のない機関）"
_FEB_29 = (2, 29)


@dataclass(frozen=True)
class Case:
    """One inquiry with all it is judged by."""

    question: ProvisionQuestionV1
    received_at: datetime
    day: date  # of the request: the list in force on it counts
    inquirer: InquirerRow | None
    judgement: Judgement
    person: Person | None
    replica: Replica | None
    reasons: tuple[str, ...]

    @property
    def result(self) -> Inquiry.Result:
        if self.reasons == ("withheld",):
            return Result.HELD
        return Result.REFUSED if self.reasons else Result.ANSWERED


def answer_inquiry(question: ProvisionQuestionV1, actor: audit.Actor) -> ProvisionAnswerV1:
    """Judge, record and answer; never refuses without a record (F-1-51). Inside the caller's transaction, which holds the receipt.

    Raises outbox Refused for what cannot even be recorded (the post room keeps that it came), audit.Refused when `actor` is not the intake. The queries do not depend on how many people or records there are.
    """
    audit.require(actor, ChukanPermission.INQUIRY_ANSWER)
    refuse_if(question_problems(question))
    case = _case_of(question)
    sealed = _sealed(case) if case.result is Result.ANSWERED else None
    answer = _signed(case, sealed)
    inquiry = _record(case, answer)
    outcome = audit.Outcome.DONE if case.result is Result.ANSWERED else audit.Outcome.REFUSED
    audit.record(
        actor, ChukanPermission.INQUIRY_ANSWER, subjects=[case.person.pk] if case.person else [], outcome=outcome, purpose=inquiry.affair_ja,
        detail={"inquiry": str(inquiry.pk), "result": inquiry.result, "reasons": inquiry.reasons},
    )  # fmt: skip
    return answer


def _case_of(question: ProvisionQuestionV1) -> Case:
    received_at, day = clock.now(), clock.jst(question.asked_at).date()
    inquirer = inquirer_on(question.inquirer_code, day)
    judgement = judge(question, rows_asked_for(question), inquirer, day)
    person = person_of(question.linkage_code)
    replica = newest_replica(person) if person is not None and person.erased_at is None else None
    formal = (*_formal_problems(question, received_at), *judgement.reasons)
    # Who may not ask is not told whether somebody is withheld or unknown here.
    reasons = formal or tuple(_of_person(person, replica))
    return Case(question, received_at, day, inquirer, judgement, person, replica, reasons)


def _formal_problems(question: ProvisionQuestionV1, now: datetime) -> list[str]:
    core = signing.public_key(settings.DAICHO.peers[NETWORK_CORE].public_key_file)
    found = [] if question.provider_municipality_code == municipality_code() else ["wrong_provider"]
    found += permit_problems(question, core, now, freshness())
    if Inquiry.objects.filter(municipality_code=municipality_code(), permit_no=question.permit.permit_no).exclude(result=Result.REFUSED).exists():
        found.append("permit_used")
    if not is_usable(question.inquirer_public_key):
        found.append("key_unusable")
    return found


def _of_person(person: Person | None, replica: Replica | None) -> list[str]:
    if person is None:
        return ["code_unknown"]
    if replica is None:
        return ["no_replica"]
    return ["withheld"] if is_withheld(person, replica) else []


def _sealed(case: Case) -> SealedAnswer:
    """The items of the list's row, for the asker's key alone."""
    assert case.replica is not None and case.judgement.row is not None  # judged: there are no reasons against it
    question = case.question
    return seal_replica(
        case.replica, question.question_id, question.inquirer_code, question.information_code, case.judgement.row.items, question.inquirer_public_key
    )


def seal_replica(replica: Replica, question_id: str, inquirer_code: str, information_code: str, items: tuple[str, ...], public_key: str) -> SealedAnswer:
    """What of `replica` the list names, sealed for `public_key` and bound to the question."""
    content = content_for(opened(replica), information_code, items)
    return seal_for(public_key, content, context_of(question_id, inquirer_code, information_code))


def _signed(case: Case, sealed: SealedAnswer | None) -> ProvisionAnswerV1:
    question = case.question
    answer = ProvisionAnswerV1(
        question_id=question.question_id,
        provider_municipality_code=municipality_code(),
        result=str(case.result),
        reasons=case.reasons,
        answered_at=clock.now(),
        route=question.route,
        sealed=sealed,
        signature="",
    )
    return sign_answer(answer, signing.private_key(settings.DAICHO.signing_key_file))


def _record(case: Case, answer: ProvisionAnswerV1) -> Inquiry:
    question, row = case.question, case.judgement.row
    return Inquiry.objects.create(
        question_id=UUID(question.question_id),
        permit_no=question.permit.permit_no,
        received_at=case.received_at,
        asked_at=question.asked_at,
        inquirer_code=question.inquirer_code,
        inquirer_ja=case.inquirer.name_ja if case.inquirer else UNNAMED,
        provider_ja=f"{settings.INSTALLATION.municipality_name}長",
        affair_code=question.affair_code,
        affair_ja=row.affair_ja if row else "",
        item_no=question.item_no,
        procedure_code=question.procedure_code,
        information_code=question.information_code,
        information_ja=row.information_ja if row else "",
        basis_ja=row.basis_ja if row else "",
        provision_id=UUID(row.key) if row else None,
        person=case.person,
        replica=case.replica if case.result is Result.ANSWERED else None,
        result=case.result,
        reasons=list(case.reasons),
        answered_at=answer.answered_at,
        answer_digest=hashlib.sha256(encode(answer)).hexdigest(),
        route=question.route,
        inquirer_public_key=question.inquirer_public_key[:44],
        keep_until=kept_until(case.received_at),
    )


def kept_until(since: datetime) -> date:
    """The last day on which a record of that moment is kept (番号法23条; dated setting)."""
    day = clock.jst(since).date()
    years = int(city.setting("provision_record_years", day))
    return day.replace(year=day.year + years, day=28 if (day.month, day.day) == _FEB_29 else day.day)
