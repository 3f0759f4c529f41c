"""届書の入力 — the form of one filing, kept field by field, until 仮登録. design §3; F-1-01, F-1-04; N-4.0.2-04, N-4.0.9-02, N-4.1.1.2-*."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from daicho.residents.commands import filings
from daicho.residents.commands.csv_intake import TakenIn
from daicho.residents.commands.typed import TypedForm, unseal
from daicho.residents.errors import CannotDo
from daicho.residents.models import Filing
from daicho.residents.queries.cancelled import find_event, people_of
from daicho.residents.queries.people import FilingPeople, filing_people
from daicho.residents.queries.sheet_view import SheetView
from daicho.residents.queries.waiting import filing_row
from daicho.residents.rules.csv_papers import papers_of
from daicho.residents.rules.definitions import Scope
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.reading import UnknownField
from daicho.residents.rules.returning import LEGAL_NAMES
from daicho.residents.rules.situation import Candidate
from daicho.residents.screens.answers import go, personal_page
from daicho.residents.screens.card_move_in import panel_of
from daicho.residents.screens.fields import FILING, EventForm, Section, event_form, member_prefix
from daicho.residents.screens.filing_desk import CSV_FILE, CSV_PAPER, Desk, desk_of, household_context, household_no_of, posted, typed_of
from daicho.residents.screens.filing_form import MOST_PEOPLE
from daicho.residents.screens.letters_out import OFFER
from daicho.residents.screens.new_head import proposed_for
from daicho.residents.screens.paper import facts_of
from daicho.staff.queries import actor_of
from daicho.ui.forms.bound import OVERRIDE_PREFIX

_FIELD = re.compile(r"(?:f|m(\d{1,3}))-([a-z_0-9]+)")
_ELSEWHERE = {"registered": "filing_result"}


@dataclass(frozen=True)
class PersonPart:
    """One person's part of the page: the fields, who they are, and whom of the register they may be."""

    section: Section
    title: str
    known: SheetView | None
    candidates: tuple[SheetView, ...] = ()
    used: frozenset[str] = frozenset()  # headings under which something stands, or is wrong
    proposal: str | None = None  # 続柄 proposed to the new head of the form; "" = it must be asked; None = no proposals here


@require_GET
def filing(request: HttpRequest, filing_id: UUID) -> HttpResponse:
    """The form as it was left; whoever may not edit it is led to where it stands now."""
    desk = desk_of(request, filing_id)
    if not desk.is_editable:
        return go(request, _ELSEWHERE.get(desk.row.state, "examination"), filing_id)
    place = request.GET.get("person", "")
    focus = int(place) if place.isascii() and place.isdigit() and len(place) < 4 else None
    return _page(request, desk, _data(unseal(desk.row.typed), desk.row), focus=focus)


@require_POST
def save_field(request: HttpRequest, filing_id: UUID) -> HttpResponse:
    """One field as it is left (ui/js/draft.js): 204 when it is kept. 409 when the filing is no longer to be edited here."""
    actor = actor_of(request)
    row = filing_row(actor, filing_id)
    named = _FIELD.fullmatch(request.POST.get("field", ""))
    if named is None:
        raise BadRequest("no such field")
    member = int(named[1]) if named[1] is not None else None
    text, people = (request.POST.getlist("value") or [""])[-1], request.POST.get("people", "")
    if member is not None and not (people.isascii() and people.isdigit()):
        raise BadRequest("a person's field comes with the number of people")
    try:
        filings.save_field(actor, row, member, named[2], text, int(people) if people else None)
    except UnknownField:
        raise BadRequest("no such field") from None
    except CannotDo as refused:
        return HttpResponse(refused.message, status=409, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=204)


@require_POST
def enter(request: HttpRequest, filing_id: UUID) -> HttpResponse:
    """仮登録; or the form again with everything that stands in the way, and everything that was typed."""
    desk = desk_of(request, filing_id)
    if not desk.is_editable:
        return go(request, "filing", filing_id)
    typed = typed_of(posted(request, desk))
    try:
        judged = filings.enter(desk.actor, filing_id, typed, _reasons(request))
    except CannotDo as refused:
        with suppress(CannotDo):  # it is no longer this clerk's to write into; the page shows what was typed
            filings.save_form(desk.actor, filing_id, typed)
        return _page(request, desk, request.POST, problems=[problem("C001", "", refusal=refused.message)], status=409)
    if judged.standing(_reasons(request)):
        return _page(request, desk, request.POST, problems=judged.problems, candidates=judged.situation.candidates, status=422)
    return go(request, "examination", filing_id, say=f"届出番号{desk.row.filing_no}を仮登録しました。ほかの職員が照合・審査して、本登録します。")


@require_POST
def withdraw(request: HttpRequest, filing_id: UUID) -> HttpResponse:
    """取下げ, with its reason."""
    desk = desk_of(request, filing_id)
    try:
        filings.withdraw(desk.actor, filing_id, request.POST.get("reason", ""))
    except CannotDo as refused:
        return go(request, "filing", filing_id, say=refused.message, level="error")
    return go(request, "home", say=f"届出番号{desk.row.filing_no}を取り下げました。")


@require_POST
def reopen(request: HttpRequest, filing_id: UUID) -> HttpResponse:
    """仮登録の修正, by the clerk who entered it."""
    desk = desk_of(request, filing_id)
    try:
        filings.reopen(desk.actor, filing_id)
    except CannotDo as refused:
        return go(request, "examination", filing_id, say=refused.message, level="error")
    return go(request, "filing", filing_id, say="仮登録を入力中に戻しました。直した後に、もう一度仮登録してください。", level="info")


