"""個人番号を利用できる事務 — the dated list: what holds on a day, and the list as officers read it. 番号法第9条第1項 別表; S4-06, F-1-06."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from daicho import audit, clock
from daicho.atena.models import LegalUseEntry, municipality_code
from daicho.atena.permissions import AtenaPermission
from daicho.atena.rules.form import asker_problems
from daicho.atena.rules.legal_use import LegalUse, Period, periods, use_on
from daicho.contracts.atena_question_v1 import AtenaQuestionV1


def asking(question: AtenaQuestionV1, sender: str) -> audit.Actor:
    """The department that asks, as the trail names it; with the right to ask if the list gives it today. At most one query."""
    nobody = audit.Actor.system(f"wire.{sender}")
    if asker_problems(question):  # nothing of it can be believed, not even the codes
        return nobody
    use = find_use(question.department_code, question.affair_code, clock.today())
    grants = frozenset({AtenaPermission.PERSON_ASK.value} if use else ())
    return replace(nobody, unit_code=question.department_code, unit_name=use.department_ja if use else "", grants=grants)


def find_use(department_code: str, affair_code: str, day: date) -> LegalUse | None:
    """What allows this department to ask for this affair on that day; None when nothing does. One query."""
    rows = LegalUseEntry.objects.filter(
        municipality_code=municipality_code(), department_code=department_code, affair_code=affair_code, valid_from__lte=day, approved_at__isnull=False
    )
    return use_on([row.to_value() for row in rows], day)


def affair_names() -> dict[str, str]:
    """What each affair code is called, by its newest entry that two officers have dealt with. One query."""
    rows = LegalUseEntry.objects.filter(municipality_code=municipality_code(), approved_at__isnull=False).order_by("pk").values_list("affair_code", "affair_ja")
    return dict(rows)


@dataclass(frozen=True)
class Waiting:
    """An entry that waits for the second officer."""

    use: LegalUse
    reason: str
    entered_by: str


@dataclass(frozen=True)
class Approval:
    """Who entered a period, and who approved it."""

    period: Period
    reason: str
    entered_by: str
    approved_by: str


@dataclass(frozen=True)
class UseList:
    approved: tuple[Approval, ...]
    waiting: tuple[Waiting, ...]


def list_uses(actor: audit.Actor) -> UseList:
    """Every period that was ever approved, and what waits. Nobody is in it. One query. Raises audit.Refused (recorded)."""
    audit.require(actor, AtenaPermission.LEGAL_USE_READ)
    rows = {row.pk: row for row in LegalUseEntry.objects.filter(municipality_code=municipality_code()).order_by("pk")}
    approved = [row.to_value() for row in rows.values() if row.approved_at is not None]
    return UseList(
        tuple(Approval(p, (row := rows[p.use.id]).reason, row.entered_by, row.approved_by or "") for p in periods(approved)),
        tuple(Waiting(row.to_value(), row.reason, row.entered_by) for row in rows.values() if row.approved_at is None),
    )
