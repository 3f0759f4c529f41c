"""書戻しの照会 — what departments sent, and what became of it, refusals with their reasons. Every reading is recorded before it is shown. G-26, D-R6."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from daicho import audit, clock, vault
from daicho.audit.actor import Actor
from daicho.contracts import base
from daicho.contracts.department_entry_v1 import DepartmentEntryV1
from daicho.transfers.models import WriteBack, municipality_code
from daicho.transfers.permissions import TransfersPermission
from daicho.transfers.queries.departments import names_on
from daicho.transfers.queries.protection import of_visible

SHOWN = 100
PURPOSE = "書戻しの確認"


@dataclass(frozen=True)
class WriteBacks:
    """The newest in these states, and whether older ones follow; names of departments today."""

    rows: tuple[WriteBack, ...]
    more: bool
    departments: Mapping[str, str]


@dataclass(frozen=True)
class WriteBackLife:
    """One, with what the department sent."""

    row: WriteBack
    entry: DepartmentEntryV1
    department: str


def list_write_backs(actor: Actor, *, states: Collection[str] | None = None, before: int | None = None) -> WriteBacks:
    """One page. Three queries with the record. Raises audit.Refused (recorded)."""
    with audit.reading(actor, TransfersPermission.WRITE_BACK_READ, purpose=PURPOSE) as seen:
        rows = WriteBack.objects.filter(of_visible(actor), municipality_code=municipality_code()).select_related("person")
        if states is not None:
            rows = rows.filter(state__in=list(states))
        if before is not None:
            rows = rows.filter(pk__lt=before)
        found = list(rows.order_by("-pk")[: SHOWN + 1])
        shown = found[:SHOWN]
        seen.add(*{row.person.public_id: None for row in shown if row.person})
        seen.note(shown=len(shown))
        names = names_on(clock.today())
    return WriteBacks(tuple(shown), len(found) > SHOWN, names)


def get_write_back(actor: Actor, public_id: UUID) -> WriteBackLife:
    """One with its values, unsealed. Http404 (the attempt stays on record), audit.Refused (recorded)."""
    with audit.reading(actor, TransfersPermission.WRITE_BACK_READ, purpose=PURPOSE) as seen:
        row = WriteBack.objects.filter(of_visible(actor), municipality_code=municipality_code(), public_id=public_id).select_related("person").first()
        if row is None:
            raise Http404
        if row.person:
            seen.add(row.person.public_id)
        entry = base.decode("department_entry", 1, vault.open_payload(row.payload_ref))
        assert isinstance(entry, DepartmentEntryV1)
        department = names_on(clock.today()).get(row.department_code, row.department_code)
    return WriteBackLife(row, entry, department)
