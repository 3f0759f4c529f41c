"""照会の記録 — what the departments' systems and chukan asked for, and what became of it, refusals too: read from the trail. S4-07, F-1-43."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from daicho import audit
from daicho.atena.models import IntegratedPerson, municipality_code
from daicho.atena.permissions import AtenaPermission, may_know
from daicho.atena.queries.legal_uses import affair_names
from daicho.atena.queries.protection import hidden
from daicho.audit.models import AuditEntry

PURPOSE = "統合宛名への照会の記録の確認"
PAGE = 50
ASKERS = {"departments": "庁内各課の業務システム", "chukan": "中間サーバー"}


@dataclass(frozen=True)
class InquiryRow:
    """One question as its record has it. `integrated_atena_no` of whom it named, "" for nobody."""

    id: int
    at: datetime
    department: str
    affair: str
    purpose: str
    by: str
    outcome: str
    result: str
    integrated_atena_no: str


def list_inquiries(actor: audit.Actor, asker: str, before: int | None = None) -> tuple[list[InquiryRow], bool]:
    """One page of what `asker` asked, newest first, and whether older ones follow. Three queries, four for who may not know
    of everybody, and the record. Raises audit.Refused."""
    with audit.reading(actor, AtenaPermission.INQUIRY_READ, purpose=PURPOSE) as seen:
        rows = AuditEntry.objects.filter(login=f"system:wire.{asker}", action=AtenaPermission.PERSON_ASK.value)
        if not may_know(actor):
            unseen = IntegratedPerson.objects.filter(hidden(), municipality_code=municipality_code()).values_list("public_id", flat=True)
            rows = rows.exclude(subjects__overlap=list(unseen))
        if before is not None:
            rows = rows.filter(id__lt=before)
        found = list(rows.order_by("-at", "-id")[: PAGE + 1])
        shown = found[:PAGE]
        named = {subject for entry in shown for subject in entry.subjects}
        seen.add(*named)
        seen.note(rows=len(shown))
        numbers = dict(
            IntegratedPerson.objects.filter(municipality_code=municipality_code(), public_id__in=named).values_list("public_id", "integrated_atena_no")
        )
        names = affair_names()
    return [_row(entry, numbers, names) for entry in shown], len(found) > PAGE


def _row(entry: AuditEntry, numbers: Mapping[UUID, str], names: Mapping[str, str]) -> InquiryRow:
    affair_code = entry.detail.get("affair_code", "")
    return InquiryRow(
        id=entry.id,
        at=entry.at,
        department=f"{entry.unit_code}　{entry.unit_name}".strip("　"),
        affair=names.get(affair_code, affair_code),
        purpose=entry.purpose,
        by=entry.detail.get("by", ""),
        outcome=entry.outcome,
        result=entry.detail.get("result") or entry.detail.get("reason", ""),
        integrated_atena_no=next((numbers[subject] for subject in entry.subjects if subject in numbers), ""),
    )
