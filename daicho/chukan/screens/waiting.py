"""確認待ちの照会 — inquiries about people for whom no answer goes by itself: an officer sees what would be provided, and decides. F-1-52."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_POST

from daicho import audit
from daicho.chukan.commands import decide_held
from daicho.chukan.commands.refusal import CannotDo
from daicho.chukan.permissions import ChukanPermission
from daicho.chukan.queries import inquiries as queries
from daicho.chukan.queries.persons import to_provide
from daicho.chukan.screens.inquiries import line_of
from daicho.chukan.screens.words import facts_of
from daicho.staff.queries import actor_of
from daicho.ui import flash
from daicho.ui.forms import BoundForm, FieldSpec, Kind, Problem, Width

PROVIDE, DECLINE = "provide", "decline"
_IDENTIFIED_BY = ("name_kanji", "name_kana", "birth_date", "sex_code", "address")
FORM = (
    FieldSpec("reason", "判断の理由", required=True, width=Width.FULL, max_length=200, hint="確認した内容など。氏名や番号は書かないでください。"),
    FieldSpec("seen", "表示した版", Kind.NUMBER, max_length=9),
)


@require_GET
@audit.personal
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits, oldest first."""
    return render(request, "chukan/waiting.html", {"lines": [line_of(row) for row in queries.waiting(actor_of(request))]})


@require_GET
@audit.personal
def held(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """One that waits: who asks for what, whom it is about, what would be provided."""
    return _page(request, inquiry_id, BoundForm(FORM, {}))


@require_POST
@audit.personal
def decide(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """Provide, or not; the button says which, and without it nothing is decided: neither can be taken back."""
    actor, decision = actor_of(request), request.POST.get("decision", "")
    audit.require(actor, ChukanPermission.INQUIRY_DECIDE)
    if decision not in (PROVIDE, DECLINE):
        return HttpResponseBadRequest()
    form = BoundForm(FORM, request.POST).with_missing()
    if form.has_errors:
        return _page(request, inquiry_id, form, status=422)
    provide, seen = decision == PROVIDE, form.value("seen")
    try:
        decide_held(actor, inquiry_id, provide=provide, reason=form.value("reason"), seen_version=int(seen) if seen.isdecimal() else None)
    except CannotDo as refused:
        return _page(request, inquiry_id, form.with_problems([Problem("", str(refused))]), status=422)
    flash.say(request, "success", "提供することにしました。回答は自動で送信します。" if provide else "提供しないことにしました。相手方へ自動で知らせます。")
    return HttpResponseRedirect(reverse("chukan:waiting"))


def _page(request: HttpRequest, inquiry_id: UUID, form: BoundForm, status: int = 200) -> HttpResponse:
    found = to_provide(actor_of(request), inquiry_id)
    told = found.told
    context = {
        "line": line_of(found.inquiry),
        "version": found.replica_version,
        "person": facts_of(told, _IDENTIFIED_BY) if told else [],
        "provided": facts_of(told, tuple(found.items)) if told else [],
        "has_replica": told is not None,
        "form": form,
    }
    return render(request, "chukan/held.html", context, status=status)


ROUTES = [
    path("waiting/", waiting, name="waiting"),
    path("waiting/<uuid:inquiry_id>/", held, name="held"),
    path("waiting/<uuid:inquiry_id>/decide/", decide, name="decide"),
]
