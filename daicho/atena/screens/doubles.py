"""個人番号の重複の画面 — the work list, both persons side by side, and a clerk's decision with its reason. S4-01; F-1-13."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_POST

from daicho import audit
from daicho.atena.commands import CannotDecide, decide
from daicho.atena.permissions import AtenaPermission
from daicho.atena.queries.doubles import Double, DoubleRow, Party, get_double, list_doubles
from daicho.atena.rules.doubles import DECISIONS_JA, Decision
from daicho.atena.screens.search import row_of
from daicho.staff.queries import actor_of
from daicho.ui import flash
from daicho.ui.dates import moment
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem, Width

DECIDE = (
    FieldSpec("decision", "判断", Kind.RADIO, required=True, choices=tuple(Choice(value, label) for value, label in DECISIONS_JA.items())),
    FieldSpec("reason", "判断の理由", required=True, width=Width.FULL, max_length=200, hint="確認した書類など。氏名や番号は書かないでください。"),
)


@dataclass(frozen=True)
class Line:
    """One item of the work list as it is drawn."""

    row: DoubleRow
    found: str
    decided: str
    decision: str


@require_GET
@audit.personal
def doubles(request: HttpRequest) -> HttpResponse:
    """The work list: what waits, then what was decided."""
    lines = [_line(row) for row in list_doubles(actor_of(request))]
    waiting = [line for line in lines if not line.decision]
    return render(request, "atena/doubles.html", {"waiting": waiting, "decided": [line for line in lines if line.decision]})


@require_GET
@audit.personal
def double(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Both persons, and the decision or the form for it."""
    return _page(request, public_id, BoundForm(DECIDE, {}))


@require_POST
@audit.personal
def decided(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Carry the decision out."""
    actor = actor_of(request)
    audit.require(actor, AtenaPermission.DOUBLE_DECIDE)
    form = BoundForm(DECIDE, request.POST).with_missing()
    if form.unknown_names() or (form.value("decision") and form.value("decision") not in DECISIONS_JA):
        return HttpResponseBadRequest()
    if form.has_errors:
        return _page(request, public_id, form, status=422)
    try:
        decide(actor, public_id, Decision(form.value("decision")), form.value("reason"))
    except CannotDecide as refused:
        return _page(request, public_id, form.with_problems([Problem("", refused.message)]), status=422)
    flash.say(request, "success", "個人番号の重複を判断しました。")
    return HttpResponseRedirect(reverse("atena:doubles"))


def _page(request: HttpRequest, public_id: UUID, form: BoundForm, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    found = get_double(actor, public_id)
    context = {
        "line": _line(found.row),
        "double": found,
        "items": _items(found),
        "affairs": [_affairs(party) for party in (found.holder, found.claimant)],
        "is_blocked": found.holder.person.is_blocked or found.claimant.person.is_blocked,
        "form": form,
        "may_decide": actor.may(AtenaPermission.DOUBLE_DECIDE),
    }
    return render(request, "atena/double.html", context, status=status)


def _items(found: Double) -> list[tuple[str, str, str, bool]]:
    """(item, of the holder, of the claimant, is a name)."""
    first, second = (row_of(party.person) for party in (found.holder, found.claimant))
    items = (
        ("統合宛名番号", "integrated_atena_no", False),
        ("氏名", "name", True),
        ("振り仮名", "furigana", False),
        ("生年月日", "birth", False),
        ("性別", "sex", False),
        ("住所", "address", True),
        ("状態", "state", False),
    )
    return [(ja, getattr(first, name), getattr(second, name), is_name) for ja, name, is_name in items]


def _affairs(party: Party) -> str:
    return "、".join(f"{affair} {number}" for affair, number in party.affairs)


def _line(row: DoubleRow) -> Line:
    return Line(row, moment(row.found_at), moment(row.decided_at), DECISIONS_JA.get(row.decision or "", ""))


ROUTES = [
    path("doubles/", doubles, name="doubles"),
    path("doubles/<uuid:public_id>/", double, name="double"),
    path("doubles/<uuid:public_id>/decide/", decided, name="double_decide"),
]
