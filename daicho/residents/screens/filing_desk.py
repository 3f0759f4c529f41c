"""入力の机 — a filing on the desk of the clerk who enters it: who may edit it, the form as sent, the household it names. F-1-04; N-4.0.2-04."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest

from daicho.audit.actor import Actor
from daicho.residents.commands import filings
from daicho.residents.commands.typed import TypedForm, TypedPerson
from daicho.residents.models import Filing
from daicho.residents.queries.people import FilingPeople
from daicho.residents.queries.waiting import filing_row
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.screens.counter import on_visit, show_visit
from daicho.residents.screens.fields import FILING, EventForm, event_form, member_prefix
from daicho.staff.queries import actor_of
from daicho.values.numbers import BadNumber, HouseholdNo

CSV_FILE, CSV_PAPER = "csv_file", "csv_paper"
"""What is sent along with the form when a CSV is chosen beside it (csv_intake.py); of every other step a name that is not read."""
_NOT_FIELDS = ("csrfmiddlewaretoken", "do", "people", CSV_FILE, CSV_PAPER)
_EDITABLE = ("draft", "returned")


@dataclass(frozen=True)
class Desk:
    """A filing on the desk of the clerk who enters it."""

    row: Filing
    actor: Actor

    @property
    def persons(self) -> tuple[str | None, ...]:
        return tuple(member["person"] for member in self.row.typed.get("members", []))

    @property
    def is_editable(self) -> bool:
        return self.row.entered_by_id_no == self.actor.account_id and self.row.state in _EDITABLE


def desk_of(request: HttpRequest, filing_id: UUID) -> Desk:
    actor = actor_of(request)
    row = filing_row(actor, filing_id)
    show_visit(request, row.visit)
    return Desk(row, on_visit(actor, row.visit))


def posted(request: HttpRequest, desk: Desk) -> EventForm:
    """The form as sent. 400 for a field that the definition does not have (F-1-04), or for people the filing no longer has."""
    form = event_form(filings.law_of(desk.row), desk.persons, request.POST)
    if form.bound.unknown_names(_NOT_FIELDS) or request.POST.get("people") != str(len(desk.persons)):
        raise BadRequest("a field or a person that this form does not have")
    return form


def typed_of(form: EventForm) -> TypedForm:
    def texts(prefix: str, names: Iterable[str]) -> dict[str, str]:
        return {name: form.bound.value(prefix + name) for name in names}

    members = tuple(TypedPerson(s.person, texts(member_prefix(s.index), form.definition.all_member_fields())) for s in form.sections)
    return TypedForm(texts(FILING, form.definition.all_fields()), members)


def household_no_of(data: Mapping[str, str]) -> str:
    try:
        return str(HouseholdNo.existing(data.get(FILING + "household_no", "").strip()))
    except BadNumber:
        return ""


def household_context(number: str, people: FilingPeople) -> dict[str, object]:
    return {"household_no": number, "household": [(m, shown_name(m.entries) or "") for m in people.households.get(number, ())]}
