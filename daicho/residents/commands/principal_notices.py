"""本人通知の登録. 標準8.1.1 (N-8.1.1-01); decision 0050."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import Http404

from daicho import audit, clock, rows
from daicho.audit.actor import Actor
from daicho.residents.errors import CannotDo
from daicho.residents.models import Person, PrincipalNoticeEntry, Visit
from daicho.residents.permissions import Permission
from daicho.residents.queries.principal_notices import entry_of
from daicho.residents.queries.situations import lock_current
from daicho.residents.rules.principal_notice import Entry, EntryKind, Filer, refusal
from daicho.residents.rules.visits import is_identified


@dataclass(frozen=True)
class Petition:
    """One 申出 as typed. Where the address is empty, letters go to the 住所 of the 住民票."""

    kind: EntryKind
    on: date
    starts_on: date
    ends_on: date | None
    filer: Filer
    filer_name: str = ""
    sent_to_name: str = ""
    sent_to_postal_code: str = ""
    sent_to_address: str = ""
    note: str = ""


class NotEntered(CannotDo):
    """Why a 申出 does not fit what stands, at its field."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@transaction.atomic
def enter_petition(actor: Actor, visit: Visit, person: UUID, petition: Petition) -> PrincipalNoticeEntry:
    """登録, 変更 or 廃止. NotEntered when it does not fit what stands, CannotDo when nobody was identified. Http404 for who is not there."""
    audit.require(actor, Permission.PRINCIPAL_NOTICE_MANAGE, (person,))
    if not is_identified(visit.identity_check):
        raise CannotDo("受付で本人確認をしていないため、申出を受けられません。受付をやり直し、本人確認を記録してください（標準仕様8.1.1）。")
    row = Person.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, public_id=person).first()
    if row is None:
        raise Http404
    lock_current([], [row.atena_no])
    before = list(row.principal_notices.order_by("entry_no"))
    new = Entry(petition.kind, petition.on, petition.starts_on, petition.ends_on)
    field, why = refusal([entry_of(one) for one in before], new, clock.today(), petition.filer_name, petition.filer)
    if why:
        raise NotEntered(field, why)
    entry = PrincipalNoticeEntry(
        municipality_code=row.municipality_code, person=row, entry_no=len(before) + 1, kind=petition.kind, on=petition.on, starts_on=petition.starts_on,
        ends_on=petition.ends_on, filer=petition.filer, filer_name=petition.filer_name.strip(), sent_to_name=petition.sent_to_name.strip(),
        sent_to_postal_code=petition.sent_to_postal_code, sent_to_address=petition.sent_to_address.strip(), note=petition.note.strip(), visit=visit,
        recorded_by=actor.name, recorded_at=clock.now(), office_code=actor.office_code, terminal=actor.terminal,
    )  # fmt: skip
    rows.insert([entry])
    audit.record(actor, Permission.PRINCIPAL_NOTICE_MANAGE, (person,), detail={"step": petition.kind.value, "entry": str(entry.public_id)})
    return entry
