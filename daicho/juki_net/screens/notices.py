"""通知の一覧 — notices to the outside with their state, newest first. 標準7.1.1.1 (N-7.1.1.1-08, -22)."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from daicho.juki_net.queries import list_notices
from daicho.juki_net.screens.words import BADGES, DESTINATIONS, KINDS, moment
from daicho.outbox.models import Delivery
from daicho.outbox.queries import NoticeRow
from daicho.staff.queries import actor_of
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind

ALL = "all"
FILTERS = (
    FieldSpec("state", "状態", Kind.RADIO, choices=(Choice(ALL, "すべて"), *(Choice(value, label) for value, label in Delivery.State.choices))),
    FieldSpec("destination", "相手方", Kind.RADIO, choices=(Choice(ALL, "すべて"), *(Choice(value, label) for value, label in DESTINATIONS.items()))),
)


@dataclass(frozen=True)
class Line:
    """One row as it is drawn."""

    row: NoticeRow
    kind_ja: str
    destination_ja: str
    badge: str
    posted: str
    next: str
    replied: str
    settled: str


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Where an officer arrives after sign-in: the list."""
    return HttpResponseRedirect(reverse("juki_net:notices"))


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """The list, filtered by `state` and `destination`; `before` pages. What is not a known value of a filter is no filter."""
    chosen = {spec.name: _known(request.GET.get(spec.name, ALL), {choice.value for choice in spec.choices}) for spec in FILTERS}
    before = request.GET.get("before", "")
    rows, more = list_notices(
        actor_of(request),
        destination=None if chosen["destination"] == ALL else chosen["destination"],
        states=None if chosen["state"] == ALL else [chosen["state"]],
        before=int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None,
    )
    context = {
        "lines": [line_of(row) for row in rows],
        "last": rows[-1].order_no if more else None,
        "filters": BoundForm(FILTERS, chosen),
        "chosen": chosen,
    }
    return render(request, "juki_net/notices.html", context)


def line_of(row: NoticeRow) -> Line:
    return Line(
        row,
        KINDS.get(row.kind, row.kind),
        DESTINATIONS.get(row.destination, row.destination),
        BADGES[row.state],
        posted=moment(row.posted_at),
        next=moment(row.next_at),
        replied=moment(row.replied_at),
        settled=moment(row.settled_at),
    )


def _known(value: str, known: Container[str]) -> str:
    return value if value in known else ALL
