"""交付履歴の訂正の画面 — one item of one copy's record, with what it said and why that was wrong. std 1.3.8, 8.1.1 (N-8.1.1-05)."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_http_methods

from daicho import audit
from daicho.residents.commands.issue_corrections import CorrectionForm, NotCorrected, correct
from daicho.residents.permissions import Permission
from daicho.residents.queries.issues_found import get_counter_issue
from daicho.residents.rules.issue_corrections import ITEM_JA, Item, word_of
from daicho.residents.rules.visits import STANDINGS
from daicho.residents.screens.answers import go
from daicho.residents.screens.issues import issue_row
from daicho.staff.queries import actor_of
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem, Width

CORRECTION = (
    FieldSpec("item", "訂正する項目", Kind.RADIO, required=True, choices=tuple(Choice(item, ja) for item, ja in ITEM_JA.items())),
    FieldSpec("standing", "訂正後の資格", Kind.SELECT, choices=tuple(Choice(*each) for each in STANDINGS), hint="「請求者の資格」を訂正するとき"),
    FieldSpec("becomes", "訂正後の内容", width=Width.FULL, max_length=200, hint="氏名・名称、使用目的を訂正するとき"),
    FieldSpec("reason", "訂正の理由", required=True, width=Width.FULL, max_length=500, hint="例：申請書を見直したところ、代理人ではなく第三者の請求だった"),
)


@require_http_methods(["GET", "POST"])
@audit.personal
def correction(request: HttpRequest, issue_id: UUID) -> HttpResponse:
    """The record with its corrections, and the form for a further one; every problem at its field."""
    actor = actor_of(request)
    line = get_counter_issue(actor, issue_id, Permission.ISSUE_CORRECT)
    form = BoundForm(CORRECTION, {})
    if request.method == "POST":
        form = BoundForm(CORRECTION, request.POST).with_overlong()
        if form.unknown_names() or form.value("item") not in {*Item, ""}:
            raise BadRequest("a field or an item that the form does not have")
        if not form.has_errors:
            item = form.value("item")
            try:
                correct(actor, line.issue, CorrectionForm(item, form.value("standing" if item == Item.STANDING else "becomes"), form.value("reason")))
                return go(request, "issue_correction", issue_id, say="訂正を記録しました。はじめの記録は、そのまま残ります。")
            except NotCorrected as refused:
                form = form.with_problems(Problem("standing" if item == Item.STANDING and field == "becomes" else field, why) for field, why in refused.reasons)
    corrections = [(ITEM_JA[Item(each.item)], word_of(each.item, each.was), word_of(each.item, each.becomes), each) for each in line.corrections]
    context = {"row": issue_row(line), "corrections": corrections, "form": form}
    return render(request, "residents/issue_correction.html", context, status=422 if form.has_errors else 200)


ROUTES = [path("issues/<uuid:issue_id>/correction/", correction, name="issue_correction")]
