"""届出の人の出し入れ — people added to a filing's form and taken from it, found in the register, the household they come to. N-4.0.1-*, N-4.0.2-*, N-4.1.1.2-*.

The form is kept as it stands before anything else, so that nothing typed is lost on the way.
"""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from daicho.residents.commands import filings
from daicho.residents.commands.typed import TypedForm, TypedPerson, defaults_of, unseal
from daicho.residents.errors import CannotDo
from daicho.residents.queries.people import filing_people
from daicho.residents.queries.sheet_view import SheetView
from daicho.residents.rules.definitions import EventDefinition
from daicho.residents.rules.returning import texts_of_returning
from daicho.residents.rules.vocabulary import EXISTING
from daicho.residents.screens import picking
from daicho.residents.screens.answers import go
from daicho.residents.screens.filing_desk import Desk, desk_of, household_context, household_no_of, posted, typed_of
from daicho.residents.screens.filing_form import MOST_PEOPLE, picked_person
from daicho.residents.screens.new_head import proposed_for, with_proposals
from daicho.residents.screens.picking import Picking


@require_POST
def change_people(request: HttpRequest, filing_id: UUID) -> HttpResponse:
    """人を追加・外す・再転入者として取り込む: the form is kept as it stands, then drawn with the people it now has."""
    desk = desk_of(request, filing_id)
    if not desk.is_editable:
        return go(request, "filing", filing_id)
    typed = typed_of(posted(request, desk))
    if request.POST.get("do", "").startswith("search:"):
        return _kept(request, desk, typed) or _search(request, filing_id, request.POST["do"].removeprefix("search:"))
    if request.POST.get("do") == "propose":
        return _proposed(request, desk, typed)
    members, focus = _changed(desk, list(typed.members), request.POST.get("do", ""))
    refused = _kept(request, desk, TypedForm(typed.filing, tuple(members)))
    return refused or go(request, "filing", filing_id, fragment=f"?person={focus}" if members else "")


def _kept(request: HttpRequest, desk: Desk, form: TypedForm) -> HttpResponse | None:
    """Keep the form; where it was entered meanwhile, the way to what stands there now."""
    try:
        filings.save_form(desk.actor, desk.row.public_id, form)
    except CannotDo as refused:
        return go(request, "filing", desk.row.public_id, say=refused.message, level="error")
    return None


def _proposed(request: HttpRequest, desk: Desk, typed: TypedForm) -> HttpResponse:
    """続柄の案を入れ直す: from whoever 世帯主 is typed for now (std 4.1.4.2)."""
    if not filings.law_of(desk.row).new_head:
        raise BadRequest("an event without a new head")
    people = filing_people(desk.actor, [m.person for m in typed.members if m.person], (), with_households=True)
    proposed = proposed_for(typed, people)
    refused = _kept(request, desk, with_proposals(typed, proposed) if proposed else typed)
    if refused or proposed:
        return refused or go(request, "filing", desk.row.public_id, say=_PROPOSED, level="info")
    return go(request, "filing", desk.row.public_id, say="新しい世帯主となる1人の続柄に「世帯主」と入力してから、案を入れてください。", level="warning")


_PROPOSED = "続柄の案を入れました。届書と照らし、違うときは直してください。案のない人は、確かめて入力してください。"


def _search(request: HttpRequest, filing_id: UUID, what: str) -> HttpResponse:
    """To the search, for a former resident or for a member of the household to come into; the form is kept meanwhile."""
    labels = {"person": "再転入する人", "household": "入る世帯の人"}
    if what not in labels:
        raise BadRequest("nothing to search")
    return picking.begin(
        request, Picking(labels[what], reverse(f"residents:filing_picked_{what}", args=[filing_id]), reverse("residents:filing", args=[filing_id]))
    )


