"""個人票 — one person: the newest 住民票, the household, older sheets, what is under way; a number is shown one at a time, by right. std 2.2, 3.3; design §6."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from daicho import audit, city, clock
from daicho.city.queries import code_names
from daicho.residents.permissions import Permission
from daicho.residents.queries.numbers import reveal_number
from daicho.residents.queries.persons import Card, card
from daicho.residents.queries.sheet_view import SheetView
from daicho.residents.rules.definitions import Basis, EventDefinition
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.entry_words import entry_label, entry_text
from daicho.residents.rules.events import by_heading, event_ja, events_on
from daicho.residents.rules.letters_of_cases.moving import is_leaving_ward
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.on_certificate import CODED, is_code
from daicho.residents.rules.on_move_out import is_leaving
from daicho.residents.rules.residence import transitional_until
from daicho.residents.rules.vocabulary import FOREIGN
from daicho.residents.screens import search_words
from daicho.residents.screens.awaited import reason_of
from daicho.residents.screens.counter import Counter
from daicho.residents.screens.for_visitor import for_visitor
from daicho.residents.screens.letters_out import OFFER
from daicho.residents.screens.residence_terms import days_left_text
from daicho.residents.screens.search import kana_of
from daicho.residents.screens.sheet_groups import groups_of
from daicho.residents.screens.standing import Standing, standing_of
from daicho.residents.screens.warnings import mark_in, short_marks
from daicho.ui.dates import wareki_text
from daicho.values.ages import age_on
from daicho.values.dates import seireki

_IN_FOUR = ("individual_number",)


@dataclass(frozen=True)
class Member:
    """A row of the household's table."""

    public_id: str
    name: str
    kana: str
    relationship: str
    birth: str
    age: str
    sex: str
    standing: Standing
    is_self: bool
    marks: list[str]


@require_GET
@audit.personal
@for_visitor(Permission.PERSON_READ)
def person(request: HttpRequest, counter: Counter, public_id: UUID) -> HttpResponse:
    """The card."""
    return _page(request, counter, public_id, {})


@require_POST
@audit.personal
@for_visitor(Permission.PERSON_READ, Permission.NUMBER_REVEAL)
def reveal(request: HttpRequest, counter: Counter, public_id: UUID) -> HttpResponse:
    """One number in the clear: put into its place by the page's script, or with the whole card where there is none."""
    entry = request.POST.get("entry", "")
    number = grouped(entry, reveal_number(counter.actor, public_id, entry))
    if request.headers.get("HX-Request"):
        return render(request, "residents/_number_shown.html", {"label": entry_label(entry), "number": number})
    return _page(request, counter, public_id, {entry: number})


def _page(request: HttpRequest, counter: Counter, public_id: UUID, shown: Mapping[str, str]) -> HttpResponse:
    assert counter.visit is not None
    found = card(counter.actor, public_id)
    entries, today = found.sheet.entries, clock.today()
    laid = found.laid
    actor = counter.actor
    context = {
        "sheet": found.sheet,
        "name": shown_name(entries) or "（氏名空欄）",
        "kana": kana_of(entries),
        "standing": standing_of(entries, today),
        "age": age_of(entries),
        "birth": entry_text("birth_date", entries),
        "sex": entry_text("sex_code", entries),
        "warnings": _warnings(entries),
        "memos": laid.memos,
        "is_transitional": found.sheet.is_open and entries.resident_kind == FOREIGN and transitional_until(entries) is not None,
        "is_leaving_ward": is_leaving_ward(entries),
        **OFFER,
        "terms": _terms(entries, is_open=found.sheet.is_open),
        "groups": groups_of(entries, today, shown=shown, names=city_words(entries)),
        "members": _members(found),
        "older": [(sheet, standing_of(sheet.entries, today)) for sheet in found.older],
        "pending": [(p, event_ja(p.code)) for p in found.pending],
        "asked": laid.number_asked,
        "asked_for": reason_of(laid.number_asked) if laid.number_asked else "",
        "may_ask": actor.may(Permission.FILING_ENTER),
        "events": {} if laid.unions.leads_to else _events(counter, found),
        "surveys": laid.surveys,
        "may_block": actor.may(Permission.BLOCK_SET) or actor.may(Permission.BLOCK_LIFT),
        "may_support": actor.may(Permission.SUPPORT_MANAGE),
        "unions": laid.unions,
        "may_survey": found.sheet.is_open and counter.actor.may(Permission.SURVEY_MANAGE),
        "may_wait": actor.may(Permission.FILING_ENTER) or actor.may(Permission.FILING_EXAMINE),
        "may_reveal": actor.may(Permission.NUMBER_REVEAL),
        "may_issue": actor.may(Permission.CERTIFICATE_ISSUE),
        "leaves": actor.may(Permission.CERTIFICATE_ISSUE) and is_leaving(entries),
        "may_tell_principal": actor.may(Permission.PRINCIPAL_NOTICE_MANAGE),
        "may_note": actor.may(Permission.NOTE_WRITE),
        "may_history": actor.may(Permission.HISTORY_READ),
        "may_audit": actor.may(Permission.AUDIT_READ),
        "came_from_search": search_words.was_searched(request, counter.visit),
    }
    return render(request, "residents/person.html", context)


