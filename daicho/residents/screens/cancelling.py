"""取消しの始め — an event chosen from the history, its people, what must be cancelled first; and the same event entered again. std 4.6.0.1-02, -03; design §4."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST

from daicho import audit
from daicho.residents.commands import filings
from daicho.residents.commands.reentering import enter_again
from daicho.residents.commands.typed import TypedForm, TypedPerson, defaults_of
from daicho.residents.errors import CannotDo
from daicho.residents.models import Filing, Visit
from daicho.residents.permissions import Permission
from daicho.residents.queries.cancelled import ToCancel, Told, event_at, to_cancel
from daicho.residents.rules.events.cancellation import CANCELLATION
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.screens.answers import go
from daicho.residents.screens.counter import Counter
from daicho.residents.screens.for_visitor import for_visitor
from daicho.residents.screens.paper import facts_of


@dataclass(frozen=True)
class Row:
    """One of the event's people as drawn."""

    told: Told
    name: str


@require_http_methods(["GET", "POST"])
@audit.personal
@for_visitor(Permission.HISTORY_READ, Permission.FILING_ENTER)
def start_cancel(request: HttpRequest, counter: Counter, public_id: UUID, history_no: int) -> HttpResponse:
    """The event behind one row of a person's history: of whom it is cancelled, unless later ones must go first."""
    found = to_cancel(counter.actor, public_id, history_no)
    if request.method == "GET" or found.event.cancels_id is not None:
        return render(request, "residents/cancel_start.html", _context(public_id, found))
    chosen = _chosen(request, found.people)
    if not chosen:
        return go(request, "history_cancel", public_id, history_no, say="だれも選ばれていません。1人以上選んでください。", level="warning")
    assert counter.visit is not None
    form = TypedForm(defaults_of(CANCELLATION.fields), tuple(TypedPerson(one.public_id, {}) for one in chosen))
    row = filings.start(counter.actor, counter.visit, CANCELLATION.code, form, cancels=found.event.pk)
    return go(request, "filing", row.public_id)


def _context(public_id: UUID, found: ToCancel) -> dict[str, object]:
    people = [Row(one, shown_name(one.entries) or "（氏名空欄）") for one in found.people]
    free = [one for one in found.people if one.stands and not one.resting]
    return {
        "public_id": public_id,
        "event": found.event,
        "facts": facts_of(found.event),
        "people": people,
        "is_cancel": found.event.cancels_id is not None,
        "is_gone": not any(one.stands for one in found.people),
        "may_start": bool(free),
    }


def _chosen(request: HttpRequest, people: Sequence[Told]) -> list[Told]:
    wanted = set(request.POST.getlist("person"))
    if wanted - {one.public_id for one in people}:
        raise BadRequest("someone whom the event is not about")
    return [one for one in people if one.public_id in wanted]


@require_POST
@audit.personal
@for_visitor(Permission.HISTORY_READ, Permission.FILING_ENTER)
def again(request: HttpRequest, counter: Counter, public_id: UUID, history_no: int) -> HttpResponse:
    """取り消した異動をもう一度入力する, from the row of the history that it left."""
    assert counter.visit is not None
    return _begun(request, counter, counter.visit, event_at(public_id, history_no).pk, lambda say: go(request, "history", public_id, say=say, level="error"))


def _begun(request: HttpRequest, counter: Counter, visit: Visit, event_no: int, back: Callable[[str], HttpResponse]) -> HttpResponse:
    try:
        row: Filing = enter_again(counter.actor, visit, event_no)
    except CannotDo as refused:
        return back(refused.message)
    said = "取り消した異動の届書の内容を写しました。違うところを直して、仮登録してください。"
    return go(request, "filing", row.public_id, say=said, level="info")


ROUTES = [
    path("person/<uuid:public_id>/history/<int:history_no>/cancel/", start_cancel, name="history_cancel"),
    path("person/<uuid:public_id>/history/<int:history_no>/again/", again, name="history_again"),
]
