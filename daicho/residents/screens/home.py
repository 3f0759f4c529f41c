"""窓口の机 — where a clerk begins: the visitor in hand, what they began themselves, what waits. design §3; F-1-01."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from daicho.residents.permissions import Permission
from daicho.residents.queries.received import undone_counts
from daicho.residents.queries.waiting import drafts, filings_of_visit, waiting_counts
from daicho.residents.rules.visits import DOCUMENT_WORDS, IDENTITY_WORDS
from daicho.residents.rules.vocabulary import word
from daicho.residents.screens.counter import Counter, at_counter
from daicho.residents.screens.waiting import POLL_SECONDS, lines_of


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The desk. It names no resident: drafts and what waits are shown by number and event only. Four statements of its own, five with a visitor."""
    counter = at_counter(request)
    actor, visit = counter.actor, counter.visit
    sees_waiting = actor.may(Permission.FILING_EXAMINE) or actor.may(Permission.FILING_ENTER)
    counts = waiting_counts(actor) if sees_waiting else {}
    context = {
        "visit": visit,
        "identity_check": word(IDENTITY_WORDS, visit.identity_check) if visit else "",
        "documents": [word(DOCUMENT_WORDS, code) for code in visit.identity_documents] if visit else [],
        "drafts": lines_of(drafts(actor)) if actor.may(Permission.FILING_ENTER) else (),
        "sees_waiting": sees_waiting,
        "to_examine": counts.get("entered", 0),
        "to_register": counts.get("examined", 0),
        "returned": counts.get("returned", 0),
        "received": sum(undone_counts(actor).values()) if actor.may(Permission.FILING_ENTER) else 0,
        "may": {name.name.lower(): actor.may(name) for name in Permission},
    }
    return render(request, "residents/home.html", {**context, **_of_visit(counter)})


@require_GET
def visit_filings(request: HttpRequest) -> HttpResponse:
    """How far the visitor's filings are, asked for every few seconds; 204 while it is as the page has it (`seen`)."""
    context = _of_visit(at_counter(request))
    if context["mark"] == request.GET.get("seen"):
        return HttpResponse(status=204)
    return render(request, "residents/visit_filings.html", context)


def _of_visit(counter: Counter) -> dict[str, object]:
    shows = counter.visit is not None and counter.actor.may(Permission.FILING_ENTER)
    rows = filings_of_visit(counter.actor, counter.visit) if shows and counter.visit else ()
    mark = hashlib.sha256(repr([(row.public_id, row.state) for row in rows]).encode()).hexdigest()[:16]
    return {"filings": lines_of(rows), "shows_filings": shows, "mark": mark, "poll_seconds": POLL_SECONDS}


ROUTES = [path("", home, name="home"), path("visit-filings/", visit_filings, name="visit_filings")]
