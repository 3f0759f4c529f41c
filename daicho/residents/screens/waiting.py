"""仮登録の一覧 — what waits for another officer, with who and since when, kept fresh; 本登録 of several. N-4.0.8-07…-11."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from daicho import audit, city, clock
from daicho.audit.actor import Actor
from daicho.city.queries import offices
from daicho.residents.commands.registering import Registered, register_many
from daicho.residents.errors import CannotDo
from daicho.residents.permissions import Permission
from daicho.residents.queries.waiting import Waiting, waiting
from daicho.residents.rules.events import event_ja
from daicho.residents.screens.answers import go
from daicho.residents.screens.counter import at_counter
from daicho.staff.queries import actor_of
from daicho.ui import flash

BADGES = {"draft": "neutral", "entered": "waiting", "examined": "info", "returned": "warning", "registered": "success", "withdrawn": "neutral"}
POLL_SECONDS = 4


@dataclass(frozen=True)
class Line:
    """One filing as it is drawn."""

    row: Waiting
    event_ja: str
    badge: str
    office: str = ""

    @property
    def can_be_registered(self) -> bool:
        return self.row.state == "examined" and not self.row.mine


def lines_of(rows: Iterable[Waiting], names: dict[str, str] | None = None) -> tuple[Line, ...]:
    known = names or {}
    return tuple(Line(row, event_ja(row.code), BADGES[row.state], known.get(row.office_code, row.office_code)) for row in rows)


@require_GET
def waiting_list(request: HttpRequest) -> HttpResponse:
    """The list, of one office (`office`) or of all. It names no person. Four statements of its own, whatever waits."""
    counter = at_counter(request)
    return render(
        request, "residents/waiting.html", {**_context(request, counter.actor), "cap": city.setting("approval_cap", clock.today()), "takes_focus": True}
    )


@require_GET
def waiting_rows(request: HttpRequest) -> HttpResponse:
    """The list alone, asked for every few seconds; 204 while it is as the page has it (`seen`), so that nothing moves under the hand."""
    context = _context(request, actor_of(request))
    if context["mark"] == request.GET.get("seen"):
        return HttpResponse(status=204)
    return render(request, "residents/waiting_rows.html", context)


def _context(request: HttpRequest, actor: Actor) -> dict[str, object]:
    listed = offices(clock.today())
    names = {office.code: office.name for office in listed}
    office = request.GET.get("office", "")
    office = office if office in names else ""
    person = _person(request.GET.get("person", ""))
    rows = waiting(actor, office, person)
    return {
        "lines": lines_of(rows, names),
        "offices": listed,
        "office": office,
        "person": person,
        "mark": hashlib.sha256(repr(rows).encode()).hexdigest()[:16],
        "may_register": actor.may(Permission.FILING_REGISTER),
        "poll_seconds": POLL_SECONDS,
        "takes_focus": False,
    }


def _person(text: str) -> UUID | None:
    """Whose filings alone are wanted, by the opaque id of the card that leads here; None for all, and for what is no id."""
    try:
        return UUID(text)
    except ValueError:
        return None


@require_POST
def register_chosen(request: HttpRequest) -> HttpResponse:
    """本登録 of those chosen, or of all examined ones in the list of this office (`all`), up to the city's cap (N-4.0.8-10, -11)."""
    actor = at_counter(request).actor
    audit.require(actor, Permission.FILING_REGISTER)
    office = request.POST.get("office", "")
    chosen = _chosen(request, actor, office)
    back = f"?office={office}" if office else ""
    if not chosen:
        return go(request, "waiting", say="本登録する届出が選ばれていません。照合済みの届出を選んでください。", level="warning", fragment=back)
    try:
        done = register_many(actor, chosen)
    except CannotDo as refused:
        return go(request, "waiting", say=refused.message, level="error", fragment=back)
    _say_refusals(request, actor, done)
    count = sum(not one.refusal for one in done)
    return go(request, "waiting", say=f"{count}件を本登録しました。" if count else "", fragment=back)


def _chosen(request: HttpRequest, actor: Actor, office: str) -> list[UUID]:
    if "all" in request.POST:
        return [UUID(row.public_id) for row in waiting(actor, office) if row.state == "examined" and not row.mine]
    try:
        return list(dict.fromkeys(UUID(text) for text in request.POST.getlist("filing")))
    except ValueError:
        raise BadRequest("not a filing") from None


def _say_refusals(request: HttpRequest, actor: Actor, done: list[Registered]) -> None:
    refused = {str(one.filing): one.refusal for one in done if one.refusal}
    if refused:
        numbers = {row.public_id: row.filing_no for row in waiting(actor)}
        for public_id, message in refused.items():
            flash.say(request, "error", f"届出番号{numbers.get(public_id, '？')}：{message}")


ROUTES = [
    path("waiting/", waiting_list, name="waiting"),
    path("waiting/rows/", waiting_rows, name="waiting_rows"),
    path("waiting/register/", register_chosen, name="register_chosen"),
]