def grouped(entry: str, number: str) -> str:
    """個人番号 in fours, as the card of the visitor shows it."""
    return " ".join(number[i : i + 4] for i in range(0, len(number), 4)) if entry in _IN_FOUR else number


def age_of(entries: SheetEntries) -> str:
    """「45歳」; "" for an uncertain birth date, and for a sheet that is closed by death."""
    birth = entries.birth_date
    if birth is None or not birth.is_calendar or entries.closed_on is not None or birth.first > clock.today():
        return ""
    return f"{age_on(birth.first, clock.today())}歳"


def city_words(entries: SheetEntries) -> dict[str, str]:
    """Words of codes that the city's tables keep. One query for each code (国籍・地域, 在留資格), none for what was written in words."""
    codes = {coded.entry: (coded.table, getattr(entries, coded.entry)) for coded in CODED}
    known = {entry: code_names(table, [code]).get(code) for entry, (table, code) in codes.items() if is_code(code)}
    return {entry: name for entry, name in known.items() if name}


def _members(found: Card) -> list[Member]:
    here = [*found.household, *found.left]
    if all(m.public_id != found.sheet.public_id for m in here):
        here.append(found.sheet)
    return [_member(m, found) for m in here]


def _member(view: SheetView, found: Card) -> Member:
    e = view.entries
    return Member(
        view.public_id, shown_name(e) or "（氏名空欄）", kana_of(e), e.relationship or "", entry_text("birth_date", e), age_of(e), entry_text("sex_code", e),
        standing_of(e, clock.today()), view.public_id == found.sheet.public_id, short_marks(mark_in(found.marks, view.public_id)),
    )  # fmt: skip


def _warnings(entries: SheetEntries) -> list[tuple[str, str]]:
    """What must be seen before anything else is said to the visitor."""
    named = ("warning_info", "issue_prohibited_setting", "sticky_note")
    return [(entry_label(name), entry_text(name, entries)) for name in named if getattr(entries, name)]


def _terms(entries: SheetEntries, *, is_open: bool) -> list[str]:
    """How long a foreign resident may stay, when that is over or soon will be: a reminder, which removes nobody (法30条の50). At most one statement."""
    if not is_open or entries.resident_kind != FOREIGN:
        return []
    today, until = clock.today(), transitional_until(entries)
    if until is not None:
        return [f"経過滞在の期間は{wareki_text(until)}までです（{days_left_text((until - today).days)}）。{_NOT_BY_ITSELF}"]
    ends = entries.residence_expiry_date
    if ends is None or (ends - today).days > int(city.setting("residence_term_days", today)):
        return []
    return [f"在留期間等の満了の日は{seireki(ends)}です（{days_left_text((ends - today).days)}）。{_NOT_BY_ITSELF}"]


_NOT_BY_ITSELF = "期間が過ぎても自動では消除しません。長官通知（法第30条の50）により処理します。"


def _events(counter: Counter, found: Card) -> dict[str, list[tuple[str, str]]]:
    """By heading, code and name of what can be entered for this person: a resident's events, or coming back and what a 除票 still takes."""
    events = [e for e in events_on(clock.today()) if counter.actor.may(e.permission) and e.is_offered and e.is_for(found.sheet.entries)]
    if found.sheet.is_open:
        events = [event for event in events if not event.newcomers or event.into_household]
    else:
        events = [event for event in events if event.returning or event.of_removed]
    return {heading: [(event.code, _named(event, found)) for event in some] for heading, some in by_heading(events).items()}


def _named(event: EventDefinition, found: Card) -> str:
    """再転入, of someone with a 除票."""
    return f"再{event.ja}" if event.basis is Basis.FILING and event.returning and not found.sheet.is_open else event.ja


ROUTES = [
    path("person/<uuid:public_id>/", person, name="person"),
    path("person/<uuid:public_id>/number/", reveal, name="person_number"),
]
