"""実態調査の記録 — a case begun, its steps, and the 職権消除 that it ends in. 住民基本台帳法第34条; A-03.

Nothing of the register changes here: the removal is a filing like every other, examined by another officer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction

from daicho import audit, city, clock
from daicho.audit.actor import Actor
from daicho.residents.commands import filings
from daicho.residents.commands.typed import TypedForm, TypedPerson
from daicho.residents.errors import CannotDo
from daicho.residents.models import Filing, Person, Survey, SurveyStep, SurveySubject, Visit
from daicho.residents.permissions import Permission
from daicho.residents.queries.situations import lock_current
from daicho.residents.queries.surveys import FINISHED, state_of_survey, steps_of
from daicho.residents.rules.events.ex_officio_removal import EX_OFFICIO_REMOVAL
from daicho.residents.rules.survey import MAY_REMOVE, STEPS, due_on, reason_of, refusal
from daicho.residents.rules.vocabulary import ABSENT
from daicho.ui.dates import wareki_text


@dataclass(frozen=True)
class StepForm:
    """What was done, on which day, with what result."""

    kind: str
    done_on: date
    note: str


@transaction.atomic
def open_survey(actor: Actor, people: Sequence[UUID], ground: str) -> Survey:
    """A new case about these people. CannotDo without anybody, without a reason, or when one of them is in a case that goes on."""
    audit.require(actor, Permission.SURVEY_MANAGE, people)
    if not people or not ground.strip():
        raise CannotDo("調査の対象者を1人以上選び、調査を始める理由を入力してください。")
    code = settings.INSTALLATION.municipality_code
    persons = list(Person.objects.filter(municipality_code=code, public_id__in=list(people)))
    if len(persons) != len(set(people)):
        raise CannotDo("対象者が見つかりません。住民票の画面から選び直してください。")
    lock_current([], [person.atena_no for person in persons])  # two officers who begin at once
    for subject in SurveySubject.objects.filter(person__in=persons).select_related("survey__filing"):
        if state_of_survey(subject.survey) not in FINISHED:
            raise CannotDo(f"対象者の中に、調査中の人がいます（調査番号{subject.survey.pk}）。その調査の画面で続けてください。")
    survey = Survey.objects.create(municipality_code=code, ground=ground.strip(), opened_by=actor.name, opened_at=clock.now())
    SurveySubject.objects.bulk_create([SurveySubject(municipality_code=code, survey=survey, person=person) for person in persons])
    audit.record(actor, Permission.SURVEY_MANAGE, people, detail={"survey": str(survey.public_id), "step": "open"})
    return survey


@transaction.atomic
def add_step(actor: Actor, survey_id: UUID, form: StepForm) -> SurveyStep:
    """Record a step. CannotDo for one that cannot come now, and once the case has ended."""
    audit.require(actor, Permission.SURVEY_MANAGE)
    survey = _open(survey_id)
    if form.kind not in dict(STEPS) or not form.note.strip():
        raise CannotDo("処理の種類を選び、結果・内容を入力してください。")
    if why := refusal(steps_of(survey), form.kind, form.done_on, clock.today()):
        raise CannotDo(why)
    periods = [int(city.setting(key, form.done_on)) for key in ("survey_demand_days", "survey_public_notice_days")]
    step = SurveyStep.objects.create(
        municipality_code=survey.municipality_code, survey=survey, kind=form.kind, done_on=form.done_on, due_on=due_on(form.kind, form.done_on, *periods),
        note=form.note.strip(), recorded_by=actor.name, recorded_at=clock.now(),
    )  # fmt: skip
    audit.record(actor, Permission.SURVEY_MANAGE, _people(survey), detail={"survey": str(survey.public_id), "step": form.kind})
    return step


@transaction.atomic
def begin_removal(actor: Actor, visit: Visit, survey_id: UUID) -> Filing:
    """職権消除 of everybody in the case, filled in from its steps. CannotDo before the public notice is over, or when it is entered already."""
    audit.require(actor, Permission.FILING_ENTER)
    survey = _open(survey_id)
    if state_of_survey(survey) != MAY_REMOVE:
        raise CannotDo("公示の期限が過ぎていないか、もう消除を入力しています。調査の経過を確認してください。")
    words = {kind: label.split("（")[0] for kind, label in STEPS}
    texts = {"effective_on": wareki_text(clock.today()), "ground": ABSENT, "reason": f"実態調査{survey.pk}　{reason_of(steps_of(survey), words)}"}
    survey.filing = filings.start(actor, visit, EX_OFFICIO_REMOVAL.code, TypedForm(texts, tuple(TypedPerson(str(p), {}) for p in _people(survey))))
    survey.save(update_fields=["filing"])
    return survey.filing


def _open(survey_id: UUID) -> Survey:
    code = settings.INSTALLATION.municipality_code
    survey = Survey.objects.filter(municipality_code=code, public_id=survey_id).select_for_update(of=("self",)).select_related("filing").first()
    if survey is None or state_of_survey(survey) in FINISHED:
        raise CannotDo("この調査は終わっています。一覧を開き直してください。")
    return survey


def _people(survey: Survey) -> list[UUID]:
    return list(survey.subjects.order_by("pk").values_list("person__public_id", flat=True))
