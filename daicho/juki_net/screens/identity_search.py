"""本人確認情報の検索 — by a number, or by two of the person's items, for a case; by POST, and never more than a few people. F-2-03, F-2-10; S2-04."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.urls import path
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from daicho import audit
from daicho.audit.actor import Actor
from daicho.juki_net.permissions import JukiNetPermission
from daicho.juki_net.queries.identity import Person, SearchRefused
from daicho.juki_net.queries.identity import search as find
from daicho.juki_net.rules.case import read_case
from daicho.juki_net.rules.layouts import code_list
from daicho.juki_net.rules.search import Key, SearchForm
from daicho.juki_net.screens import case_in_hand
from daicho.juki_net.screens.item_words import item_text
from daicho.staff.queries import actor_of
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem, Width

ANY = "any"
SEXES = tuple(Choice(code.code, code.ja) for code in code_list("sex").values())
NUMBERS = {
    JukiNetPermission.SEARCH_BY_CODE: FieldSpec("juminhyo_code", "住民票コード", Kind.NUMBER, width=Width.MEDIUM, max_length=20),
    JukiNetPermission.SEARCH_BY_NUMBER: FieldSpec("individual_number", "個人番号", Kind.NUMBER, width=Width.MEDIUM, max_length=20),
}
ITEMS = (
    FieldSpec("name", "氏名・フリガナ", Kind.NAME, max_length=100, hint="はじめから2文字以上。旧氏でも探します。ローマ字は氏名の全部を入力してください。"),
    FieldSpec("address", "住所", Kind.NAME, max_length=200, hint="市内の町名から。例：花園2丁目1番"),
    FieldSpec("birth", "生年月日", width=Width.MEDIUM, max_length=40, hint="例：S60.4.1、1985-04-01。不詳のときは「昭和60年 月日不詳」のように。"),
    FieldSpec("sex", "性別", Kind.RADIO, choices=(Choice(ANY, "指定しない"), *SEXES)),
)


@dataclass(frozen=True)
class Row:
    """A person of the list, as it is drawn: without a digit of any number."""

    public_id: UUID
    name: str
    kana: str
    former_surname: str
    birth: str
    sex: str
    address: str
    is_current: bool
    is_blocked: bool


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """The form, with the case in hand."""
    actor = _searcher(request)
    return _form_page(request, actor, BoundForm(_specs(actor), {"sex": ANY, **case_in_hand.typed(case_in_hand.current(request))}))


@audit.personal
@sensitive_post_parameters()
@require_POST
def results(request: HttpRequest) -> HttpResponse:
    """The few people found; or the form again with everything that is wrong with it."""
    actor = _searcher(request)
    form = BoundForm(_specs(actor), request.POST).with_missing()
    if form.unknown_names():
        return HttpResponseBadRequest()
    words = {name: str(value) for name, value in form.cleaned().items() if value and value != ANY}
    case, wrong = read_case(words.get("purpose", ""), words.get("case_no", ""), words.get("reason", ""))
    if case is None:
        return _form_page(
            request, actor, form.with_problems([Problem(field, message) for field, message in wrong if field != "purpose" or words.get("purpose")]), 422
        )
    case_in_hand.keep(request, case)
    try:
        found = find(actor, SearchForm(**{key.value: words.get(key, "") for key in Key}), case)
    except SearchRefused as refused:
        known = {spec.name for spec in form.specs}
        problems = [Problem(problem.field if problem.field in known else "", problem.message) for problem in refused.problems]
        return _form_page(request, actor, form.with_problems(problems), 422)
    context = {"rows": [_row(person) for person in found.people], "found": found, "case": case, "may_read": actor.may(JukiNetPermission.IDENTITY_READ)}
    return render(request, "juki_net/identity_found.html", context)


def _searcher(request: HttpRequest) -> Actor:
    """The officer, who may search by something; audit.Refused (recorded) otherwise."""
    actor = actor_of(request)
    if not any(actor.may(right) for right in NUMBERS):
        audit.require(actor, JukiNetPermission.SEARCH_BY_ITEMS)
    return actor


def _specs(actor: Actor) -> tuple[FieldSpec, ...]:
    """Only the keys that the officer may search by."""
    numbers = tuple(spec for right, spec in NUMBERS.items() if actor.may(right))
    return (*case_in_hand.SPECS, *numbers, *(ITEMS if actor.may(JukiNetPermission.SEARCH_BY_ITEMS) else ()))


def _form_page(request: HttpRequest, actor: Actor, form: BoundForm, status: int = 200) -> HttpResponse:
    shown = form.without_value("juminhyo_code", "individual_number") if status == 200 else form
    names = {spec.name for spec in form.specs}
    return render(request, "juki_net/identity_search.html", {"form": shown, "names": names}, status=status)


def _row(person: Person) -> Row:
    items = person.items
    return Row(
        person.public_id,
        items.name_kanji,
        items.name_furigana or "",
        items.former_surname_kanji or "",
        item_text("birth_date", items),
        item_text("sex_code", items),
        items.address,
        items.is_current,
        person.is_blocked,
    )


ROUTES = [
    path("identity/", search, name="identity_search"),
    path("identity/found/", results, name="identity_found"),
]
