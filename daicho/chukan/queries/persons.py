"""副本の照会 — one person by 団体内統合宛名番号: what the replica says, its versions, whether a 符号 is there, and who asked. S3-06, F-1-58; recorded first (F-1-13).

The 符号 itself is shown to nobody (F-1-56).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import Http404

from daicho import audit, clock
from daicho.chukan.commands.persons import newest_replica
from daicho.chukan.commands.replicas import opened
from daicho.chukan.models import Inquiry, LinkageCode, Person, Replica, Withholding
from daicho.chukan.models.columns import municipality_code
from daicho.chukan.permissions import ChukanPermission
from daicho.chukan.queries.protection import persons_for
from daicho.chukan.rules.form import withheld_on
from daicho.contracts.replica_v1 import ReplicaV1

PURPOSE = "副本の内容の確認"
RECENT = 20


@dataclass(frozen=True)
class VersionLine:
    version_no: int
    as_of: datetime
    received_at: datetime
    state: str


@dataclass(frozen=True)
class Card:
    """One person as this room knows them. `told`: the version asked for, None when there is none or its time is over."""

    person_id: UUID
    integrated_atena_no: str
    version_no: int
    told: ReplicaV1 | None
    versions: Sequence[VersionLine]
    erased_at: datetime | None
    code_requested_at: datetime | None
    code_acquired_at: datetime | None
    withholdings: Sequence[Withholding]
    is_withheld: bool
    inquiries: Sequence[Inquiry]


def find_person(actor: audit.Actor, integrated_atena_no: str) -> UUID | None:
    """The id of the person of that number, None when nobody has it here. The search is recorded, found or not. Raises audit.Refused (recorded)."""
    with audit.reading(actor, ChukanPermission.PERSON_READ, purpose=PURPOSE) as seen:
        found = persons_for(actor).filter(integrated_atena_no=integrated_atena_no).first()
        if found is not None:
            seen.add(found.pk)
        seen.note(step="search", found=found is not None)
    return found.pk if found else None


def card(actor: audit.Actor, person_id: UUID, version_no: int | None = None) -> Card:
    """The person with one version of the replica, the newest by default. Eight queries. Http404, audit.Refused (both recorded)."""
    with audit.reading(actor, ChukanPermission.PERSON_READ, purpose=PURPOSE, subjects=(person_id,)) as seen:
        person = persons_for(actor).filter(pk=person_id).first()
        if person is None:
            raise Http404
        replicas = list(Replica.objects.filter(municipality_code=municipality_code(), person=person).order_by("-version_no"))
        shown = next((row for row in replicas if version_no in (None, row.version_no)), None)
        if version_no is not None and shown is None:
            raise Http404
        told = opened(shown) if shown is not None and person.erased_at is None else None
        seen.note(version_no=shown.version_no if shown else 0)
        return _card(person, replicas, shown, told)


def _card(person: Person, replicas: Sequence[Replica], shown: Replica | None, told: ReplicaV1 | None) -> Card:
    mine = {"municipality_code": municipality_code(), "person": person}
    code = LinkageCode.objects.filter(**mine).order_by("-requested_at").first()
    withholdings = list(Withholding.objects.filter(**mine).order_by("-withheld_from", "-set_at"))
    return Card(
        person_id=person.pk,
        integrated_atena_no=person.integrated_atena_no,
        version_no=shown.version_no if shown else 0,
        told=told,
        versions=[VersionLine(row.version_no, row.as_of, row.received_at, row.state) for row in replicas],
        erased_at=person.erased_at,
        code_requested_at=code.requested_at if code else None,
        code_acquired_at=code.acquired_at if code else None,
        withholdings=withholdings,
        is_withheld=_withheld_today(replicas[0] if replicas else None, withholdings, clock.today()),
        inquiries=list(Inquiry.objects.filter(**mine).select_related("decision").order_by("-received_at", "-pk")[:RECENT]),
    )


def _withheld_today(newest: Replica | None, rows: Sequence[Withholding], today: date) -> bool:
    told = newest is not None and withheld_on(newest.withheld_from, newest.withheld_until, today)
    return told or any(withheld_on(row.withheld_from, row.withheld_until, today) for row in rows)


@dataclass(frozen=True)
class ToProvide:
    """A held inquiry with what would be provided: to be looked at before it goes (F-1-52)."""

    inquiry: Inquiry
    replica_version: int
    told: ReplicaV1 | None
    items: Sequence[str]


def to_provide(actor: audit.Actor, inquiry_id: UUID) -> ToProvide:
    """What an officer decides on. Http404 (none such waits), audit.Refused (both recorded)."""
    with audit.reading(actor, ChukanPermission.INQUIRY_DECIDE, purpose="確認待ちの照会の確認") as seen:
        waiting = Inquiry.objects.filter(municipality_code=municipality_code(), pk=inquiry_id, result=Inquiry.Result.HELD, decision__isnull=True)
        inquiry = waiting.select_related("person", "provision").first()
        if inquiry is None or inquiry.person is None or inquiry.provision is None:
            raise Http404
        seen.add(inquiry.person_id)
        seen.note(inquiry=str(inquiry.pk))
        replica = newest_replica(inquiry.person) if inquiry.person.erased_at is None else None
        told = opened(replica) if replica is not None else None
        return ToProvide(inquiry, replica.version_no if replica else 0, told, inquiry.provision.items.split())
