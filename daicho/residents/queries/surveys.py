"""実態調査の照会 — cases that go on, one case with its people and steps, and whether a person is in one. 住民基本台帳法第34条."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.http import Http404

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.residents.models import CertificateIssue, Survey, SurveyStep, SurveySubject
from daicho.residents.models.counter import FilingState
from daicho.residents.permissions import Permission
from daicho.residents.queries.current import BY_PERSON, newest_rows
from daicho.residents.queries.letters_put_out import letters_of, survey_case
from daicho.residents.queries.sheet_view import SheetView, sheet_view
from daicho.residents.rules.survey import ENDED, REMOVED, Step, state_of

PURPOSE = "実態調査"
FINISHED = frozenset({ENDED, REMOVED})
_PAGE = 100


@dataclass(frozen=True)
class SurveyLine:
    """One case of the list: nobody is named. `due_on`: until when somebody may answer, None = nothing runs."""

    survey: Survey
    state: str
    people: int
    due_on: date | None


@dataclass(frozen=True)
class SurveyFound:
    """One case with its people as they are now, and its steps, oldest first."""

    survey: Survey
    state: str
    people: tuple[SheetView, ...]
    steps: tuple[SurveyStep, ...]
    letters: tuple[CertificateIssue, ...]  # 催告書 that were put out


def steps_of(survey: Survey) -> list[Step]:
    return [Step(step.kind, step.done_on, step.due_on) for step in sorted(survey.steps.all(), key=lambda step: step.pk)]


def state_of_survey(survey: Survey) -> str:
    """As rules/survey.py says, by what became of the filing. A filing that was withdrawn counts as none."""
    state = survey.filing.state if survey.filing is not None else None
    removing = state not in (None, FilingState.WITHDRAWN)
    return state_of(steps_of(survey), clock.today(), removing=removing, removed=state == FilingState.REGISTERED)


def list_surveys(actor: Actor) -> list[SurveyLine]:
    """Cases that go on first, the oldest first; then those that ended. Three statements, whatever there are."""
    audit.require(actor, Permission.SURVEY_MANAGE)
    lines = [_line(survey) for survey in _ours().order_by("-opened_at")[:_PAGE]]
    return sorted(lines, key=lambda line: (line.state in FINISHED, line.survey.opened_at))


def get_survey(actor: Actor, survey_id: UUID) -> SurveyFound:
    """One case. Http404 for none. Five statements and the record."""
    with audit.reading(actor, Permission.SURVEY_MANAGE, purpose=PURPOSE) as seen:
        survey = _ours().filter(public_id=survey_id).first()
        if survey is None:
            raise Http404
        rows = newest_rows(BY_PERSON, [subject.person.public_id for subject in survey.subjects.all()])
        people = tuple(sheet_view(row, clock.today()) for row in rows.values())
        seen.add(*(UUID(one.public_id) for one in people))
        case = survey_case(survey_id)
        letters = letters_of([case]).get(case, ())
        return SurveyFound(survey, state_of_survey(survey), people, tuple(sorted(survey.steps.all(), key=lambda step: step.pk)), letters)


def surveys_under_way(public_id: UUID) -> Sequence[Survey]:
    """Cases that go on about a person whose card is being shown: the caller records the reading. Three statements, one where there never was one."""
    subjects = SurveySubject.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, person__public_id=public_id)
    found = [subject.survey for subject in subjects.select_related("survey__filing").prefetch_related("survey__steps")]
    return [survey for survey in found if state_of_survey(survey) not in FINISHED]


def _line(survey: Survey) -> SurveyLine:
    state = state_of_survey(survey)
    due = None if state in FINISHED else max((step.due_on for step in survey.steps.all() if step.due_on), default=None)
    return SurveyLine(survey, state, len(survey.subjects.all()), due)


def _ours():  # type: ignore[no-untyped-def]  # Django's queryset
    rows = Survey.objects.filter(municipality_code=settings.INSTALLATION.municipality_code)
    return rows.select_related("filing").prefetch_related("steps", "subjects__person")
