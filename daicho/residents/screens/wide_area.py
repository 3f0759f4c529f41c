"""広域交付の画面 — the card of somebody of another city, what they ask for, and the copy. 住民基本台帳法第12条の4; domain §4.5."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from daicho import city, clock
from daicho.residents.commands.handing_over import AlreadyIssued, NotToBeIssued
from daicho.residents.commands.wide_area import Wanted, issue_wide_area
from daicho.residents.permissions import Permission
from daicho.residents.rules.wide_area import read_asked
from daicho.residents.screens.counter import Counter
from daicho.residents.screens.for_visitor import for_visitor
from daicho.residents.screens.last_hop import PaperResponse, click_of
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem, Width

ALONE, HOUSEHOLD = "alone", "household"
SHOWN = (
    Choice("with_relationship", "世帯主・続柄"),
    Choice("with_individual_number", "個人番号"),
    Choice("with_juminhyo_code", "住民票コード"),
    Choice("with_residence_items", "国籍・在留資格など", "外国人住民だけ"),
)
_BESIDE = ("csrfmiddlewaretoken", "once")


def _specs() -> tuple[FieldSpec, ...]:
    return (
        FieldSpec(
            "number", "カードから読み取った番号", Kind.NUMBER, required=True, width=Width.MEDIUM, max_length=20,
            hint="11桁の住民票コード、又は12桁の個人番号。照会の後は残りません。",
        ),
        FieldSpec(
            "municipality", "住所地の市区町村", Kind.ADDRESS, required=True, width=Width.MEDIUM, candidates_url=reverse("ui:candidates", args=["municipalities"])
        ),
        FieldSpec("people", "載せる人", Kind.RADIO, required=True, choices=(Choice(ALONE, "本人だけ"), Choice(HOUSEHOLD, "世帯全員"))),
        FieldSpec("shown", "記載する事項", Kind.CHECKBOXES, choices=SHOWN, hint="選ばない事項は省略します。本籍・筆頭者と履歴は、広域交付では載りません（法第12条の4第4項）。"),
        FieldSpec("use_confirmed", "番号を両方記載する目的を確かめた", Kind.CHECKBOX),
        FieldSpec("purpose", "使用目的", required=True, width=Width.FULL, max_length=200),
    )  # fmt: skip


@require_GET
@for_visitor(Permission.WIDE_AREA_ISSUE)
def wide_area(request: HttpRequest, counter: Counter) -> HttpResponse:
    """The form, for the use that the visitor named. Nobody is asked yet."""
    assert counter.visit is not None
    return _page(request, BoundForm(_specs(), {"people": ALONE, "purpose": counter.visit.purpose}))


@sensitive_post_parameters("number")
@require_POST
@for_visitor(Permission.WIDE_AREA_ISSUE)
def issue(request: HttpRequest, counter: Counter) -> HttpResponse:
    """照会して交付する: the PDF itself, or the form again without the number, with every reason."""
    assert counter.visit is not None
    form = BoundForm(_specs(), request.POST).with_overlong()
    try:
        once = UUID(request.POST.get("once", ""))
    except ValueError:
        return HttpResponseBadRequest()
    shown = set(form.cleaned_values("shown"))
    if form.unknown_names(_BESIDE) or shown - {choice.value for choice in SHOWN} or form.value("people") not in (ALONE, HOUSEHOLD, ""):
        return HttpResponseBadRequest()
    form = form if form.has_errors else form.with_missing()
    card, problems = read_asked(form.value("number"), form.value("municipality"), settings.INSTALLATION.municipality_code)
    if not form.has_errors:
        form = form.with_problems([Problem(key, message) for key, message in problems])
    if form.has_errors or card is None:
        return _page(request, form, status=422)
    wanted = Wanted(card, form.value("people") == HOUSEHOLD, use_confirmed=form.value("use_confirmed") == "yes", **dict.fromkeys(shown, True))
    try:
        issued = issue_wide_area(counter.actor, counter.visit, wanted, form.value("purpose"), click_of(request, once))
    except NotToBeIssued as refused:
        fields = {spec.name for spec in _specs()}
        return _page(request, form.with_problems([Problem(key if key in fields else "", text) for key, text in refused.reasons]), status=422)
    except AlreadyIssued as refused:
        return _page(request, form.with_problems([Problem("", refused.message)]), status=409)
    return PaperResponse(issued, None, filename="koiki.pdf")


def _page(request: HttpRequest, form: BoundForm, status: int = 200) -> HttpResponse:
    fee_yen = int(city.setting("fee_wide_area_yen", clock.today()))
    return render(request, "residents/wide_area.html", {"form": form.without_value("number"), "once": uuid4(), "fee_yen": fee_yen}, status=status)


ROUTES = [
    path("wide-area/", wide_area, name="wide_area"),
    path("wide-area/issue/", issue, name="wide_area_issue"),
]
