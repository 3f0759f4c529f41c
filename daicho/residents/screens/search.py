"""検索 — finding a person for the visitor: one wide box for names, other keys beside it, by POST; no type-ahead over persons. std 2.1; F-0-12, F-1-13."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from daicho import city, clock
from daicho.audit.actor import Actor
from daicho.city.dictionary_queries import variant_pairs
from daicho.residents.permissions import Permission
from daicho.residents.queries.search import Found, Hit
from daicho.residents.queries.search import search as find
from daicho.residents.queries.search_sql import SHOWN
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.entry_words import entry_text
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.search_history import Search
from daicho.residents.rules.search_keys import SearchForm, read_search
from daicho.residents.rules.search_slips import may_slip
from daicho.residents.screens import picking, search_words
from daicho.residents.screens.answers import go, personal_page
from daicho.residents.screens.counter import Counter
from daicho.residents.screens.for_visitor import for_visitor
from daicho.residents.screens.search_fields import ANY, MORE, UNTOUCHED, asked, specs
from daicho.residents.screens.search_order import ORDERS, in_order
from daicho.residents.screens.standing import Standing, standing_of
from daicho.residents.screens.warnings import short_marks
from daicho.ui.forms import BoundForm, Problem

ROWS = SHOWN - 1
_NAMES = tuple(field.name for field in fields(SearchForm))
_RADIOS = frozenset(UNTOUCHED)


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
    past_text: str
    is_archived: bool
    marks: list[str]


@require_GET
@for_visitor(Permission.PERSON_SEARCH)
def search(request: HttpRequest, counter: Counter) -> HttpResponse:
    """The form, filled with what this visit searched for last, or with a search of the officer's own history (`recall`: its number)."""
    assert counter.visit is not None
    found = search_words.recalled(counter.actor, request.GET["recall"]) if "recall" in request.GET else None
    if found is None and "clear" not in request.GET:
        found = search_words.last(request, counter.actor, counter.visit)
    return _form_page(request, counter.actor, BoundForm(specs(counter.actor), {**UNTOUCHED, **(found.words_kept if found else {})}))


@require_POST
@for_visitor(Permission.PERSON_SEARCH)
def results(request: HttpRequest, counter: Counter) -> HttpResponse:
    """The persons found; or the form again, as typed, with every problem at its field.

    `again` repeats the visit's last search (`order`: its list in another order; `perhaps`: who is nearly as was typed), `recall` one of the history.
    """
    assert counter.visit is not None
    kept = _kept(request, counter)
    if kept is None and {"again", "recall"} & set(request.POST):
        return go(request, "search")
    if kept is not None and kept.needs_number:
        say = "番号は履歴に残していません。番号をもう一度入力して検索してください。"
        return go(request, "search", say=say, level="warning", fragment=f"?recall={kept.no}")
    form = BoundForm(specs(counter.actor), {**UNTOUCHED, **kept.words_kept} if kept else request.POST)
    if form.unknown_names():
        return HttpResponseBadRequest()
    words = {name: str(value) for name, value in form.cleaned().items() if value and not (name in _RADIOS and value == ANY)}
    keys, problems = read_search(
        SearchForm(**{name: words.get(name, "") for name in _NAMES}), _nationalities(words.get("nationality", "")), variant_pairs(clock.today())
    )
    if problems:
        return _form_page(request, counter.actor, form.with_problems(Problem(field, message) for field, message in problems), status=422)
    found = find(counter.actor, keys, perhaps=kept is not None and "perhaps" in request.POST)
    search_words.keep(request, counter.actor, counter.visit, words)
    picks = picking.current(request)
    may_bulk = picks is None and counter.actor.may(Permission.BULK_ISSUE)
    context = {**_list(request, found), "asked": asked(words, keys), "may_slip": may_slip(keys) and not found.perhaps, "picking": picks, "may_bulk": may_bulk}
    return personal_page(request, "residents/search_results.html", context)


def _kept(request: HttpRequest, counter: Counter) -> Search | None:
    """The search that is to be made again, if one is."""
    assert counter.visit is not None
    if "recall" in request.POST:
        return search_words.recalled(counter.actor, request.POST["recall"])
    return search_words.last(request, counter.actor, counter.visit) if "again" in request.POST else None


def _nationalities(typed: str) -> tuple[str, ...]:
    """The codes of the city's table whose word holds what was typed. One query, none when nothing was."""
    return tuple(code.code for code in city.codes("nationality", clock.today()) if typed in code.ja) if typed else ()


def _list(request: HttpRequest, found: Found) -> dict[str, object]:
    order, today = request.POST.get("order", ""), clock.today()
    hits = in_order(found.hits[:ROWS], order)
    return {
        "rows": [_row(hit, today) for hit in hits], "more": len(found.hits) > ROWS, "count_text": found.count_text, "perhaps": found.perhaps,
        "orders": ORDERS, "order": order if order in dict(ORDERS) else ORDERS[0][0],
    }  # fmt: skip


@require_POST
@for_visitor(Permission.PERSON_SEARCH)
def stop_picking(request: HttpRequest, counter: Counter) -> HttpResponse:
    """Back to the screen that asked for a person, without one."""
    asked_for = picking.current(request)
    picking.end(request)
    return HttpResponseRedirect(asked_for.back) if asked_for else go(request, "search")


def _form_page(request: HttpRequest, actor: Actor, form: BoundForm, status: int = 200) -> HttpResponse:
    more = [spec.name for spec in MORE]
    context = {
        "form": form, "by_number": actor.may(Permission.NUMBER_SEARCH), "picking": picking.current(request), "history": search_words.listed(actor),
        "more": more, "more_is_open": any(form[name].errors or form[name].value not in ("", ANY) for name in more),
    }  # fmt: skip
    return render(request, "residents/search.html", context, status=status)


def _row(hit: Hit, today: date) -> Row:
    entries = hit.entries
    return Row(
        hit.public_id, shown_name(entries) or "（氏名空欄）", kana_of(entries), entry_text("birth_date", entries), entry_text("sex_code", entries),
        entries.address or "", entries.address_building or "", entries.householder_name or "", standing_of(entries, today),
        "" if hit.past is None else "過去の住所" if hit.past.is_address else "過去の氏名", hit.past.text if hit.past else "",
        hit.is_archived, short_marks(hit.mark),
    )  # fmt: skip


def kana_of(entries: SheetEntries) -> str:
    return entries.name_kana or entries.foreign_name_katakana or entries.foreign_alias_kana or ""


ROUTES = [
    path("search/", search, name="search"),
    path("search/found/", results, name="search_results"),
    path("search/stop-picking/", stop_picking, name="stop_picking"),
]
