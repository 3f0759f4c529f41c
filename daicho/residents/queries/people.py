"""届出の人 — who a filing names: former residents, movers, the household they come to. N-4.0.1-01, N-4.0.2-04, N-4.1.1.2-05.

Everyone who is shown is on record first, under the filing's 受付.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.residents.models import SheetCurrent
from daicho.residents.permissions import Permission
from daicho.residents.queries.persons import SheetView, sheet_view


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
    if not public_ids:
        return {}
    rows = _rows(Q(person__public_id__in=public_ids)).order_by("person_id", "-history_no").distinct("person_id")
    return {str(row.person.public_id): sheet_view(row, clock.today()) for row in rows}


def _members(household_nos: Sequence[str]) -> dict[str, tuple[SheetView, ...]]:
    if not household_nos:
        return {}
    found: dict[str, tuple[SheetView, ...]] = dict.fromkeys(household_nos, ())
    for row in _rows(Q(household_no__in=household_nos, closed_on__isnull=True)).order_by("order_in_household", "person_id"):
        view = sheet_view(row, clock.today())
        if view.is_open:
            found[row.household_no] = (*found[row.household_no], view)
    return found


def _rows(which: Q):  # type: ignore[no-untyped-def]  # a QuerySet of SheetCurrent
    return SheetCurrent.objects.filter(which, municipality_code=settings.INSTALLATION.municipality_code).select_related("person", "sheet")
