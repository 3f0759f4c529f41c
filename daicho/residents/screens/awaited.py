"""付番待ち — who waits for a 個人番号 of 機構 and for how long; asked again, or no longer. 番号法第7条; std 4.4, 7.1.2.1; domain §1.1.14."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from daicho import audit, clock
from daicho.residents.commands import number_requests
from daicho.residents.errors import CannotDo
from daicho.residents.models import NumberRequest
from daicho.residents.permissions import Permission
from daicho.residents.queries.awaited import Awaited, list_awaited
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.vocabulary import NUMBER_REASONS, word
from daicho.residents.screens.answers import go, personal_page
from daicho.residents.screens.counter import at_counter
from daicho.residents.screens.standing import Standing, standing_of

BADGES = {"waiting": "waiting", "doubtful": "warning"}


@dataclass(frozen=True)
class Line:
    """One request as it is drawn."""

    one: Awaited
    name: str
    standing: Standing
    reason: str
    badge: str


@require_GET
def awaited(request: HttpRequest) -> HttpResponse:
    """Whatever is asked and not done, longest waiting first. Two statements of its own and the record, however many wait."""
    lines = [_line(one) for one in list_awaited(at_counter(request).actor)]
    return personal_page(request, "residents/awaited.html", {"lines": lines})


def _line(one: Awaited) -> Line:
    name = shown_name(one.entries) or "（氏名空欄）"
    return Line(one, name, standing_of(one.entries, clock.today()), reason_of(one.row), BADGES[one.row.state])


def reason_of(row: NumberRequest) -> str:
    """Why it was asked for, in words."""
    return word(NUMBER_REASONS, row.reason)


@require_POST
def again(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """もう一度求める."""
    actor = at_counter(request).actor
    return _done(request, lambda: number_requests.ask_again(actor, request_id), "機構にもう一度求めました。")


@require_POST
def withdraw(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """要求の取下げ, with its reason."""
    actor, reason = at_counter(request).actor, request.POST.get("reason", "")
    return _done(request, lambda: number_requests.withdraw(actor, request_id, reason), "要求を取り下げました。")


def _done(request: HttpRequest, command: Callable[[], None], say: str) -> HttpResponse:
    audit.require(at_counter(request).actor, Permission.FILING_ENTER)
    try:
        command()
    except CannotDo as refused:
        return go(request, "awaited", say=refused.message, level="error")
    return go(request, "awaited", say=say)


ROUTES = [
    path("awaited/", awaited, name="awaited"),
    path("awaited/<uuid:request_id>/again/", again, name="awaited_again"),
    path("awaited/<uuid:request_id>/withdraw/", withdraw, name="awaited_withdraw"),
]
