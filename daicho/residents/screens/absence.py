"""不在住証明・廃棄済証明の画面 — what was looked for, whether anything answers to it, and the paper; by POST, and nobody is named. domain §4.7, §5.8."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.urls import path
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from daicho.certificates.absence import ABSENCE, DISCARDED
from daicho.certificates.record import Searched
from daicho.residents.commands.absence import issue_absence
from daicho.residents.commands.handing_over import AlreadyIssued, NotToBeIssued
from daicho.residents.permissions import Permission
from daicho.residents.queries.absence import Looked, preview_absence
from daicho.residents.screens.counter import Counter
from daicho.residents.screens.for_visitor import for_visitor
from daicho.residents.screens.last_hop import PaperResponse, click_of
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem, Width
from daicho.values.dates import BadDate, JapaneseDate

SPECS = (
    FieldSpec(
        "kind", "証明", Kind.RADIO, required=True,
        choices=(Choice(ABSENCE.code, "不在住証明", "その住所にその氏名の住民票も除票もない"), Choice(DISCARDED.code, "廃棄済証明", "除票を保存期間の経過により廃棄した")),
    ),
    FieldSpec("name", "氏名", Kind.NAME, required=True, max_length=100, hint="申請書のとおりに。入力したとおりに載ります"),
    FieldSpec("address", "住所", Kind.ADDRESS, required=True, width=Width.FULL, max_length=200, hint="申請書のとおりに、番地まで。例　北海道小樽市花園2丁目12番1号"),
    FieldSpec("birth_date", "生年月日", width=Width.MEDIUM, hint="わかるときだけ。例　昭和10年5月5日"),
    FieldSpec("removed_on", "消除された日", width=Width.MEDIUM, hint="廃棄済証明のとき。わかる所まで。例　平成20年3月日不詳"),
    FieldSpec("purpose", "使用目的", required=True, width=Width.FULL, max_length=200),
)  # fmt: skip
_BESIDE = ("csrfmiddlewaretoken", "once")


class _Unreadable(ValueError):
    """A date that cannot be read; the field and the clerk's sentence."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class _Sent:
    code: str
    searched: Searched
    purpose: str


def _date(form: BoundForm, field: str) -> JapaneseDate | None:
    text = form.value(field).strip()
    if not text:
        return None
    try:
        return JapaneseDate.parse(text)
    except BadDate as bad:
        raise _Unreadable(field, str(bad)) from None


def _sent(form: BoundForm) -> _Sent:
    searched = Searched(form.value("name").strip(), form.value("address").strip(), _date(form, "birth_date"), _date(form, "removed_on"))
    return _Sent(form.value("kind"), searched, form.value("purpose"))


@require_GET
@for_visitor(Permission.CERTIFICATE_ISSUE)
def absence(request: HttpRequest, counter: Counter) -> HttpResponse:
    """The form, for the use that the visitor named. Nothing is looked for yet."""
    assert counter.visit is not None
    return _page(request, BoundForm(SPECS, {"kind": ABSENCE.code, "purpose": counter.visit.purpose}))


@sensitive_post_parameters("name", "address", "birth_date")
@require_POST
@for_visitor(Permission.CERTIFICATE_ISSUE)
def look(request: HttpRequest, counter: Counter) -> HttpResponse:
    """Whether it can be issued: yes, or why not; of whom it is, never."""
    assert counter.visit is not None
    form, sent = _read(request.POST)
    if form.unknown_names(_BESIDE):
        return HttpResponseBadRequest()
    if sent is None:
        return _page(request, form, status=422)
    looked = preview_absence(counter.actor, counter.visit, sent.code, sent.searched, sent.purpose)
    return _page(request, form, looked=looked, refused=looked.reasons, status=422 if looked.reasons else 200)


@sensitive_post_parameters("name", "address", "birth_date")
@require_POST
@for_visitor(Permission.CERTIFICATE_ISSUE)
def issue(request: HttpRequest, counter: Counter) -> HttpResponse:
    """交付: searched once more, and the PDF itself."""
    assert counter.visit is not None
    form, sent = _read(request.POST)
    try:
        once = UUID(request.POST.get("once", ""))
    except ValueError:
        return HttpResponseBadRequest()
    if form.unknown_names(_BESIDE):
        return HttpResponseBadRequest()
    if sent is None:
        return _page(request, form, status=422)
    try:
        issued = issue_absence(counter.actor, counter.visit, sent.code, sent.searched, sent.purpose, click_of(request, once))
    except NotToBeIssued as refused:
        preview_absence(counter.actor, counter.visit, sent.code, sent.searched, sent.purpose)  # whoever was found stands in the trail
        return _page(request, form, refused=refused.reasons, status=422)
    except AlreadyIssued as refused:
        return _page(request, form, refused=(("", refused.message),), status=409)
    return PaperResponse(issued, None, filename="shomei.pdf")


def _read(data: Mapping[str, str]) -> tuple[BoundForm, _Sent | None]:
    form = BoundForm(SPECS, data).with_overlong()
    if not form.has_errors:
        form = form.with_missing()
    if form.has_errors or form.value("kind") not in (ABSENCE.code, DISCARDED.code):
        return form, None
    try:
        return form, _sent(form)
    except _Unreadable as bad:
        return form.with_problems([Problem(bad.field, str(bad))]), None


def _page(
    request: HttpRequest, form: BoundForm, *, looked: Looked | None = None, refused: tuple[tuple[str, str], ...] = (), status: int = 200
) -> HttpResponse:  # fmt: skip
    fields = {spec.name for spec in SPECS}
    form = form.with_problems([Problem(key if key in fields else "", message) for key, message in refused])
    return render(
        request, "residents/absence.html", {"form": form, "looked": looked, "once": uuid4(), "may_issue": looked is not None and not refused}, status=status
    )


ROUTES = [
    path("absence/", absence, name="absence"),
    path("absence/look/", look, name="absence_look"),
    path("absence/issue/", issue, name="absence_issue"),
]
