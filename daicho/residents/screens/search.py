"""検索 — finding a person for the visitor: one wide box for names, other keys beside it, by POST; no type-ahead over persons. std 2.1; F-0-12, F-1-13."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from daicho import clock
from daicho.audit.actor import Actor
from daicho.residents.permissions import Permission
from daicho.residents.queries.search import SHOWN, Hit
from daicho.residents.queries.search import search as find
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.search_keys import ADDRESS_TERMS, SearchForm, SearchKeys, read_search
from daicho.residents.rules.vocabulary import SEXES
from daicho.residents.screens import picking, search_words
from daicho.residents.screens.answers import go, personal_page
from daicho.residents.screens.counter import Counter
from daicho.residents.screens.entry_words import entry_text
from daicho.residents.screens.for_visitor import for_visitor
from daicho.residents.screens.standing import Standing, standing_of
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem, Width
from daicho.values.dates import JapaneseDate, wareki

ROWS = SHOWN - 1
ANY = "any"
KEYS = (
    FieldSpec("name", "氏名・フリガナ", Kind.NAME, width=Width.FULL, max_length=100, hint="漢字・かな・ローマ字のどれでも。旧氏・通称、過去の氏名も探します。"),
    FieldSpec(
        "match",
        "氏名の一致",
        Kind.RADIO,
        choices=(Choice(ANY, "一部でも"), Choice("exact", "完全一致")),
        hint="完全一致では、氏・名・氏名のどれかがそのとおりの人だけを探します。",
    ),
    FieldSpec("address", "住所・方書", Kind.NAME, max_length=200, hint="例：花園2丁目。過去の住所も探します。"),
    FieldSpec(
        "birth", "生年月日", width=Width.MEDIUM, max_length=40, hint="例：S60.4.1、昭和60年4月1日、1985-04-01。「S60」「1985年4月」のように年や年月だけでも。"
    ),
    FieldSpec("atena_no", "宛名番号", letters="digits", width=Width.MEDIUM, max_length=20),
    FieldSpec("sex", "性別", Kind.RADIO, choices=(Choice(ANY, "指定しない"), *(Choice(code, ja) for code, ja in SEXES))),
    FieldSpec("household_no", "世帯番号", letters="digits", width=Width.MEDIUM, max_length=20),
)
NUMBERS = (
    FieldSpec("individual_number", "個人番号", Kind.NUMBER, width=Width.MEDIUM, max_length=20),
    FieldSpec("juminhyo_code", "住民票コード", Kind.NUMBER, width=Width.MEDIUM, max_length=20),
    FieldSpec("residence_card_no", "在留カード等の番号", Kind.NUMBER, width=Width.MEDIUM, max_length=20, letters="latin"),
)
_NAMES = tuple(field.name for field in fields(SearchForm))


@dataclass(frozen=True)
class Row:
    """A hit as it is drawn."""

    public_id: str
    name: str
    kana: str
    birth: str
    sex: str
    address: str
    building: str
    head: str
    standing: Standing
    past: str
    is_archived: bool


@require_GET
@for_visitor(Permission.PERSON_SEARCH)
def search(request: HttpRequest, counter: Counter) -> HttpResponse:
    """The form, filled with what this visit searched for last."""
    assert counter.visit is not None
    words = {} if "clear" in request.GET else search_words.last(request, counter.visit)
    return _form_page(request, counter.actor, BoundForm(_specs(counter.actor), {"sex": ANY, "match": ANY, **words}))


@require_POST
@for_visitor(Permission.PERSON_SEARCH)
def results(request: HttpRequest, counter: Counter) -> HttpResponse:
    """The persons found; or the form again, as typed, with every problem at its field. `again` repeats the visit's last search."""
    assert counter.visit is not None
    again = "again" in request.POST
    typed: Mapping[str, str] = search_words.last(request, counter.visit) if again else request.POST
    if again and not typed:
        return go(request, "search")
    form = BoundForm(_specs(counter.actor), typed)
    if form.unknown_names():
        return HttpResponseBadRequest()
    words = {name: str(value) for name, value in form.cleaned().items() if value and value != ANY}
    keys, problems = read_search(SearchForm(**{name: words.get(name, "") for name in _NAMES}))
    if problems:
        return _form_page(request, counter.actor, form.with_problems(Problem(field, message) for field, message in problems), status=422)
    found = find(counter.actor, keys)
    search_words.keep(request, counter.visit, words)
    today = clock.today()
    context = {
        "rows": [_row(hit, today) for hit in found.hits[:ROWS]],
        "more": len(found.hits) > ROWS,
        "count_text": found.count_text,
        "asked": _asked(form, keys),
        "picking": picking.current(request),
    }
    return personal_page(request, "residents/search_results.html", context)


@require_POST
@for_visitor(Permission.PERSON_SEARCH)
def stop_picking(request: HttpRequest, counter: Counter) -> HttpResponse:
    """Back to the screen that asked for a person, without one."""
    asked = picking.current(request)
    picking.end(request)
    return HttpResponseRedirect(asked.back) if asked else go(request, "search")


def _specs(actor: Actor) -> tuple[FieldSpec, ...]:
    return KEYS + (NUMBERS if actor.may(Permission.NUMBER_SEARCH) else ())


def _form_page(request: HttpRequest, actor: Actor, form: BoundForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "by_number": actor.may(Permission.NUMBER_SEARCH), "picking": picking.current(request)}
    return render(request, "residents/search.html", context, status=status)


def _asked(form: BoundForm, keys: SearchKeys) -> list[tuple[str, str]]:
    """The conditions as the clerk typed them; numbers only by their name."""
    asked = []
    for spec in form.specs:
        value = form.value(spec.name)
        if value and value != ANY:
            asked.append((spec.label, _as_read(spec, value, keys)))
    return asked


def _as_read(spec: FieldSpec, value: str, keys: SearchKeys) -> str:
    if spec.kind is Kind.NUMBER:
        return "（入力した番号）"
    if spec.name == "birth" and keys.birth:
        return _birth_asked(keys.birth)
    return {choice.value: choice.label for choice in spec.choices}.get(value, "") if spec.kind is Kind.RADIO else value


def _birth_asked(birth: JapaneseDate) -> str:
    """In 和暦, without the words for what was not asked; a Western year of two eras by its ends (N-1.1.9-06)."""
    return birth.wareki().split(" ")[0] if birth.in_era.same_bounds(birth) else f"{wareki(birth.first)}から{wareki(birth.last)}まで"


def _row(hit: Hit, today: date) -> Row:
    entries = hit.entries
    return Row(
        hit.public_id, shown_name(entries) or "（氏名空欄）", kana_of(entries), entry_text("birth_date", entries), entry_text("sex_code", entries),
        entries.address or "", entries.address_building or "", entries.householder_name or "", standing_of(entries, today),
        "" if hit.past is None else "過去の住所" if hit.past in ADDRESS_TERMS else "過去の氏名", hit.is_archived,
    )  # fmt: skip


def kana_of(entries: SheetEntries) -> str:
    return entries.name_kana or entries.foreign_name_katakana or entries.foreign_alias_kana or ""


ROUTES = [
    path("search/", search, name="search"),
    path("search/found/", results, name="search_results"),
    path("search/stop-picking/", stop_picking, name="stop_picking"),
]
