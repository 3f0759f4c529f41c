"""個人番号を利用できる事務の画面 — the dated list, entering a change, and the second officer's approval. 番号法第9条第1項 別表; S4-06, F-1-06."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_POST

from daicho import audit, clock
from daicho.atena.commands import UseForm, UseProblem, approve_use, enter_use
from daicho.atena.permissions import AtenaPermission
from daicho.atena.queries.legal_uses import Approval, list_uses
from daicho.staff.queries import actor_of
from daicho.ui import flash
from daicho.ui.dates import wareki_text
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem, Width
from daicho.values.dates import BadDate, JapaneseDate

YES, NO = "yes", "no"
ENTRY = (
    FieldSpec("department_code", "部署コード", required=True, letters="latin", width=Width.SHORT, max_length=20),
    FieldSpec("department_ja", "部署", required=True, width=Width.LONG, max_length=100),
    FieldSpec("affair_code", "事務コード", required=True, letters="latin", width=Width.SHORT, max_length=20),
    FieldSpec("affair_ja", "事務", required=True, width=Width.FULL, max_length=200),
    FieldSpec("legal_basis", "根拠法令", required=True, width=Width.FULL, max_length=200, hint="例：番号法第9条第1項 別表"),
    FieldSpec("allowed", "利用", Kind.RADIO, required=True, choices=(Choice(YES, "この日から利用できる"), Choice(NO, "この日から利用できない"))),
    FieldSpec("valid_from", "開始日", Kind.DATE, required=True, width=Width.MEDIUM, max_length=40),
    FieldSpec("reason", "理由", required=True, width=Width.FULL, max_length=200),
)


@dataclass(frozen=True)
class Line:
    """A period as it is drawn."""

    approval: Approval
    first_day: str
    last_day: str
    badge: str
    standing: str


@require_GET
def legal_uses(request: HttpRequest) -> HttpResponse:
    """The list, what waits for approval, and the form of a new entry."""
    return _page(request, BoundForm(ENTRY, {"allowed": YES, "legal_basis": "番号法第9条第1項 別表"}))


@require_POST
def entered(request: HttpRequest) -> HttpResponse:
    """Enter it; it holds once another officer has approved it."""
    actor = actor_of(request)
    audit.require(actor, AtenaPermission.LEGAL_USE_ENTER)
    form = BoundForm(ENTRY, request.POST).with_missing()
    if form.unknown_names() or (form.value("allowed") and form.value("allowed") not in (YES, NO)):
        return HttpResponseBadRequest()
    valid_from, problem = _day(form.value("valid_from"))
    form = form.with_problems([problem] if problem else [])
    if form.has_errors or valid_from is None:
        return _page(request, form, status=422)
    words = {name: form.value(name) for name in ("department_code", "department_ja", "affair_code", "affair_ja", "legal_basis", "reason")}
    try:
        enter_use(actor, UseForm(**words, valid_from=valid_from, allowed=form.value("allowed") == YES))
    except UseProblem as found:
        return _page(request, form.with_problems([Problem(found.field, str(found))]), status=422)
    return _said(request, "success", "入力しました。別の職員が承認すると、開始日から効力を持ちます。")


@require_POST
def approved(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Put an entry in force, as the second officer."""
    actor = actor_of(request)
    audit.require(actor, AtenaPermission.LEGAL_USE_APPROVE)
    try:
        approve_use(actor, entry_id)
    except UseProblem as found:
        return _said(request, "error", str(found))
    return _said(request, "success", "承認しました。")


def _said(request: HttpRequest, level: flash.Level, words: str) -> HttpResponse:
    flash.say(request, level, words)
    return HttpResponseRedirect(reverse("atena:legal_uses"))


def _page(request: HttpRequest, form: BoundForm, status: int = 200) -> HttpResponse:
    actor, today = actor_of(request), clock.today()
    shown = list_uses(actor)
    context = {
        "lines": [_line(approval, today) for approval in shown.approved],
        "waiting": [(one, wareki_text(one.use.valid_from), one.entered_by != actor.login) for one in shown.waiting],
        "form": form,
        "may_enter": actor.may(AtenaPermission.LEGAL_USE_ENTER),
        "may_approve": actor.may(AtenaPermission.LEGAL_USE_APPROVE),
    }
    return render(request, "atena/legal_uses.html", context, status=status)


def _line(approval: Approval, today: date) -> Line:
    use, last_day = approval.period.use, approval.period.last_day
    if use.valid_from > today:
        badge, standing = "waiting", "これから"
    elif last_day is not None and last_day < today:
        badge, standing = "neutral", "終了"
    else:
        badge, standing = "success", "利用できる"
    return Line(approval, wareki_text(use.valid_from), wareki_text(last_day), badge, standing)


def _day(text: str) -> tuple[date | None, Problem | None]:
    """The day that was typed, which must be one of the calendar; (None, None) for an empty text, which is missing already."""
    if not text:
        return None, None
    try:
        return JapaneseDate.parse(text).certain(), None
    except BadDate as bad:
        return None, Problem("valid_from", str(bad))


ROUTES = [
    path("legal-uses/", legal_uses, name="legal_uses"),
    path("legal-uses/enter/", entered, name="legal_use_enter"),
    path("legal-uses/<int:entry_id>/approve/", approved, name="legal_use_approve"),
]