@require_POST
def picked_person_of(request: HttpRequest, filing_id: UUID) -> HttpResponse:
    """Someone found in the register joins the filing, with what their last sheet says (N-4.1.1.2-05); 転居 takes nothing over."""
    desk = desk_of(request, filing_id)
    picking.end(request)
    if not desk.is_editable:
        return go(request, "filing", filing_id)
    found = filing_people(desk.actor, [str(picked_person(request))], ())
    if not found.persons:
        raise Http404
    person = next(iter(found.persons.values()))
    form = unseal(desk.row.typed)
    if person.public_id in desk.persons:
        return go(request, "filing", filing_id, say="この人は、もうこの届出に入っています。", level="warning")
    definition = filings.law_of(desk.row)
    texts = {**defaults_of(definition.member_fields), **(texts_of_returning(person.entries, definition.code) if definition.newcomers else {})}
    kept = [m for m in form.members if m.person or _is_begun(m, definition)]
    refused = _kept(request, desk, TypedForm(form.filing, (*kept, TypedPerson(person.public_id, texts))))
    return refused or go(request, "filing", filing_id, fragment=f"?person={len(kept) + 1}")


@require_POST
def picked_household_of(request: HttpRequest, filing_id: UUID) -> HttpResponse:
    """The household of someone found in the search is the one to come into (N-4.0.2-03)."""
    desk = desk_of(request, filing_id)
    picking.end(request)
    if not desk.is_editable:
        return go(request, "filing", filing_id)
    found = filing_people(desk.actor, [str(picked_person(request))], ())
    number = next((p.entries.household_no for p in found.persons.values() if p.is_open), None)
    if number is None:
        return go(request, "filing", filing_id, say="この人は、いま本市の住民ではありません。別の人を選んでください。", level="warning")
    form = unseal(desk.row.typed)
    refused = _kept(request, desk, TypedForm({**form.filing, "household_choice": EXISTING, "household_no": number}, form.members))
    return refused or go(request, "filing", filing_id, say="入る世帯を選びました。続柄は、この世帯の世帯主からみたものを入力してください。", level="info")


def _is_begun(member: TypedPerson, definition: EventDefinition) -> bool:
    """Whether anything was typed for this newcomer beyond what a form begins with."""
    fresh = defaults_of(definition.member_fields)
    return any(text and text != fresh.get(name) for name, text in member.texts.items())


def _changed(desk: Desk, members: list[TypedPerson], do: str) -> tuple[list[TypedPerson], int]:
    """The people after `do` (add · remove:INDEX · join:PERSON · take:INDEX:PERSON · release:INDEX), and where the focus goes (from 1)."""
    what, *rest = do.split(":")
    fresh = defaults_of(filings.law_of(desk.row).member_fields)
    try:
        if what == "add" and len(members) < MOST_PEOPLE:
            return [*members, TypedPerson(None, fresh)], len(members) + 1
        if what == "remove":
            del members[int(rest[0])]
            return members, max(1, int(rest[0]))
        if what == "join" and rest[0] not in desk.persons:
            person = _known(desk, rest[0])
            return [*members, TypedPerson(person.public_id, fresh)], len(members) + 1
        if what == "take":
            index, person = int(rest[0]), _known(desk, rest[1])
            typed = {name: text for name, text in members[index].texts.items() if text}
            members[index] = TypedPerson(person.public_id, {**texts_of_returning(person.entries, desk.row.code), **typed})
            return members, index + 1
        if what == "release":
            members[int(rest[0])] = TypedPerson(None, members[int(rest[0])].texts)
            return members, int(rest[0]) + 1
    except (IndexError, ValueError):
        raise BadRequest("no such person in this filing") from None
    return members, len(members)


def _known(desk: Desk, public_id: str) -> SheetView:
    """Someone of the register, read on record; ValueError for an id that is none."""
    found = filing_people(desk.actor, [str(UUID(public_id))], ())
    if public_id not in found.persons:
        raise ValueError("nobody has this id")
    return found.persons[public_id]


@require_POST
def household(request: HttpRequest, filing_id: UUID) -> HttpResponse:
    """The household whose number was typed, shown beside the form (N-4.0.2-04)."""
    desk = desk_of(request, filing_id)
    number = household_no_of(request.POST)
    people = filing_people(desk.actor, (), [number])
    return render(request, "residents/household_panel.html", household_context(number, people))


ROUTES = [
    path("filings/<uuid:filing_id>/people/", change_people, name="filing_people"),
    path("filings/<uuid:filing_id>/picked-person/", picked_person_of, name="filing_picked_person"),
    path("filings/<uuid:filing_id>/picked-household/", picked_household_of, name="filing_picked_household"),
    path("filings/<uuid:filing_id>/household/", household, name="filing_household"),
]
