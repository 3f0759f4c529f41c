"""支援措置の受付・決定・延長・終了. 標準仕様3.4, 1.1.16; domain §7.

From the 申出 on everything is blocked (仮支援措置), without a day between; what ends it is an officer's word about one person, judged at that moment.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction

from daicho import audit, clock, vault
from daicho.audit.actor import Actor
from daicho.residents.commands.blocks import BlockForm, make_block, release
from daicho.residents.commands.notices.issue_block import tell_of_blocks
from daicho.residents.errors import CannotDo
from daicho.residents.models import Block, Person, SupportCase, SupportDetail, SupportForward, SupportOpponent, SupportStep, SupportSubject
from daicho.residents.permissions import Permission
from daicho.residents.queries.situations import lock_current
from daicho.residents.queries.support import step_of
from daicho.residents.rules.blocks import BlockKind, Process, Strength, Term
from daicho.residents.rules.support import GROUND_JA, NEEDS_PERIOD, Ground, StepKind, next_period, refusal, refusal_to_end, standing_of
from daicho.residents.rules.support_details import Affair, Asked, Details, Standing, asked_json, details_json


@dataclass(frozen=True)
class Application:
    """申出 as received. `companions`: those protected with the applicant, with their relation; `opponents`: the other side, of those known here."""

    applicant: UUID
    applied_on: date
    standing: Standing
    asked: tuple[Asked, ...]
    details: Details
    companions: tuple[tuple[UUID, str], ...] = ()
    opponents: tuple[UUID, ...] = ()
    first_municipality: str = ""
    forwarded_received_on: date | None = None

    @property
    def is_forwarded(self) -> bool:
        return bool(self.first_municipality) or self.forwarded_received_on is not None


@transaction.atomic
def receive_application(actor: Actor, form: Application) -> SupportCase:
    """申出の受付: 仮支援措置 begins for everybody in it, and every other system is told at once. CannotDo with what is missing."""
    people = [form.applicant, *(person for person, _ in form.companions)]
    audit.require(actor, Permission.SUPPORT_MANAGE, people)
    if why := _refusal(form, people):
        raise CannotDo(why)
    persons = _locked([*people, *form.opponents])
    code, now = settings.INSTALLATION.municipality_code, clock.now()
    case = SupportCase.objects.create(
        municipality_code=code, standing=form.standing, applied_on=form.applied_on, is_forwarded=form.is_forwarded,
        first_municipality=form.first_municipality or None, forwarded_received_on=form.forwarded_received_on, opened_by=actor.name, opened_at=now,
    )  # fmt: skip
    _write_details(actor, case, form.asked, form.details, None)
    for index, (public_id, relation) in enumerate(((form.applicant, ""), *form.companions)):
        _protect(actor, case, persons[public_id], relation, form, is_applicant=index == 0)
    _note_opponents(case, [persons[one] for one in form.opponents])
    tell_of_blocks([persons[one].pk for one in people])
    _record(actor, [*people, *form.opponents], case, "apply")
    return case


def _refusal(form: Application, people: Sequence[UUID]) -> str:
    if form.applied_on > clock.today():
        return "申出の年月日が本日より後です。日付を確認してください。"
    if not form.asked:
        return "支援を求められた事務が選ばれていません。申出書を確認して選んでください（標準仕様1.1.16）。"
    if len(set(people)) < len(people) or set(people) & set(form.opponents):
        return "同じ人が、支援対象者と相手方、又は二度選ばれています。選び直してください。"
    return ""


def _protect(actor: Actor, case: SupportCase, person: Person, relation: str, form: Application, *, is_applicant: bool) -> None:
    block = make_block(actor, person, None, BlockForm(BlockKind.SUPPORT, "支援措置", terms_for(form.asked, form.applied_on)))
    subject = SupportSubject.objects.create(
        municipality_code=case.municipality_code, case=case, person=person, is_applicant=is_applicant, relation=relation, block=block
    )  # fmt: skip
    _step(actor.name, subject, StepKind.APPLIED, form.applied_on)


def terms_for(asked: Sequence[Asked], since: date) -> tuple[Term, ...]:
    """What 支援措置 stops: the affairs that were asked for, and always 照会 by whoever may not know; every 異動 warns."""
    affairs = {one.affair for one in asked}
    stops = {Process.CERTIFICATE: Affair.CERTIFICATE in affairs, Process.BROWSING: Affair.BROWSING in affairs, Process.INQUIRY: True}
    errors = [Term(process, Strength.ERROR if stop else Strength.NONE, since) for process, stop in stops.items()]
    return (*errors, Term(Process.FILING, Strength.ALERT, since))


@transaction.atomic
def write_application(
    actor: Actor, case_id: UUID, asked: tuple[Asked, ...], details: Details, opponents: Sequence[UUID], not_needed_told_on: date | None
) -> None:
    """申出書の記載 anew: what was written before stays readable. CannotDo for a case that is not there."""
    audit.require(actor, Permission.SUPPORT_MANAGE)
    case = _case(case_id)
    if not asked:
        raise CannotDo("支援を求められた事務が選ばれていません。申出書を確認して選んでください（標準仕様1.1.16）。")
    persons = _locked(opponents)
    _write_details(actor, case, asked, details, not_needed_told_on)
    known = set(case.opponents.values_list("person_id", flat=True))
    _note_opponents(case, [person for person in persons.values() if person.pk not in known])
    _record(actor, [*_people(case), *opponents], case, "write")


@dataclass(frozen=True)
class StepForm:
    """One step as an officer records it."""

    kind: StepKind
    on: date
    note: str = ""
    period: tuple[date, date] | None = None


@transaction.atomic
def add_step(actor: Actor, case_id: UUID, person: UUID, form: StepForm) -> SupportStep:
    """意見照会, 決定, 期間の修正, 終了通知, 延長 of one protected person. CannotDo for what cannot come now."""
    audit.require(actor, Permission.SUPPORT_MANAGE, (person,))
    subject = _subject(case_id, person)
    steps, today = steps_of(subject), clock.today()
    if form.kind is StepKind.ENDED:
        raise CannotDo("終了は、終了の理由を付けて「支援措置を終了する」から行ってください（標準仕様3.4）。")
    period = form.period
    if form.kind is StepKind.EXTENDED and period is None and (now := standing_of(steps, today)).until is not None:
        period = next_period(now)
    if why := refusal(steps, form.kind, period, today, form.on):
        raise CannotDo(why)
    starts_on, ends_on = period if form.kind in NEEDS_PERIOD and period else (None, None)
    step = _step(actor.name, subject, form.kind, form.on, form.note, starts_on=starts_on, ends_on=ends_on)
    _record(actor, [person], subject.case, form.kind)
    return step


@transaction.atomic
def end(actor: Actor, case_id: UUID, person: UUID, ground: Ground, note: str, on: date) -> SupportStep:
    """支援措置の終了 of one person: the block is released and every other system is told. CannotDo when it does not stand as the ground says."""
    audit.require(actor, Permission.SUPPORT_MANAGE, (person,))
    subject = _subject(case_id, person)
    if why := refusal_to_end(steps_of(subject), ground, clock.today()):
        raise CannotDo(why)
    if on > clock.today() or not note.strip():
        raise CannotDo("終了の日（本日まで）と、終了を認めた経緯を入力してください（標準仕様3.4）。")
    step = _step(actor.name, subject, StepKind.ENDED, on, note, ground=ground)
    release(actor, subject.block, GROUND_JA[ground])
    tell_of_blocks([subject.person_id])
    _record(actor, [person], subject.case, "end")
    return step


@transaction.atomic
def forward(actor: Actor, case_id: UUID, destination: str, on: date) -> SupportForward:
    """転送 to another municipality, or to an office that is told on paper (N-1.1.16-12). CannotDo without where to."""
    audit.require(actor, Permission.SUPPORT_MANAGE)
    case = _case(case_id)
    if not destination.strip() or on > clock.today():
        raise CannotDo("転送先と、転送した日（本日まで）を入力してください（標準仕様1.1.16）。")
    row = SupportForward.objects.create(
        municipality_code=case.municipality_code, case=case, destination=destination.strip(), forwarded_on=on, recorded_by=actor.name, recorded_at=clock.now()
    )  # fmt: skip
    _record(actor, _people(case), case, "forward")
    return row


@transaction.atomic
def acknowledge(actor: Actor, case_id: UUID, forward_no: int, on: date) -> None:
    """The other municipality says that it has it. CannotDo for a forward that is none of the case's, or was acknowledged."""
    audit.require(actor, Permission.SUPPORT_MANAGE)
    case = _case(case_id)
    row = case.forwards.select_for_update().filter(pk=forward_no, acknowledged_on__isnull=True).first()
    if row is None or not row.forwarded_on <= on <= clock.today():
        raise CannotDo("受領の確認日は、転送した日から本日までの日です。転送の記録を確認してください（標準仕様1.1.16）。")
    row.acknowledged_on = on
    row.save(update_fields=["acknowledged_on"])
    _record(actor, _people(case), case, "acknowledge")


