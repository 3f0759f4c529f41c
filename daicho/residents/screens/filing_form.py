"""届出の始め — which 異動, and of whom: newcomers by number, residents and former residents chosen from the register. N-4.0.1-*, N-4.0.2-*, N-4.1.1.2-*."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daicho import audit, clock
from daicho.residents.commands import filings
from daicho.residents.commands.typed import TypedForm, TypedPerson, defaults_of
from daicho.residents.models import Visit
from daicho.residents.permissions import Permission
from daicho.residents.queries.fuhyo import without_seat_count
from daicho.residents.queries.headless import headless_count, writes_letters
from daicho.residents.queries.persons import Card, card
from daicho.residents.queries.sheet_view import SheetView
from daicho.residents.rules.basis import BASIS
from daicho.residents.rules.definitions import EventDefinition, Scope
from daicho.residents.rules.events import by_heading, event_on, events_on
from daicho.residents.rules.household_law import HEAD
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.returning import texts_of_returning
from daicho.residents.rules.visits import is_identified
from daicho.residents.rules.vocabulary import EX_OFFICIO, EXISTING, NEW, SAME
from daicho.residents.screens import picking
from daicho.residents.screens.answers import go, to_visit
from daicho.residents.screens.counter import Counter, at_counter
from daicho.residents.screens.for_visitor import RETURN_TO
from daicho.residents.screens.new_head import proposed_in, with_proposals
from daicho.residents.screens.picking import Picking

MOST_PEOPLE = 20
_KEYS = ("F6", "F7", "F8", "F9")
_UNIDENTIFIED = "この受付では本人確認をしていないため、届出を始められません。受付を終えて、本人確認を記録した受付をやり直してください（法第27条）。"


EX_OFFICIO_QUERY = f"?{BASIS.name}={EX_OFFICIO}"
"""Begins without a 届出, so that nobody need be identified: the form says 職権 from the first (N-4.2.0.2-01)."""


@require_GET
def menu(request: HttpRequest) -> HttpResponse:
    """Every event that this officer may enter, from the definitions."""
    counter = at_counter(request)
    in_force = events_on(clock.today())
    events = [event for event in in_force if counter.actor.may(event.permission) and event.is_offered]
    if not events:
        audit.require(counter.actor, in_force[0].permission)
    sought = request.GET.get("name", "").strip()
    if chosen := next((event for event in events if event.ja == sought), None):
        return go(request, "filing_start", chosen.code)
    keys = dict(zip((event.code for event in events), _KEYS, strict=False))
    may_enter = counter.actor.may(Permission.FILING_ENTER)
    context = {
        "groups": {heading: [(event, keys.get(event.code, "")) for event in some] for heading, some in by_heading(events).items()},
        "names": [event.ja for event in events],
        "sought": sought,
        "ex_officio": [event for event in events if _may_be_ex_officio(event)],
        "query": EX_OFFICIO_QUERY,
        "visit": counter.visit,
        "may_survey": counter.actor.may(Permission.SURVEY_MANAGE),
        "headless": headless_count(counter.actor) if may_enter and writes_letters() else None,
        "without_seat": without_seat_count(counter.actor) if may_enter else 0,
    }
    return render(request, "residents/filing_menu.html", context)


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, code: str) -> HttpResponse:
    """An event whose people are not residents yet: how many. Others begin with a person of the register."""
    definition, counter = _definition(code), at_counter(request)
    audit.require(counter.actor, definition.permission)
    if counter.visit is None or _lacks_identity(request, definition, counter.visit):
        return _to_visit(request, counter)
    if request.method == "POST" and not definition.newcomers:
        here, then = (reverse(f"residents:{name}", args=[code]) + _query(request, definition) for name in ("filing_start", "filing_picked"))
        return picking.begin(request, Picking(f"{definition.ja}する人", then, here))
    if request.method == "POST":
        form = TypedForm(_first_texts(request, definition), _newcomers(definition, _count(request)))
        return _begun(request, counter, counter.visit, definition, form)
    context = {"definition": definition, "known": None, "people": (), "joined": (), "most": MOST_PEOPLE, "count": 1}
    return render(request, "residents/filing_start.html", context)


@require_http_methods(["GET", "POST"])
def start_with(request: HttpRequest, code: str, person: UUID) -> HttpResponse:
    """An event that begins with someone of the register: movers of a household, former residents who return, a household to join."""
    definition, counter = _definition(code), at_counter(request)
    audit.require(counter.actor, definition.permission)
    if counter.visit is None or _lacks_identity(request, definition, counter.visit):
        return _to_visit(request, counter)
    known = card(counter.actor, person)
    people = _choices(definition, known)
    if request.method == "GET":
        return render(request, "residents/filing_start.html", _start_context(definition, known, people))
    chosen = _chosen(request, definition, people)
    head = _head(request, definition, chosen)
    extra = _count(request, least=0) if definition.newcomers else 0
    if not chosen and not extra:
        return go(
            request,
            "filing_start_with",
            code,
            person,
            say="だれも選ばれていません。1人以上選んでください。",
            level="warning",
            fragment=_query(request, definition),
        )
    members = tuple(TypedPerson(one.public_id, _texts(definition, one)) for one in chosen)
    household = {name: text for name, text in _household(definition, known, chosen, people).items() if name in definition.all_fields()}
    form = TypedForm({**_first_texts(request, definition), **household}, members + _newcomers(definition, extra, known))
    return _begun(request, counter, counter.visit, definition, with_proposals(form, proposed_in(people, head)) if head else form)


@require_POST
def picked(request: HttpRequest, code: str) -> HttpResponse:
    """The person chosen in the search: the event begins with them (N-4.0.1-02)."""
    definition = _definition(code)
    audit.require(at_counter(request).actor, definition.permission)
    picking.end(request)
    return go(request, "filing_start_with", definition.code, picked_person(request), fragment=_query(request, definition))


def picked_person(request: HttpRequest) -> UUID:
    """The public id that the search posted; 400 for anything else."""
    try:
        return UUID(request.POST.get("person", ""))
    except ValueError:
        raise BadRequest("not a person") from None


def _to_visit(request: HttpRequest, counter: Counter) -> HttpResponse:
    """A filing stays with its visit: begun without an identity check, it could never reach 仮登録 and all typing would be lost."""
    if request.method == "GET":
        request.session[RETURN_TO] = request.path + (EX_OFFICIO_QUERY if request.GET.get(BASIS.name) == EX_OFFICIO else "")
    return to_visit(request) if counter.visit is None else go(request, "visit", say=_UNIDENTIFIED, level="warning")


def _may_be_ex_officio(definition: EventDefinition) -> bool:
    return BASIS.name in definition.all_fields()


def _query(request: HttpRequest, definition: EventDefinition) -> str:
    """What the address of the next step must go on to say."""
    return EX_OFFICIO_QUERY if _may_be_ex_officio(definition) and request.GET.get(BASIS.name) == EX_OFFICIO else ""


def _first_texts(request: HttpRequest, definition: EventDefinition) -> dict[str, str]:
    return defaults_of(definition.fields) | ({BASIS.name: EX_OFFICIO} if _query(request, definition) else {})


def _lacks_identity(request: HttpRequest, definition: EventDefinition, visit: Visit) -> bool:
    return definition.needs_identity and not _query(request, definition) and not is_identified(visit.identity_check)


def _definition(code: str) -> EventDefinition:
    try:
        definition = event_on(code, clock.today())
    except KeyError:
        raise Http404 from None
    if not definition.is_offered:
        raise Http404
    return definition


def _choices(definition: EventDefinition, known: Card) -> tuple[SheetView, ...]:
    """Who can be chosen: residents of the household, or the one it began with; of those who left it, former residents who may return."""
    if definition.newcomers:
        return (known.sheet, *known.left) if definition.returning and not known.sheet.is_open else ()
    if not known.sheet.is_open and not definition.of_removed:
        return ()
    if definition.scope is Scope.ONE:
        return (known.sheet,)
    if not definition.of_removed:
        return known.household
    own = () if known.sheet.is_open else (known.sheet,)
    return (*own, *known.household, *known.left)


def _start_context(definition: EventDefinition, known: Card, people: tuple[SheetView, ...]) -> dict[str, object]:
    joins = definition.newcomers and known.sheet.is_open
    return {
        "definition": definition,
        "known": known,
        "people": [(one, shown_name(one.entries), one.public_id == known.sheet.public_id or _all_at_first(definition)) for one in people],
        "everybody": definition.scope is Scope.HOUSEHOLD,
        "head": known.sheet.public_id if definition.scope is Scope.PART or known.sheet.entries.relationship != HEAD else "",
        "joined": [(one, shown_name(one.entries)) for one in known.household] if joins else [],
        "most": MOST_PEOPLE,
        "count": 1 if joins else 0,
    }


def _all_at_first(definition: EventDefinition) -> bool:
    return not definition.newcomers and not definition.of_removed and definition.scope is not Scope.PART


def _chosen(request: HttpRequest, definition: EventDefinition, people: tuple[SheetView, ...]) -> list[SheetView]:
    wanted = set(request.POST.getlist("person"))
    if wanted - {one.public_id for one in people}:
        raise BadRequest("someone who cannot be chosen here")
    everybody = definition.scope is Scope.HOUSEHOLD or "everybody" in request.POST
    return [one for one in people if everybody or one.public_id in wanted]


def _head(request: HttpRequest, definition: EventDefinition, chosen: list[SheetView]) -> str:
    """The new 世帯主 among those chosen; "" for none, which is lawful, and where the event makes none."""
    wanted = request.POST.get("head", "")
    return wanted if definition.new_head and any(one.public_id == wanted for one in chosen) else ""


def _count(request: HttpRequest, least: int = 1) -> int:
    text = request.POST.get("count", "")
    count = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else least
    return min(max(count, least), MOST_PEOPLE)


def _newcomers(definition: EventDefinition, count: int, of: Card | None = None) -> tuple[TypedPerson, ...]:
    """People without a sheet; one born into the household of someone begins with the 戸籍の表示 of that person (N-4.2.0.3-02)."""
    texts = defaults_of(definition.member_fields)
    if of is not None and definition.into_household:
        quoted = {name: getattr(of.sheet.entries, name) for name in ("resident_kind", "registered_domicile", "family_register_head_name")}
        texts |= {name: text for name, text in quoted.items() if text}
    return tuple(TypedPerson(None, texts) for _ in range(count))


def _texts(definition: EventDefinition, person: SheetView) -> dict[str, str]:
    return {**defaults_of(definition.member_fields), **(texts_of_returning(person.entries, definition.code) if definition.newcomers else {})}


def _household(definition: EventDefinition, known: Card, chosen: list[SheetView], people: tuple[SheetView, ...]) -> dict[str, str]:
    """全部 or 一部, judged from who was chosen (N-4.0.1-04); into the household of the resident it began with."""
    if definition.newcomers:
        return {"household_choice": EXISTING, "household_no": known.sheet.entries.household_no or ""} if known.sheet.is_open else {}
    if definition.of_removed:
        return {"household_choice": EXISTING, "household_no": known.sheet.entries.household_no or ""} if known.household else {"household_choice": NEW}
    return {"household_choice": SAME if len(chosen) == len(people) else NEW}


def _begun(request: HttpRequest, counter: Counter, visit: Visit, definition: EventDefinition, form: TypedForm) -> HttpResponse:
    row = filings.start(counter.actor, visit, definition.code, form)
    return go(request, "filing", row.public_id)


ROUTES = [
    path("filings/new/", menu, name="filing_menu"),
    path("filings/new/<slug:code>/", start, name="filing_start"),
    path("filings/new/<slug:code>/picked/", picked, name="filing_picked"),
    path("filings/new/<slug:code>/<uuid:person>/", start_with, name="filing_start_with"),
]
