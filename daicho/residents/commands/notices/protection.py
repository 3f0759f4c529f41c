"""抑止・支援措置の追随 — what follows for protected people from an 異動, in its own transaction. 標準仕様3.1, 3.4 (N-3.4-17).

At a 転出 the 支援措置 goes on as 仮支援措置 of the former city from the day of removal, without a gap; the block is not touched at all. Whoever enters or
leaves a household that is blocked is told of anew.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings

from daicho import clock
from daicho.residents.commands.notices.issue_block import tell_of_blocks
from daicho.residents.commands.notices.telling import Telling
from daicho.residents.commands.writing import Written
from daicho.residents.models import Block, SupportStep, SupportSubject
from daicho.residents.rules.support import StepKind
from daicho.residents.rules.vocabulary import LEFT


def follow_protection(telling: Telling) -> None:
    """One statement where somebody's 消除日 or 世帯 changed, none otherwise; more only for the protected."""
    leaving = [w for w in telling.written if _closing(w) and (w.before is None or w.before.closed_on != w.entries.closed_on)]
    if leaving:
        _go_on_as_former_city(leaving)
    regrouped = [w for w in telling.written if w.before is not None and w.before.household_no != w.entries.household_no]
    if regrouped:
        _tell_of_households(regrouped)


def _closing(written: Written) -> bool:
    """Whether it closes a sheet by a 転出, or opens again what one had closed."""
    after, before = written.entries, written.before
    by_leaving = after.removal_reason_code in LEFT if after.closed_on else before is not None and before.removal_reason_code in LEFT
    return by_leaving and not written.replaced


def _go_on_as_former_city(leaving: Sequence[Written]) -> None:
    code, days = settings.INSTALLATION.municipality_code, {w.person.pk: w.entries.closed_on for w in leaving}
    subjects = SupportSubject.objects.filter(municipality_code=code, person_id__in=list(days), block__released_at__isnull=True)
    SupportStep.objects.bulk_create(
        SupportStep(
            municipality_code=code, subject=subject, kind=StepKind.MOVED_OUT if days[subject.person_id] else StepKind.MOVED_BACK,
            on=days[subject.person_id] or clock.today(), recorded_by="異動に伴う自動の処理", recorded_at=clock.now(),
        )
        for subject in subjects
    )  # fmt: skip


def _tell_of_households(regrouped: Sequence[Written]) -> None:
    numbers = {no for w in regrouped for no in (w.entries.household_no, w.before.household_no if w.before else None) if no}
    blocked = Block.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, household_no__in=numbers, released_at__isnull=True)
    if blocked.exists():
        tell_of_blocks([w.person.pk for w in regrouped])