def steps_of(subject: SupportSubject):  # type: ignore[no-untyped-def]  # list[Step]
    """The steps of one protected person as the rules see them, in the order of recording."""
    return [step_of(row) for row in subject.steps.order_by("pk")]


def _step(by: str, subject: SupportSubject, kind: StepKind, on: date, note: str = "", **more: object) -> SupportStep:
    return SupportStep.objects.create(
        municipality_code=subject.municipality_code, subject=subject, kind=kind, on=on, note=note.strip(), recorded_by=by, recorded_at=clock.now(), **more
    )  # fmt: skip


note_step = _step


def _write_details(actor: Actor, case: SupportCase, asked: Sequence[Asked], details: Details, not_needed_told_on: date | None) -> None:
    SupportDetail.objects.create(
        municipality_code=case.municipality_code, case=case, affairs=asked_json(asked), not_needed_told_on=not_needed_told_on,
        payload_ref=vault.seal_payload(json.dumps(details_json(details), ensure_ascii=False).encode()), recorded_by=actor.name, recorded_at=clock.now(),
    )  # fmt: skip


def _note_opponents(case: SupportCase, persons: Sequence[Person]) -> None:
    SupportOpponent.objects.bulk_create(
        [SupportOpponent(municipality_code=case.municipality_code, case=case, person=person, recorded_at=clock.now()) for person in persons]
    )


