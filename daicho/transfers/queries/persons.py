"""対象者の照会 — one person: what this room holds, which department was told what, what was written back. Every reading is recorded before it is shown. F-1-13, D-R4."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.transfers.models import Person, TransferRecord, WriteBack, municipality_code
from daicho.transfers.permissions import TransfersPermission
from daicho.transfers.queries.departments import names_on
from daicho.transfers.queries.protection import hidden_from, is_blocked
from daicho.transfers.rules.strangers import plain

SHOWN = 100
PURPOSE = "庁内連携の対象者の確認"


@dataclass(frozen=True)
class PersonCard:
    """The person; whether nothing is handed out of them; their newest transfers with the grants; the write-backs; names of departments today."""

    person: Person
    is_blocked: bool
    records: tuple[TransferRecord, ...]
    write_backs: tuple[WriteBack, ...]
    departments: Mapping[str, str]


def find_card(actor: Actor, atena_no: str) -> PersonCard | None:
    """By 宛名番号; None for nobody, on record as well. Six queries with the record. Raises audit.Refused (recorded)."""
    with audit.reading(actor, TransfersPermission.PERSON_READ, purpose=PURPOSE) as seen:
        person = Person.objects.filter(hidden_from(actor), municipality_code=municipality_code(), atena_no=plain(atena_no, 16)).first()
        if person is None:
            seen.note(found=0)
            return None
        seen.add(person.public_id)
        return _card(person)


def get_card(actor: Actor, public_id: UUID) -> PersonCard:
    """By the opaque id. Http404 (the attempt stays on record), audit.Refused (recorded)."""
    with audit.reading(actor, TransfersPermission.PERSON_READ, purpose=PURPOSE) as seen:
        person = Person.objects.filter(hidden_from(actor), municipality_code=municipality_code(), public_id=public_id).first()
        if person is None:
            raise Http404
        seen.add(person.public_id)
        return _card(person)


def _card(person: Person) -> PersonCard:
    records = TransferRecord.objects.filter(person=person).select_related("grant", "person").order_by("-id")[:SHOWN]
    write_backs = WriteBack.objects.filter(person=person).select_related("person").order_by("-pk")[:SHOWN]
    return PersonCard(person, is_blocked(person.atena_no), tuple(records), tuple(write_backs), names_on(clock.today()))
