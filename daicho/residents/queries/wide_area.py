"""広域交付への回答 — what another city's counter is told of somebody who stands there with their card. 住民基本台帳法第12条の4; N-7.1.1.1-05, N-4.0.8-19.

Asked by 市町村CS alone, which has judged the question and knows the person. Nothing is kept of it but that it was told, of whom, for what.
"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import connection

from daicho import audit, clock, vault
from daicho.audit.actor import Actor
from daicho.city.queries import code_names
from daicho.contracts.wide_area_v1 import WideAreaAnswerV1, WideAreaQuestionV1
from daicho.residents.permissions import IntakePermission
from daicho.residents.queries.certificates import Chosen, choose
from daicho.residents.rules.certificate_data import codes_of
from daicho.residents.rules.on_certificate import CodeNames, unprintable
from daicho.residents.rules.wide_area import REFUSED, Opened, copy_of, numbers_wanted, shown_by

FOUND, NOT_FOUND, HELD_BACK = "found", "not_found", "refused"

_OPEN = """
    SELECT p.public_id FROM residents_sheetcurrent c JOIN residents_person p ON p.id = c.person_id
     WHERE c.municipality_code = %s AND c.juminhyo_code = %s AND c.opened_on <= %s AND (c.closed_on IS NULL OR c.closed_on > %s)
"""


def answer_wide_area(actor: Actor, question: WideAreaQuestionV1) -> WideAreaAnswerV1:
    """The copy, one refusal, or that nobody of that number lives here. Inside the caller's transaction, which records it before anything is told."""
    audit.require(actor, IntakePermission.WIDE_AREA_ANSWER)
    person = _resident(question.juminhyo_code or "")
    if person is None:
        return _told(actor, question, WideAreaAnswerV1(question.question_id, NOT_FOUND, "", None), ())
    chosen = choose(person, None if question.whole_household else frozenset({person}), clock.today())
    everybody = chosen.household if question.whole_household else chosen.people
    people = tuple(row.public_id for row in everybody)
    sheets = [row.entries for row in everybody]
    names = _names(chosen)
    if any(_is_held(chosen, row.person_id) for row in everybody) or any(
        entries.issue_prohibited_setting or unprintable(entries, shown_by(question), names) for entries in sheets
    ):
        return _told(actor, question, WideAreaAnswerV1(question.question_id, HELD_BACK, REFUSED, None), people)
    refs = [ref for entries in sheets for name in numbers_wanted(question) if (ref := getattr(entries, name)) is not None]
    numbers = vault.reveal_many(refs, because="住民票の写しの広域交付") if refs else {}
    copy = copy_of(question, sheets, Opened(numbers, names), settings.INSTALLATION.municipality_code)
    return _told(actor, question, WideAreaAnswerV1(question.question_id, FOUND, "", copy), people)


def _resident(juminhyo_code: str) -> UUID | None:
    """Who has this 住民票コード and lives here today."""
    ref = vault.find(vault.NumberKind.JUMINHYO_CODE, juminhyo_code) if juminhyo_code else None
    if ref is None:
        return None
    today = clock.today()
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, [settings.INSTALLATION.municipality_code, ref, today, today])
        found = cursor.fetchone()
    return found[0] if found else None


def _is_held(chosen: Chosen, person_id: int) -> bool:
    """Any 抑止 of certificates that stands, also one that only warns: no officer of ours is there to make sure (domain §4.5, §7)."""
    return bool(chosen.blocks.get(person_id))


def _names(chosen: Chosen) -> CodeNames:
    wanted: dict[str, set[str]] = {}
    for row in chosen.household:
        for table, code in codes_of(row.entries).items():
            wanted.setdefault(table, set()).add(code)
    return {table: code_names(table, sorted(codes)) for table, codes in wanted.items()}


def _told(actor: Actor, question: WideAreaQuestionV1, answer: WideAreaAnswerV1, people: tuple[UUID, ...]) -> WideAreaAnswerV1:
    detail = {"question_id": question.question_id, "asked_by": question.municipality_code, "outcome": answer.outcome}
    outcome = "refused" if answer.outcome == HELD_BACK else "done"
    audit.record(actor, IntakePermission.WIDE_AREA_ANSWER, people, outcome=outcome, purpose=question.purpose, detail=detail)
    return answer
