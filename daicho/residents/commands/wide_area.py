"""広域交付 — asks the city of residence through 市町村CS, and hands over a copy made of its answer. 住民基本台帳法第12条の4; domain §4.5.

Nobody of ours is on it, so its bond has nobody; nothing of the answer is kept but the paper's digests. It waits for the network outside any
transaction, and issues in one of its own.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

from daicho import audit, clock, numbering
from daicho.audit.actor import Actor
from daicho.certificates.catalogue import certificate
from daicho.certificates.request import CertificateRequest, Requester
from daicho.certificates.wide_area import WIDE_AREA_COPY
from daicho.city.queries import setting
from daicho.contracts import base
from daicho.contracts.wide_area_v1 import WideAreaAnswerV1, WideAreaCopy, WideAreaQuestionV1
from daicho.outbox.errors import NotAllowed, Refused, Unauthorized, Unavailable
from daicho.outbox.permissions import OutboxPermission
from daicho.outbox.questions import ask
from daicho.residents.commands.certificates import issue_number, made_of
from daicho.residents.commands.handing_over import Click, Copy, Issued, NotToBeIssued, issued_once, put_on_record, require_going_on
from daicho.residents.models import Visit
from daicho.residents.permissions import Permission
from daicho.residents.queries.certificate_terms import city_terms
from daicho.residents.rules.card_move_in import CardQuestion
from daicho.residents.rules.visits import check_asking
from daicho.residents.rules.wide_area import shown_by, subjects_of, unreadable

DESTINATION, ANSWER = "juki_net", "wide_area_answer"
_SILENT = "住基ネットから、期限までに回答がありませんでした。しばらくしてから照会し直してください。"
_UNREADABLE = "住基ネットの応答を確認できませんでした。システム管理者に連絡してください。"
_NOT_FOUND = "住所地の市区町村に、このカードの人の住民票がありません。番号と市区町村を確認してください。転出した人の写しは、広域交付できません。"


@dataclass(frozen=True)
class Wanted:
    """Of whose card, of which city, alone or with the household, with which of the entries that are omitted unless asked for."""

    card: CardQuestion
    whole_household: bool = False
    with_relationship: bool = False
    with_juminhyo_code: bool = False
    with_individual_number: bool = False
    with_residence_items: bool = False
    use_confirmed: bool = False


def issue_wide_area(actor: Actor, visit: Visit, wanted: Wanted, purpose: str, click: Click) -> Issued:
    """Ask, compose, hand over. Raises NotToBeIssued with every reason: also that the other city does not answer, or refuses; AlreadyIssued."""
    audit.require(actor, Permission.WIDE_AREA_ISSUE)
    reasons = list(check_asking(visit.identity_check, purpose))
    if visit.standing not in WIDE_AREA_COPY.may_be_asked_by:  # before the network is asked about anybody
        reasons.append(("", "広域交付を請求できるのは、本人と同一世帯の人だけです。受付の資格を確認してください（法第12条の4）。"))
    if reasons:
        raise NotToBeIssued(tuple(reasons))
    require_going_on()
    question = _question(actor, visit, wanted)
    copy = _asked(actor, question)
    with issued_once(click.once):
        return _issue(actor, visit, wanted, question, copy, purpose, click)


def _question(actor: Actor, visit: Visit, wanted: Wanted) -> WideAreaQuestionV1:
    return WideAreaQuestionV1(
        question_id=str(uuid.uuid4()),
        purpose=f"住民票の写しの広域交付（受付番号{visit.visit_no}）",
        operator_id=actor.login,
        deadline=clock.now() + timedelta(seconds=setting("wide_area_answer_seconds", clock.today())),
        addressee_municipality_code=wanted.card.municipality_code,
        municipality_code=settings.INSTALLATION.municipality_code,
        juminhyo_code=wanted.card.juminhyo_code,
        individual_number=wanted.card.individual_number,
        whole_household=wanted.whole_household,
        with_relationship=wanted.with_relationship,
        with_juminhyo_code=wanted.with_juminhyo_code,
        with_individual_number=wanted.with_individual_number,
        with_residence_items=wanted.with_residence_items,
    )


def _asked(actor: Actor, question: WideAreaQuestionV1) -> WideAreaCopy:
    try:
        answer = ask(question, to=DESTINATION, actor=actor.with_right(OutboxPermission.ASK), answer_kind=ANSWER)
    except Unavailable:
        raise NotToBeIssued((("", _SILENT),)) from None
    except Refused as refused:
        raise NotToBeIssued((("", refused.reason_ja),)) from None
    except (Unauthorized, NotAllowed, base.ContractError):
        raise NotToBeIssued((("", _UNREADABLE),)) from None
    assert isinstance(answer, WideAreaAnswerV1)  # `ask` decoded it by its kind
    if answer.copy is None:
        raise NotToBeIssued((("", _NOT_FOUND if answer.outcome == "not_found" else answer.reason_ja),))
    if why := unreadable(answer.copy):
        raise NotToBeIssued((("", why),))
    return answer.copy


def _issue(actor: Actor, visit: Visit, wanted: Wanted, question: WideAreaQuestionV1, copy: WideAreaCopy, purpose: str, click: Click) -> Issued:
    today = clock.today()
    definition, subjects = certificate(WIDE_AREA_COPY.code, today), subjects_of(copy)
    kept = shown_by(question) & {each.omissible for each in definition.choices_for(subjects.kinds)}
    request = CertificateRequest(today, Requester(visit.standing), frozenset(kept), use_confirmed=wanted.use_confirmed)
    terms = city_terms(definition, request)
    if found := definition.check(subjects, request, terms.texts):
        raise NotToBeIssued(tuple((one.key, one.message) for one in found))
    number = issue_number(actor, numbering.take("certificate_no")[0], today)
    made = made_of(definition, subjects, request, terms, number)
    return put_on_record(
        actor,
        Copy(
            click, definition.code, number.page_mark, made.document, made.printed, (), permission=Permission.WIDE_AREA_ISSUE, visit=visit,
            standing=request.requester, purpose=purpose.strip(), chosen=request.chosen, whole_household=copy.whole_household, fee_yen=terms.fee_yen,
            check_code=made.check_code, case=f"wide_area:{copy.municipality_code}",
            detail={"question_id": question.question_id, "addressee": copy.municipality_code},
        ),
    )  # fmt: skip
