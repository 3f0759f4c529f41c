"""支援措置の通知 — what was decided about one protected person, to the applicant; the word that a period ends; 転送書. 標準3.4 (N-3.4-09, N-3.4-18); domain §7.

A letter goes to nobody but the applicant, and to the municipality that the case was forwarded to. Opponents are not read at all.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from daicho import audit, clock, vault
from daicho.audit.actor import Actor
from daicho.certificates.letters.letter import Addressee
from daicho.residents.commands.handing_over import Click, issued_once
from daicho.residents.commands.letters import Draft, Pile, put_out, shown
from daicho.residents.commands.safe_letters import TO_BE_CONFIRMED, cases_of_drafts, safe
from daicho.residents.commands.support import StepForm, add_step
from daicho.residents.errors import CannotDo
from daicho.residents.models import SupportCase, SupportSubject
from daicho.residents.permissions import Permission
from daicho.residents.queries.current import BY_PERSON_ID, CurrentRow, newest_rows
from daicho.residents.queries.letters_put_out import support_case
from daicho.residents.queries.support import cases_of_city, standing_subjects, step_of
from daicho.residents.queries.support_letters import cases_of
from daicho.residents.rules.birth import birth_text
from daicho.residents.rules.fold import is_open
from daicho.residents.rules.letters_of_cases.addressees import at_home, municipality
from daicho.residents.rules.letters_of_cases.support import (
    ENDING,
    FORWARDED,
    Subject,
    forwarded_letter,
    is_due,
    letter_of,
    support_letter,
)
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.support import StepKind, standing_of
from daicho.residents.rules.support_details import Asked, Details, asked_of, details_of
from daicho.values.municipalities import municipality_of

_RIGHT = Permission.SUPPORT_MANAGE


def tell_of_step(actor: Actor, case_id: UUID, person: UUID, click: Click, confirmed: str = "") -> Pile:
    """The letter that the newest step about this person asks for: 決定, 変更, 期間終了, 延長, 却下 or 終了. CannotDo where none does.

    Where the other party lives at the address (who fled may still be registered there) it is refused, until it is said what was made sure of.
    """
    audit.require(actor, _RIGHT, (person,))
    with issued_once(click.once):
        [told] = _told([_subject(case_id, person)])
        code = letter_of(told.subject.steps)
        if code is None:
            raise CannotDo("いまの経過に対応する通知書はありません。決定、期間の修正、延長、終了などを記録してから出力してください。")
        drafts = [(told.draft(code), told.applicant)]
        return put_out(actor, _RIGHT, safe(cases_of([told.person.person_id, told.applicant]), drafts, confirmed, refused=TO_BE_CONFIRMED), click)


def tell_of_ends(actor: Actor, click: Click) -> Pile:
    """支援措置期間終了通知 to everybody whose period ends within a month or has ended, one for each, and that it was sent among the steps (N-3.4-09).

    Who was told in this period already is left out, and whoever may not be written to: they stay due. NotToBeIssued when there is nobody.
    """
    audit.require(actor, _RIGHT)
    with issued_once(click.once):
        due = [one for one in _told(standing_subjects()) if is_due(one.subject.steps, one.subject.standing, clock.today())]
        drafts = [(one.draft(ENDING), one.applicant) for one in due]
        kept = safe(cases_of_drafts(drafts), drafts)
        pile = put_out(actor, _RIGHT, kept, click)
        told = {draft.people[0].person_id for draft in kept}
        for one in (one for one in due if one.person.person_id in told):
            add_step(actor, one.case.public_id, one.person.public_id, StepForm(StepKind.NOTIFIED, clock.today(), "期間終了通知書を出力"))
        return pile


def tell_of_forward(actor: Actor, case_id: UUID, forward_no: int, click: Click) -> Pile:
    """支援措置申出書の転送書 of one 転送. CannotDo for none of the case's."""
    audit.require(actor, _RIGHT)
    with issued_once(click.once):
        case = _case(case_id)
        row = case.forwards.filter(pk=forward_no).first()
        if row is None:
            raise CannotDo("転送の記録が見つかりません。支援措置の画面を開き直してください。")
        applicant = case.subjects.filter(is_applicant=True).order_by("pk").first()
        if applicant is None:
            raise CannotDo("申出者の記録が見つかりません。支援措置の画面を開き直してください。")
        person = newest_rows(BY_PERSON_ID, [applicant.person_id])[applicant.person_id]
        _, asked = _writing(case)
        to = _office(row.destination)
        name, birth = shown_name(person.entries) or "", birth_text(person.entries)
        letter = forwarded_letter(to, name, birth, case.applied_on, row.forwarded_on, asked)
        return put_out(actor, _RIGHT, [Draft(FORWARDED, letter, shown(person), support_case(case_id))], click)


def _office(destination: str) -> Addressee:
    """A municipality by its name, else the office as it was written down; its street is in no dictionary."""
    code = municipality_of(destination)
    return municipality(code) if code else Addressee(destination, destination, office=True)


@dataclass(frozen=True)
class _Told:
    """One protected person with what a letter about them says."""

    case: SupportCase
    person: CurrentRow
    subject: Subject
    applicant: int  # person id
    to: Addressee
    asked: tuple[Asked, ...]

    def draft(self, code: str) -> Draft:
        letter = support_letter(code, self.to, self.case.applied_on, self.asked, [self.subject])
        return Draft(code, letter, shown(self.person), support_case(self.case.public_id))


def _told(subjects: Sequence[SupportSubject]) -> list[_Told]:
    """Two statements for all, and two for each case."""
    cases = {one.case_id: one.case for one in subjects}
    applicants = {one.case_id: one for one in SupportSubject.objects.filter(case__in=list(cases), is_applicant=True)}
    people = newest_rows(BY_PERSON_ID, [*(one.person_id for one in subjects), *(one.person_id for one in applicants.values())])
    writings = {pk: _writing(case) for pk, case in cases.items()}
    found = []
    for one in subjects:
        details, asked = writings[one.case_id]
        steps = tuple(step_of(row) for row in sorted(one.steps.all(), key=lambda row: row.pk))
        person = people[one.person_id]
        subject = Subject(shown_name(person.entries) or "", one.relation, steps, standing_of(steps, clock.today()))
        applicant = people[applicants[one.case_id].person_id]
        found.append(_Told(one.case, person, subject, applicant.person_id, _to(applicant, details), asked))
    return found


def _to(applicant: CurrentRow, details: Details) -> Addressee:
    """Where the applicant lives by the register; of who does not live here what the application says."""
    home = at_home(applicant.entries)
    if is_open(applicant.entries, clock.today()):
        return home
    return Addressee(home.name, details.applicant.moved_to_notified or details.applicant.moved_to_planned or details.applicant.address)


def _writing(case: SupportCase) -> tuple[Details, tuple[Asked, ...]]:
    row = case.details.order_by("-pk")[0]
    return details_of(json.loads(vault.open_payload(row.payload_ref))), asked_of(row.affairs)


def _case(case_id: UUID) -> SupportCase:
    case: SupportCase | None = cases_of_city().filter(public_id=case_id).first()
    if case is None:
        raise CannotDo("支援措置の記録が見つかりません。一覧を開き直してください。")
    return case


def _subject(case_id: UUID, person: UUID) -> SupportSubject:
    subject = _case(case_id).subjects.select_related("case").prefetch_related("steps").filter(person__public_id=person).first()
    if subject is None:
        raise CannotDo("この支援措置の対象者ではありません。一覧を開き直してください。")
    return subject
