"""回答の一覧 — every question of the certificate centre and what it was answered, newest first; the paper itself is not kept. S5-03, F-1-43."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from daicho import audit
from daicho.konbini.models import Answer
from daicho.konbini.queries.answers import REFUSED, listed
from daicho.konbini.rules.refusal import ISSUED, Refusal, result_ja
from daicho.konbini.screens.words import CERTIFICATES, chosen_ja
from daicho.staff.queries import actor_of
from daicho.ui.dates import moment
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind

ALL = "all"
_RESULTS = (
    Choice(ALL, "すべて"), Choice(ISSUED, "交付"), Choice(REFUSED, "断ったものすべて"),
    *(Choice(refusal.value, f"{refusal.value}　{refusal.ja}") for refusal in Refusal),
)  # fmt: skip
_FILTER = FieldSpec("code", "回答", Kind.SELECT, choices=_RESULTS)


@dataclass(frozen=True)
class AnswerLine:
    """An answer as it is drawn."""

    row: Answer
    at: str
    kind: str
    chosen: str
    result: str
    badge: str


def line_of(row: Answer) -> AnswerLine:
    issued = row.code == ISSUED
    kind = CERTIFICATES.get(row.certificate_kind, f"不明（{row.certificate_kind}）")
    return AnswerLine(row, moment(row.answered_at), kind, chosen_ja(row.shown), result_ja(row.code), "success" if issued else "warning")


@require_GET
@audit.personal
def answers(request: HttpRequest) -> HttpResponse:
    """The list; `before` pages. What is not a known result is no filter."""
    chosen = request.GET.get("code", ALL)
    code = chosen if chosen in {choice.value for choice in _RESULTS} else ALL
    before = request.GET.get("before", "")
    rows, more = listed(
        actor_of(request),
        code=None if code == ALL else code,
        before=int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None,
    )
    context = {
        "lines": [line_of(row) for row in rows],
        "filters": BoundForm((_FILTER,), {"code": code}),
        "older": {"code": code, "before": rows[-1].pk} if more else None,
        "may_read_persons": actor_of(request).may("konbini:person:read"),
    }
    return render(request, "konbini/answers.html", context)


ROUTES = [path("answers/", answers, name="answers")]
