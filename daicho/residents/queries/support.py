"""支援措置の照会 — how protected people stand, whose other side somebody is, and the whole of a case for those in charge. 標準仕様1.1.16, 2.2.4, 3.4."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.http import Http404

from daicho import audit, clock, vault
from daicho.audit.actor import Actor
from daicho.residents.models import CertificateIssue, SupportCase, SupportDetail, SupportForward, SupportStep, SupportSubject
from daicho.residents.permissions import Permission
from daicho.residents.queries.current import BY_PERSON_ID, newest_rows
from daicho.residents.queries.letters_put_out import letters_of, support_case
from daicho.residents.queries.sheet_view import SheetView, sheet_view
from daicho.residents.rules.letters_of_cases.support import is_due
from daicho.residents.rules.support import Ground, Standing, State, Step, StepKind, ends_soon, standing_of
from daicho.residents.rules.support_details import Asked, Details, asked_of, details_of

PURPOSE = "支援措置"
_PAGE = 200


@dataclass(frozen=True)
class Protected:
    """One protected person's standing in one case. `case`: its opaque id, for those who may open it."""

    person_id: int
    case: str
    standing: Standing


_STEPS = """
    SELECT s.id, s.person_id, c.public_id::text, t.kind, t.on, t.starts_on, t.ends_on, t.ground
      FROM residents_supportsubject s JOIN residents_supportcase c ON c.id = s.case_id JOIN residents_supportstep t ON t.subject_id = s.id
     WHERE s.municipality_code = %s AND s.person_id = ANY(%s) ORDER BY s.id, t.id
"""


def protected(person_ids: Iterable[int]) -> dict[int, tuple[Protected, ...]]:
    """How these people stand today, cases that ended left out; nothing for who never had one. The caller records the reading. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_STEPS, [settings.INSTALLATION.municipality_code, sorted(set(person_ids))])
        rows = cursor.fetchall()
    steps: dict[int, list[Step]] = {}
    whose: dict[int, tuple[int, str]] = {}
    for subject, person, case, kind, on, starts_on, ends_on, ground in rows:
        steps.setdefault(subject, []).append(Step(StepKind(kind), on, starts_on, ends_on, Ground(ground) if ground else None))
        whose[subject] = (person, case)
    found: dict[int, tuple[Protected, ...]] = {}
    for subject, taken in steps.items():
        person, case = whose[subject]
        standing = standing_of(taken, clock.today())
        if standing.protects:
            found[person] = (*found.get(person, ()), Protected(person, case, standing))
    return found


_OPPONENT_OF = """
    SELECT DISTINCT o.person_id, c.public_id::text FROM residents_supportopponent o JOIN residents_supportcase c ON c.id = o.case_id
     WHERE o.municipality_code = %s AND o.person_id = ANY(%s)
       AND EXISTS (SELECT FROM residents_supportsubject s JOIN residents_block b ON b.id = s.block_id WHERE s.case_id = c.id AND b.released_at IS NULL)
"""


def opponents_among(person_ids: Iterable[int]) -> dict[int, str]:
    """Of these people those who are the other side of a case that goes on, with the case. The caller records the reading. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_OPPONENT_OF, [settings.INSTALLATION.municipality_code, sorted(set(person_ids))])
        return dict(cursor.fetchall())


@dataclass(frozen=True)
class SubjectFound:
    """One protected person of a case: as the register has them now, their steps (oldest first), and how they stand."""

    subject: SupportSubject
    person: SheetView
    steps: tuple[SupportStep, ...]
    standing: Standing


@dataclass(frozen=True)
class CaseFound:
    """A whole case, with the newest writing of the application and those before it."""

    case: SupportCase
    details: Details
    asked: tuple[Asked, ...]
    not_needed_told_on: date | None
    writings: tuple[SupportDetail, ...]
    subjects: tuple[SubjectFound, ...]
    forwards: tuple[SupportForward, ...]
    letters: tuple[CertificateIssue, ...]  # that were put out about it


