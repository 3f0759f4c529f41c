"""窓口の場 — who works at this counter and for which visitor: every screen of the room begins here. design §3; F-1-01, F-1-16."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.urls import reverse

from daicho.audit.actor import Actor
from daicho.residents.models import Visit
from daicho.residents.queries.visits import current_visit
from daicho.residents.rules.visits import STANDINGS
from daicho.residents.rules.vocabulary import word
from daicho.staff.queries import actor_of
from daicho.ui.chrome import VisitBanner


@dataclass(frozen=True)
class Counter:
    """The officer, working on the visit in hand when there is one."""

    actor: Actor
    visit: Visit | None


def at_counter(request: HttpRequest) -> Counter:
    """The officer and the visit they opened last and did not close; its banner stands in the frame. One statement."""
    actor = actor_of(request)
    visit = current_visit(actor)
    return Counter(on_visit(actor, visit), visit) if show_visit(request, visit) else Counter(actor, None)


def show_visit(request: HttpRequest, visit: Visit | None) -> bool:
    """Put the visitor into the frame of the page."""
    if visit is not None:
        visitor = f"{visit.visitor_name}（{word(STANDINGS, visit.standing)}）"
        request.visit_banner = VisitBanner(str(visit.visit_no), visitor, reverse("residents:home"))  # type: ignore[attr-defined]
    return visit is not None


def on_visit(actor: Actor, visit: Visit | None) -> Actor:
    """The same officer, acting for this visit: what they read and do is on record with its number (F-1-16)."""
    return replace(actor, visit_no=str(visit.visit_no)) if visit else actor
