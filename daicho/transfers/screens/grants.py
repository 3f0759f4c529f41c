"""移転許可の一覧 — the grants as of a day, what waits for another officer's approval, what the assessment offers. F-1-41; D-R1, H-16."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from daicho import clock
from daicho.staff.queries import actor_of
from daicho.transfers.permissions import TransfersPermission
from daicho.transfers.queries.grants import GrantView, grants_of
from daicho.transfers.rules.grants import DIRECTIONS_JA, Direction, bases
from daicho.transfers.screens.typed_days import read_day
from daicho.transfers.screens.words import METHODS, STATES, item_names
from daicho.ui.dates import moment, wareki_text
from daicho.ui.forms import BoundForm, FieldSpec, Kind, Width

ON = FieldSpec("on", "基準日", Kind.DATE, width=Width.MEDIUM, hint="その日に有効な移転許可を表示します。空欄は本日です。")


@dataclass(frozen=True)
class Line:
    """A grant as it is drawn in a list."""

    no: int
    department: str
    purpose_code: str
    purpose: str
    direction: str
    basis: str
    items: str
    method: str
    period: str
    state: tuple[str, str]
    by: str


@require_GET
def grants(request: HttpRequest) -> HttpResponse:
    """As of today, or of the day in `on`: a day says nothing of anybody."""
    actor = actor_of(request)
    form = BoundForm((ON,), request.GET)
    day, problems = read_day(form, "on")
    on = day or clock.today()
    found = grants_of(actor, on)
    context = {
        "form": form.with_problems(problems),
        "on": on,
        "in_force": lines_of(found.in_force),
        "waiting": lines_of(found.waiting),
        "offered": [(no, one, department, DIRECTIONS_JA[one.direction]) for no, one, department in found.offered],
        "may_propose": actor.may(TransfersPermission.GRANT_PROPOSE),
    }
    return render(request, "transfers/grants.html", context, status=422 if problems else 200)


def lines_of(views: Iterable[GrantView]) -> list[Line]:
    return [line_of(view) for view in views]


def line_of(view: GrantView) -> Line:
    row = view.row
    return Line(
        row.pk, view.department, row.purpose_code, row.purpose_ja, DIRECTIONS_JA[Direction(row.direction)], basis_ja(row.basis_code),
        "、".join(item_names(row.items)), METHODS[row.method] if row.direction == Direction.READ else "", period_of(view), STATES[view.state_on(clock.today())],
        f"{row.proposed_by}（{moment(row.proposed_at)}）",
    )  # fmt: skip


def period_of(view: GrantView) -> str:
    row = view.row
    return f"{wareki_text(row.valid_from)}から{wareki_text(row.valid_to) + 'まで' if row.valid_to else ''}"


def basis_ja(code: str) -> str:
    return bases()[code].ja if code in bases() else code


ROUTES = [path("grants/", grants, name="grants")]