def get_case(actor: Actor, case_id: UUID) -> CaseFound:
    """One case for 支援措置責任者 (N-3.4-03). Http404 for none, audit.Refused without the right. Seven statements and the record."""
    with audit.reading(actor, Permission.SUPPORT_READ, purpose=PURPOSE) as seen:
        case = cases_of_city().filter(public_id=case_id).first()
        if case is None:
            raise Http404
        subjects = list(case.subjects.select_related("person").prefetch_related("steps").order_by("pk"))
        people = newest_rows(BY_PERSON_ID, [one.person_id for one in subjects])
        seen.add(*(row.public_id for row in people.values()), *case.opponents.values_list("person__public_id", flat=True))
        writings = tuple(case.details.order_by("-pk"))
        details = details_of(json.loads(vault.open_payload(writings[0].payload_ref)))
        found = tuple(
            SubjectFound(one, sheet_view(people[one.person_id], clock.today()), taken, standing_of([step_of(step) for step in taken], clock.today()))
            for one in subjects
            for taken in [tuple(sorted(one.steps.all(), key=lambda step: step.pk))]
        )
        return CaseFound(
            case, details, asked_of(writings[0].affairs), writings[0].not_needed_told_on, writings, found, tuple(case.forwards.order_by("forwarded_on", "pk")),
            letters_of([support_case(case_id)]).get(support_case(case_id), ()),
        )  # fmt: skip


def step_of(row: SupportStep) -> Step:
    """A row as the rules see it."""
    return Step(StepKind(row.kind), row.on, row.starts_on, row.ends_on, Ground(row.ground) if row.ground else None)


@dataclass(frozen=True)
class CaseLine:
    """One protected person of the list of cases."""

    case: str
    person: SheetView
    is_applicant: bool
    standing: Standing
    ends_soon: bool
    is_due: bool  # 期間終了通知 is to be sent, and was not in this period


@dataclass(frozen=True)
class CaseList:
    """Everybody whose case goes on, those whose period ends first at the top. `counts`: how many in each state (月次点検, domain §7 事故の型5)."""

    lines: tuple[CaseLine, ...]
    counts: Mapping[State, int]


def list_cases(actor: Actor) -> CaseList:
    """要確認一覧 (標準仕様9.x). Three statements and the record, which names everybody shown."""
    with audit.reading(actor, Permission.SUPPORT_READ, purpose=PURPOSE) as seen:
        subjects = standing_subjects()
        people = newest_rows(BY_PERSON_ID, [one.person_id for one in subjects])
        lines = sorted((_line(one, sheet_view(people[one.person_id], clock.today())) for one in subjects), key=lambda line: line.standing.until or date.max)
        seen.add(*(UUID(line.person.public_id) for line in lines[:_PAGE]))
        return CaseList(tuple(lines[:_PAGE]), Counter(line.standing.state for line in lines))


def standing_subjects() -> list[SupportSubject]:
    """Everybody whose case goes on, with case and steps. Two statements. The caller records the reading."""
    mine = SupportSubject.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, block__released_at__isnull=True)
    return list(mine.select_related("case").prefetch_related("steps")[: _PAGE * 10])


def _line(subject: SupportSubject, person: SheetView) -> CaseLine:
    taken: Sequence[SupportStep] = sorted(subject.steps.all(), key=lambda step: step.pk)
    steps = [step_of(step) for step in taken]
    standing = standing_of(steps, clock.today())
    return CaseLine(
        str(subject.case.public_id), person, subject.is_applicant, standing, ends_soon(standing, clock.today()), is_due(steps, standing, clock.today())
    )


def cases_of_city():  # type: ignore[no-untyped-def]  # Django's queryset
    """All cases of this city. The caller records the reading."""
    return SupportCase.objects.filter(municipality_code=settings.INSTALLATION.municipality_code)
