"""印刷の確認の画面 — one copy: printed well, spoiled and printed again, or taken back. std 1.3.8, 5.5; decision 0052."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from daicho import audit
from daicho.certificates.papers import PAPER_NAMES
from daicho.residents.commands import print_results as commands
from daicho.residents.commands.print_results import Judged, known_of
from daicho.residents.errors import CannotDo
from daicho.residents.models import CertificateIssue
from daicho.residents.permissions import Permission
from daicho.residents.queries.issue_state import issue_state
from daicho.residents.queries.paper_stock import find_copy, place_here, prints_of, sheets_used_for, terminal_names
from daicho.residents.rules.print_results import judging_refusal, reprint_refusal
from daicho.residents.screens.answers import go
from daicho.residents.screens.last_hop import BundleResponse, click_of
from daicho.residents.screens.paper_words import PLAIN, SHEETS, tried
from daicho.staff.queries import actor_of
from daicho.ui.dates import moment
from daicho.ui.forms import BoundForm, FieldSpec, Width

GOOD = (replace(SHEETS, required=False, hint="1枚目の番号、又はすべての番号"), PLAIN)
SPOILED = (
    FieldSpec("reason", "印刷し直す理由", required=True, width=Width.FULL, max_length=200, hint="例　紙詰まり、かすれ、2枚重なって出た"),
    replace(SHEETS, required=False, label="使えなくなった用紙番号", hint="出てきた紙すべての番号。続きの番号は「A000123～A000125」"),
    PLAIN,
)  # fmt: skip

BAD = "bad-"  # two forms of the page ask for sheets


@require_GET
def print_result(request: HttpRequest, public_id: UUID) -> HttpResponse:
    audit.require(actor_of(request), Permission.PAPER_USE)
    return _page(request, _copy(public_id))


@require_POST
def good(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """正しく印刷された."""
    actor = actor_of(request)
    audit.require(actor, Permission.PAPER_USE)
    issue = _copy(public_id)
    form = BoundForm(GOOD, request.POST).with_missing()
    if not form.has_errors:
        form = tried(form, lambda: commands.came_out_well(actor, [issue], Judged(form.value("sheets"), form.value("plain"))))
    if form.has_errors:
        return _page(request, issue, good=form, status=422)
    return go(request, "paper", say="正しく印刷されたことを記録しました。")


@require_POST
def spoiled(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """印刷し直す: the page then offers the very same copy once more."""
    actor = actor_of(request)
    audit.require(actor, Permission.PAPER_USE)
    issue = _copy(public_id)
    form = BoundForm(SPOILED, request.POST, prefix=BAD).with_missing()
    if not form.has_errors:
        form = tried(form, lambda: commands.spoiled(actor, issue, Judged(form.value("sheets"), form.value("plain"), form.value("reason"))))
    if form.has_errors:
        return _page(request, issue, spoiled=form, status=422)
    return go(request, "print_result", public_id, say="書損を記録しました。同じ写しを、同じ発行番号で印刷し直せます（手数料は要りません）。")


@require_POST
def again(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The same copy, under the same number, to be printed once more."""
    actor = actor_of(request)
    audit.require(actor, Permission.CERTIFICATE_ISSUE)
    issue = _copy(public_id)
    try:
        once = UUID(request.POST.get("once", ""))
    except ValueError:
        return HttpResponseBadRequest()
    try:
        return BundleResponse(commands.reprint(actor, issue, click_of(request, once)), once, filename="again.pdf")
    except CannotDo as refused:
        return go(request, "print_result", public_id, say=refused.message, level="error")


def _copy(public_id: UUID) -> CertificateIssue:
    issue = find_copy(public_id)
    if issue is None:
        raise Http404
    return issue


def _page(request: HttpRequest, issue: CertificateIssue, *, good: BoundForm | None = None, spoiled: BoundForm | None = None, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    known = known_of([issue])[issue.pk]
    context = {
        "issue": issue,
        "issued": moment(issue.issued_at),
        "state": issue_state(issue),
        "kind_ja": PAPER_NAMES.get(issue.kind, issue.kind),
        "prints": prints_of(issue),
        "sheets_used": sheets_used_for(issue),
        "names": terminal_names(),
        "once": uuid4(),
        "refused": judging_refusal(known),
        "may_reprint": actor.may(Permission.CERTIFICATE_ISSUE) and not reprint_refusal(known),
        "why_not": reprint_refusal(known) if known.prints else "",
        "print_no": known.next_print_no,
        "good": good or BoundForm(GOOD, {"sheets": place_here(actor).next_no}),
        "spoiled": spoiled or BoundForm(SPOILED, {}, prefix=BAD),
        "may_dispose": actor.may(Permission.ISSUE_DISPOSE),
    }
    return render(request, "residents/print_result.html", context, status=status)


ROUTES = [
    path("issues/<uuid:public_id>/print/", print_result, name="print_result"),
    path("issues/<uuid:public_id>/print/good/", good, name="print_good"),
    path("issues/<uuid:public_id>/print/spoiled/", spoiled, name="print_spoiled"),
    path("issues/<uuid:public_id>/print/again/", again, name="print_again"),
]
