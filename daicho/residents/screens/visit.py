"""受付 — who came, with what right, how identified, for what; then the next. 住民基本台帳法第12条, 第27条; F-1-01."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST

from daicho import audit
from daicho.residents.commands import visits
from daicho.residents.errors import CannotDo
from daicho.residents.permissions import Permission
from daicho.residents.rules.representation import AUTHORITIES
from daicho.residents.rules.visits import DOCUMENT_WORDS, DOCUMENTS, IDENTITY_CHECKS, IDENTITY_WORDS, STANDINGS, VisitForm
from daicho.residents.rules.vocabulary import word
from daicho.residents.screens import picking, search_words
from daicho.residents.screens.answers import go
from daicho.residents.screens.counter import Counter, at_counter
from daicho.residents.screens.for_visitor import RETURN_TO
from daicho.ui import flash
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem, Width

FIELDS = (
    FieldSpec("visitor_name", "来庁した人の氏名", Kind.NAME, required=True, max_length=100),
    FieldSpec("standing", "資格", Kind.RADIO, required=True, choices=tuple(Choice(*each) for each in STANDINGS)),
    FieldSpec("identity_check", "本人確認の方法", Kind.RADIO, required=True, choices=tuple(Choice(*each) for each in IDENTITY_CHECKS)),
    FieldSpec("identity_documents", "確認した書類", Kind.CHECKBOXES, choices=tuple(Choice(*each) for each in DOCUMENTS)),
    FieldSpec("purpose", "用件", required=True, width=Width.FULL, max_length=200, hint="例：転入の届出、住民票の写しの請求（年金の手続のため）"),
    FieldSpec("authority", "代理の権限を示す書類", Kind.SELECT, choices=tuple(Choice(*each) for each in AUTHORITIES), hint="法定代理人・任意代理人のときだけ"),
    FieldSpec("authority_note", "その内容", width=Width.FULL, max_length=200, hint="例：委任者 花園太郎　令和8年4月1日作成の委任状"),
)


@require_http_methods(["GET", "POST"])
def visit(request: HttpRequest) -> HttpResponse:
    """Open a visit. While one is open it is shown instead: two visitors are never served at once."""
    counter = at_counter(request)
    audit.require(counter.actor, Permission.VISIT_OPEN)
    if counter.visit is not None:
        return _in_hand(request, counter, status=200 if request.method == "GET" else 409)
    if request.method == "GET":
        return _page(request, BoundForm(FIELDS, {}))
    form = BoundForm(FIELDS, request.POST).with_overlong()  # what is missing is for the rules to say
    if form.unknown_names():
        return HttpResponseBadRequest()
    if form.has_errors:
        return _page(request, form, status=422)
    try:
        opened = visits.open_visit(counter.actor, _visit_form(form))
    except CannotDo as refused:  # the button was pressed twice, or in two windows: the visit in hand is shown
        return go(request, "visit", say=refused.message, level="warning")
    if opened.visit is None:
        return _page(request, form.with_problems(Problem(field, message) for field, message in opened.problems), status=422)
    flash.say(request, "success", f"受付{opened.visit.visit_no}を始めました。")
    going = request.session.pop(RETURN_TO, "")
    return HttpResponseRedirect(going) if going else go(request, "search")


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """The visitor has left; nothing of them stays in the officer's session."""
    counter = at_counter(request)
    audit.require(counter.actor, Permission.VISIT_OPEN)
    try:
        named = UUID(request.POST.get("visit", ""))
    except ValueError:
        return HttpResponseBadRequest()
    for key in (search_words.KEY, picking.KEY, RETURN_TO):
        request.session.pop(key, None)
    try:
        visits.close_visit(counter.actor, named)
    except CannotDo as refused:
        return go(request, "visit", say=refused.message, level="warning")
    return go(request, "visit", say="受付を終えました。次の来庁者の受付を始められます。")


def _visit_form(form: BoundForm) -> VisitForm:
    return VisitForm(
        form.value("visitor_name"),
        form.value("standing"),
        form.value("identity_check"),
        form.cleaned_values("identity_documents"),
        form.value("purpose"),
        form.value("authority"),
        form.value("authority_note"),
    )


def _page(request: HttpRequest, form: BoundForm, status: int = 200) -> HttpResponse:
    return render(request, "residents/visit.html", {"form": form}, status=status)


def _in_hand(request: HttpRequest, counter: Counter, status: int) -> HttpResponse:
    visit = counter.visit
    assert visit is not None
    context = {
        "visit": visit,
        "standing": word(STANDINGS, visit.standing),
        "identity_check": word(IDENTITY_WORDS, visit.identity_check),
        "documents": [word(DOCUMENT_WORDS, document) for document in visit.identity_documents],
        "authority": word(AUTHORITIES, visit.authority) if visit.authority else "",
    }
    return render(request, "residents/visit_in_hand.html", context, status=status)


ROUTES = [path("visit/", visit, name="visit"), path("visit/close/", close, name="visit_close")]