def _locked(people: Sequence[UUID]) -> dict[UUID, Person]:
    code = settings.INSTALLATION.municipality_code
    persons = {person.public_id: person for person in Person.objects.filter(municipality_code=code, public_id__in=list(people))}
    if persons.keys() != set(people):
        raise CannotDo("対象者が見つかりません。住民票の画面から選び直してください。")
    lock_current([], [person.atena_no for person in persons.values()])
    return persons


def _case(case_id: UUID) -> SupportCase:
    case = SupportCase.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, public_id=case_id).first()
    if case is None:
        raise CannotDo("支援措置の記録が見つかりません。一覧を開き直してください。")
    return case


def _subject(case_id: UUID, person: UUID) -> SupportSubject:
    case = _case(case_id)
    subject = case.subjects.select_related("person", "case").filter(person__public_id=person).first()
    if subject is None:
        raise CannotDo("この支援措置の対象者ではありません。一覧を開き直してください。")
    subject.block = Block.objects.select_for_update().get(pk=subject.block_id)  # two officers who decide about one person at once
    return subject


def _people(case: SupportCase) -> list[UUID]:
    return list(case.subjects.values_list("person__public_id", flat=True))


def _record(actor: Actor, people: Sequence[UUID], case: SupportCase, step: str) -> None:
    audit.record(actor, Permission.SUPPORT_MANAGE, people, detail={"case": str(case.public_id), "step": step})
