"""統合宛名の照会 — searching, one person's card, one number in the clear; every person shown is on record first. S4-07, F-1-08, F-1-13."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.http import Http404

from daicho import audit, clock, vault
from daicho.atena.models import AffairAtena, HeldNumber, IntegratedPerson, municipality_code
from daicho.atena.permissions import AtenaPermission
from daicho.atena.queries.legal_uses import affair_names
from daicho.atena.queries.protection import doubles_for, persons_for
from daicho.atena.rules.basics import Basics
from daicho.atena.rules.search import SearchKeys
from daicho.atena.rules.vocabulary import REGISTER, REGISTER_JA, State, state_of
from daicho.values.dates import JapaneseDate

SHOWN = 50


@dataclass(frozen=True)
class PersonView:
    """One integrated person as screens show them. `is_blocked`: nothing is handed out of them today (抑止)."""

    public_id: UUID
    integrated_atena_no: str
    basics: Basics
    state: State
    removed_on: date | None
    is_blocked: bool


@dataclass(frozen=True)
class Card:
    """One person: by which number each affair knows them, whether a 個人番号 is there, and what waits for a clerk."""

    person: PersonView
    affairs: tuple[tuple[str, str], ...]  # (事務, 宛名番号)
    has_number: bool
    former_numbers: int
    united_with: PersonView | None
    doubles: tuple[UUID, ...]


def search(actor: audit.Actor, keys: SearchKeys, purpose: str) -> tuple[list[PersonView], bool]:
    """The persons found, and whether there are more than can be shown. Two queries at most, and the record. Raises audit.Refused."""
    with audit.reading(actor, AtenaPermission.PERSON_SEARCH, purpose=purpose) as seen:
        rows = list(_found(actor, keys)[: SHOWN + 1])
        seen.add(*(row.public_id for row in rows[:SHOWN]))
        seen.note(found=min(len(rows), SHOWN))
    return [view(row, row.is_blocked) for row in rows[:SHOWN]], len(rows) > SHOWN


def card(actor: audit.Actor, public_id: UUID, purpose: str) -> Card:
    """One person. Http404 when there is none (the attempt stays on record). Five queries and the record."""
    with audit.reading(actor, AtenaPermission.PERSON_READ, purpose=purpose, subjects=(public_id,)) as seen:
        row = persons_for(actor).select_related("united_with").filter(public_id=public_id).first()
        if row is None:
            raise Http404
        if row.united_with is not None:
            seen.add(row.united_with.public_id)
        names = {**affair_names(), REGISTER: REGISTER_JA}
        links = AffairAtena.objects.filter(person=row).order_by("affair_code", "atena_no").values_list("affair_code", "atena_no")
        until = list(HeldNumber.objects.filter(person=row).values_list("until", flat=True))
        doubles = doubles_for(actor).filter(Q(holder=row) | Q(claimant=row), decided_at__isnull=True).order_by("pk").values_list("public_id", flat=True)
        return Card(
            view(row, row.is_blocked),
            tuple((names.get(code, code), number) for code, number in links),
            None in until,
            sum(end is not None for end in until),
            view(row.united_with, row.is_blocked) if row.united_with else None,
            tuple(doubles),
        )


def reveal_number(actor: audit.Actor, public_id: UUID, reason: str) -> str:
    """The 個人番号 in use. Http404 when there is none. Two queries and the record, which bears the reason."""
    with audit.reading(actor, AtenaPermission.NUMBER_REVEAL, purpose=reason, subjects=(public_id,)):
        mine = persons_for(actor).filter(public_id=public_id).values("pk")
        held = HeldNumber.objects.filter(municipality_code=municipality_code(), person__in=mine, until__isnull=True)
        ref = held.values_list("individual_number_ref", flat=True).first()
        if ref is None:
            raise Http404
        return vault.reveal(ref, because=reason)


def view(row: IntegratedPerson, is_blocked: bool) -> PersonView:
    state = state_of(row.as_of is not None, row.removed_on, clock.today())
    return PersonView(row.public_id, row.integrated_atena_no, row.to_value(), state, row.removed_on, is_blocked)


def _found(actor: audit.Actor, keys: SearchKeys) -> QuerySet[IntegratedPerson]:
    mine = persons_for(actor)
    if keys.integrated_atena_no:
        return mine.filter(integrated_atena_no=keys.integrated_atena_no)
    if keys.affair:
        affair_code, atena_no = keys.affair
        links = AffairAtena.objects.filter(municipality_code=municipality_code(), affair_code=affair_code, atena_no=atena_no)
        return mine.filter(pk__in=links.values("person_id"))
    found = mine.filter(_any_of("furigana_key__startswith" if keys.by_reading else "name_key__startswith", keys.names))
    if keys.birth:
        found = found.filter(_born(keys.birth))
    if keys.addresses:
        found = found.filter(_any_of("address_key__contains", keys.addresses))
    if keys.sex:
        found = found.filter(sex_code=keys.sex)
    return found.order_by("furigana_key", "name_key", "birth_first", "pk")


def _any_of(lookup: str, keys: Sequence[str]) -> Q:
    """One of the alternatives of what was typed."""
    wanted = Q()
    for key in keys:
        wanted |= Q(**{lookup: key})
    return wanted


def _born(birth: JapaneseDate) -> Q:
    """Born within what was typed, or, of an uncertain birth date, possibly so."""
    certain = Q(birth_first=F("birth_last"), birth_first__range=(birth.first, birth.last))
    return certain | Q(birth_first__lt=F("birth_last"), birth_first__lte=birth.last, birth_last__gte=birth.first)
