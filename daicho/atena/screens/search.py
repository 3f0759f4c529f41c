"""統合宛名の検索 — by a number or by the 5情報, for a purpose, by POST; whoever is shown is on record first. S4-07; F-0-12, F-1-13, F-1-16."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from daicho import audit
from daicho.atena.permissions import AtenaPermission
from daicho.atena.queries.legal_uses import affair_names
from daicho.atena.queries.persons import PersonView
from daicho.atena.queries.persons import search as find
from daicho.atena.rules.search import SearchForm, read_search
from daicho.atena.rules.vocabulary import REGISTER, REGISTER_JA, SEXES, STATES_JA
from daicho.atena.screens import purpose
from daicho.atena.screens.words import PURPOSES, STATE_BADGES
from daicho.audit.middleware import PERSONAL
from daicho.staff.queries import actor_of
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem, Width

ANY = "any"
_NAMES = tuple(field.name for field in fields(SearchForm))


@dataclass(frozen=True)
class Row:
    """A person as a list draws them."""

    public_id: UUID
    integrated_atena_no: str
    name: str
    furigana: str
    birth: str
    sex: str
    address: str
    badge: str
    state: str
    is_blocked: bool


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """The form."""
    audit.require(actor_of(request), AtenaPermission.PERSON_SEARCH)
    form = BoundForm(_specs(), {"purpose": purpose.chosen(request), "affair_code": REGISTER, "sex": ANY})
    return render(request, "atena/search.html", {"form": form})


@require_POST
def results(request: HttpRequest) -> HttpResponse:
    """The persons found; or the form again, as typed, with every problem at its field."""
    actor = actor_of(request)
    audit.require(actor, AtenaPermission.PERSON_SEARCH)
    form = BoundForm(_specs(), request.POST)
    if form.unknown_names():
        return HttpResponseBadRequest()
    words = {name: str(value) for name, value in form.cleaned().items() if value and value != ANY}
    keys, problems = read_search(SearchForm(**{name: words.get(name, "") for name in _NAMES}))
    form = form.with_missing().with_problems(Problem(field, message) for field, message in problems)
    if words.get("purpose", "") not in PURPOSES and not form.has_errors:
        return HttpResponseBadRequest()
    if form.has_errors or keys is None:
        return render(request, "atena/search.html", {"form": form}, status=422)
    found, more = find(actor, keys, purpose.choose(request, words["purpose"]))
    setattr(request, PERSONAL, True)
    return render(request, "atena/search_results.html", {"rows": [row_of(person) for person in found], "more": more, "purpose": PURPOSES[words["purpose"]]})


def row_of(person: PersonView) -> Row:
    basics = person.basics
    return Row(
        person.public_id, person.integrated_atena_no, basics.name or "（氏名空欄）", basics.name_furigana or "", basics.birth_date.as_written,
        SEXES.get(basics.sex_code, ""), basics.address, STATE_BADGES[person.state], STATES_JA[person.state], person.is_blocked,
    )  # fmt: skip


def _specs() -> tuple[FieldSpec, ...]:
    affairs = {REGISTER: REGISTER_JA, **affair_names()}
    return (
        FieldSpec("purpose", "照会の目的", Kind.SELECT, required=True, choices=_choices(PURPOSES), width=Width.LONG),
        FieldSpec("integrated_atena_no", "統合宛名番号", letters="digits", width=Width.MEDIUM, max_length=20, hint="15桁"),
        FieldSpec("affair_code", "宛名番号の事務", Kind.SELECT, choices=_choices(affairs), width=Width.LONG),
        FieldSpec("atena_no", "宛名番号", letters="digits", width=Width.MEDIUM, max_length=20),
        FieldSpec("name", "氏名・フリガナ", Kind.NAME, width=Width.FULL, max_length=100, hint="氏から始まる一部でも。漢字・かな・ローマ字のどれでも。"),
        FieldSpec("birth", "生年月日", Kind.DATE, width=Width.MEDIUM, max_length=40, hint="例：S60.4.1、昭和60年4月1日、1985-04-01"),
        FieldSpec("address", "住所", Kind.NAME, max_length=200, hint="例：花園2丁目"),
        FieldSpec("sex", "性別", Kind.RADIO, choices=(Choice(ANY, "指定しない"), Choice("1", SEXES["1"]), Choice("2", SEXES["2"]))),
    )


def _choices(words: Mapping[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(value, label) for value, label in words.items())


ROUTES = [path("search/", search, name="search"), path("search/found/", results, name="search_results")]
