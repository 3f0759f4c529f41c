"""個人の証明データ — what this room holds of one person, by 宛名番号. Every reading is recorded before it is shown. F-1-13, F-1-16; S5-01.

The serial number of a card is never shown, only whether there is one: nobody here needs to read it.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from daicho import audit, vault
from daicho.contracts import base
from daicho.contracts.certificate_data_v1 import CertifiedEntries
from daicho.konbini.models import Answer, CertifiedPerson, Hold, LifeSign, municipality_code
from daicho.konbini.permissions import KonbiniPermission
from daicho.konbini.queries.protection import answers_for, persons_for
from daicho.konbini.rules.life import Life

PURPOSE = "コンビニ交付の証明データの確認"
ANSWERS = 50  # the newest of a card


@dataclass(frozen=True)
class Member:
    """Somebody of the household: names are not opened for it."""

    row: CertifiedPerson
    is_held: bool
    is_prohibited: bool


@dataclass(frozen=True)
class Card:
    """One person: the row, what paper can show (None of who is removed), who lives with them, and the card's newest answers."""

    row: CertifiedPerson
    entries: CertifiedEntries | None
    members: tuple[Member, ...]
    is_held: bool
    is_prohibited: bool
    life: Life | None
    answers: tuple[Answer, ...]


def find_person(actor: audit.Actor, atena_no: str) -> UUID | None:
    """Whose 宛名番号 it is. The search is recorded, with the person when one was found. One query and the record. Raises audit.Refused (recorded)."""
    with audit.reading(actor, KonbiniPermission.PERSON_READ, purpose=PURPOSE) as seen:
        found = persons_for(actor).filter(atena_no=atena_no).values_list("public_id", flat=True).first()
        seen.note(step="search")
        if found is not None:
            seen.add(found)
    return found


def card(actor: audit.Actor, public_id: UUID) -> Card:
    """One person's card. Http404 when there is none (the attempt stays on record); audit.Refused (recorded). Six queries and the record."""
    with audit.reading(actor, KonbiniPermission.PERSON_READ, purpose=PURPOSE, subjects=(public_id,)) as seen:
        rows = persons_for(actor)
        row = rows.filter(public_id=public_id).first()
        if row is None:
            raise Http404
        together = list(rows.filter(household_no=row.household_no).order_by("order_in_household", "atena_no")) if row.household_no else [row]
        held = set(
            Hold.objects.filter(municipality_code=municipality_code(), is_held=True, atena_no__in=[one.atena_no for one in together]).values_list(
                "atena_no", flat=True
            )
        )
        entries = base.read(CertifiedEntries, vault.open_payload(row.entries_ref)) if row.entries_ref is not None else None
        life = LifeSign.objects.filter(municipality_code=municipality_code()).first()
        answers = tuple(answers_for(actor).filter(person=row).order_by("-answered_at", "-pk")[:ANSWERS])
        seen.add(*(one.public_id for one in together))
    members = tuple(Member(one, one.atena_no in held, _is_prohibited(one)) for one in together)
    return Card(row, entries, members, row.atena_no in held, _is_prohibited(row), life.to_value() if life else None, answers)


def _is_prohibited(row: CertifiedPerson) -> bool:
    """By item 95, or by a 抑止 (persons_for brings it with the row)."""
    return row.is_prohibited or row.is_blocked