def as_filled(request: HttpRequest, filing_id: UUID, taken: TakenIn, paper: str) -> HttpResponse:
    """The form as a CSV has filled it, or left it, with what became of the file; reasons that were typed are there again."""
    desk = desk_of(request, filing_id)
    typed = {name: str(text) for name, text in request.POST.items() if name.startswith(OVERRIDE_PREFIX)}
    return _page(request, desk, {**_data(unseal(desk.row.typed), desk.row), **typed}, taken=taken, paper=paper, status=422 if taken.problems else 200)


def _reasons(request: HttpRequest) -> dict[str, str]:
    return {name.removeprefix(OVERRIDE_PREFIX): str(text) for name, text in request.POST.items() if name.startswith(OVERRIDE_PREFIX)}


def _data(form: TypedForm, row: Filing) -> dict[str, str]:
    """What is kept → the names and texts of the form."""
    data = {FILING + name: text for name, text in form.filing.items()}
    for index, member in enumerate(form.members):
        data.update({member_prefix(index) + name: text for name, text in member.texts.items()})
    data.update({OVERRIDE_PREFIX + key: override["reason"] for key, override in row.overrides.items()})
    return data


def _page(
    request: HttpRequest,
    desk: Desk,
    data: Mapping[str, str],
    problems: Sequence[Problem] = (),
    candidates: Sequence[Candidate] = (),
    focus: int | None = None,
    taken: TakenIn | None = None,
    paper: str = "",
    status: int = 200,
) -> HttpResponse:
    definition = filings.law_of(desk.row)
    form = event_form(definition, desk.persons, _with_reasons(data, desk.row)).with_problems(problems)
    may_be = [c for c in candidates if not c.is_open and desk.persons[c.member] != c.public_id]
    number = household_no_of(data)
    told = people_of(desk.row.cancels_id_no) if desk.row.cancels_id_no else ()
    named = {p for p in desk.persons if p} | {c.public_id for c in may_be} | {str(one) for one in told}
    people = filing_people(desk.actor, named, [number], with_households=not definition.newcomers and not definition.of_event)
    proposed = proposed_for(typed_of(form), people) if definition.new_head else {}
    form = form.with_present({at: people.persons[person].entries for at, person in enumerate(desk.persons) if person in people.persons})
    parts = [
        replace(_part(section, form, people, [c for c in may_be if c.member == section.index]), proposal=proposed.get(section.person or ""))
        for section in form.sections
    ]
    context = {
        "row": desk.row,
        "definition": definition,
        "form": form,
        "parts": parts,
        "focus": focus,
        "can_add": definition.newcomers and len(parts) < MOST_PEOPLE,
        "can_join": definition.scope is not Scope.ONE,
        "staying": _staying(desk, people, told) if not definition.newcomers else (),
        "cancelled": facts_of(find_event(desk.row.cancels_id_no)),
        "card": panel_of(desk),
        "papers": papers_of(definition),
        "paper": paper,
        "taken": taken,
        "csv_names": (CSV_PAPER, CSV_FILE),
        "first": next((name for group in form.groups for name in group.names), "") if not problems and focus is None and taken is None else "",
        **household_context(number, people),
    }
    return personal_page(request, "residents/filing.html", {**context, **OFFER}, status)


def _with_reasons(data: Mapping[str, str], row: Filing) -> Mapping[str, str]:
    """Reasons given at an earlier 仮登録 are there again, under what was typed now."""
    kept = {OVERRIDE_PREFIX + key: override["reason"] for key, override in row.overrides.items() if OVERRIDE_PREFIX + key not in data}
    return {**{name: data[name] for name in data}, **kept}


def _part(section: Section, form: EventForm, people: FilingPeople, candidates: Sequence[Candidate]) -> PersonPart:
    known = people.persons.get(section.person or "")
    typed = [form.bound.value(name) for name in (member_prefix(section.index) + n for n in LEGAL_NAMES) if name in _names(form)]
    title = (shown_name(known.entries) if known else "") or next((text for text in typed if text), "")
    may_be = tuple(people.persons[c.public_id] for c in candidates if c.public_id in people.persons)
    wrong = {problem.field for problem in form.bound.problems}
    used = frozenset(group.legend for group in section.groups if any(form.bound.value(name) or name in wrong for name in group.names))
    return PersonPart(section, title, known, may_be, used)


def _names(form: EventForm) -> set[str]:
    return {spec.name for spec in form.bound.specs}


def _staying(desk: Desk, people: FilingPeople, told: Sequence[UUID]) -> tuple[tuple[SheetView, str], ...]:
    """Those of the movers' households who are not in the filing, with their names; of a 取消し those of its event (`told`)."""
    members = {m.public_id: m for person in desk.persons if person for m in people.household_of(person)}
    members |= {str(one): people.persons[str(one)] for one in told}
    return tuple((m, shown_name(m.entries) or "") for public_id, m in members.items() if public_id not in desk.persons)


ROUTES = [
    path("filings/<uuid:filing_id>/", filing, name="filing"),
    path("filings/<uuid:filing_id>/field/", save_field, name="filing_field"),
    path("filings/<uuid:filing_id>/enter/", enter, name="filing_enter"),
    path("filings/<uuid:filing_id>/withdraw/", withdraw, name="filing_withdraw"),
    path("filings/<uuid:filing_id>/reopen/", reopen, name="filing_reopen"),
]
