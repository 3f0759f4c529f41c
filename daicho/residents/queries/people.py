"""届出の人 — who a filing names: former residents, movers, the household they come to. N-4.0.1-01, N-4.0.2-04, N-4.1.1.2-05.

Everyone who is shown is on record first, under the filing's 受付.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.residents.models import Person
from daicho.residents.permissions import Permission
from daicho.residents.queries.current import BY_HOUSEHOLD, BY_PERSON, current_rows, newest_rows
from daicho.residents.queries.sheet_view import SheetView, sheet_view


@dataclass(frozen=True)
class FilingPeople:
    """The newest sheet of each person named, by public id; and the open members of each household asked for, by its number."""

    persons: dict[str, SheetView] = field(default_factory=dict)
    households: dict[str, tuple[SheetView, ...]] = field(default_factory=dict)

    def household_of(self, public_id: str) -> tuple[SheetView, ...]:
        person = self.persons.get(public_id)
        return self.households.get(person.entries.household_no or "", ()) if person else ()


def filing_people(actor: Actor, public_ids: Iterable[str], household_nos: Iterable[str], *, with_households: bool = False) -> FilingPeople:
    """Read them for a filing. One or two statements and the record. `with_households`: also the households those named live in."""
    with audit.reading(actor, Permission.FILING_ENTER) as seen:
        persons = _newest([UUID(one) for one in public_ids])
        wanted = {no for no in household_nos if no}
        if with_households:
            wanted |= {p.entries.household_no for p in persons.values() if p.is_open and p.entries.household_no}
        households = _members(sorted(wanted))
        seen.add(*(UUID(one) for one in persons), *(UUID(m.public_id) for members in households.values() for m in members))
        return FilingPeople(persons, households)


def _newest(public_ids: Sequence[UUID]) -> dict[str, SheetView]:
    return {str(row.public_id): sheet_view(row, clock.today()) for row in newest_rows(BY_PERSON, public_ids).values()}


def _members(household_nos: Sequence[str]) -> dict[str, tuple[SheetView, ...]]:
    found: dict[str, tuple[SheetView, ...]] = dict.fromkeys(household_nos, ())
    for row in current_rows(BY_HOUSEHOLD, household_nos):
        view = sheet_view(row, clock.today())
        number = row.entries.household_no or ""
        if view.is_open:
            found[number] = (*found[number], view)
    return found


def persons_by_atena_no(atena_nos: Iterable[str]) -> dict[str, UUID]:
    """The opaque ids behind these 宛名番号, of those who are there. The caller records the reading. One statement."""
    rows = Person.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, atena_no__in=list(atena_nos))
    return dict(rows.values_list("atena_no", "public_id"))
