"""辞書・コード表 — every dictionary, one of them as of a day, and one of its rows with its periods and changes. 標準1.3.2–1.3.5."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.city.dictionaries import DISTRICTS, Dictionary, find_dictionary
from daicho.city.dictionary_queries import PAGE, Held, changes_of, find_row, overview, periods_of, residents_by_district, rows_on, waiting_changes
from daicho.city.permissions import CityPermission
from daicho.city.screens.dictionary_words import cells, entries, listed, summary
from daicho.city.screens.words import ON, period_ja, read_day
from daicho.outbox.leading import is_led
from daicho.staff.queries import actor_of
from daicho.ui.forms import BoundForm, FieldSpec

_TYPED = FieldSpec("typed", "探す文字", hint="名称、カナ、コードの一部。空欄なら初めから表示します。", max_length=60)


@require_GET
def dictionaries(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    audit.require(actor, CityPermission.SETTING_READ)
    context = {"rows": overview(clock.today()), "waiting": len(waiting_changes())}
    return render(request, "city/dictionaries.html", context)


@require_GET
def dictionary(request: HttpRequest, code: str) -> HttpResponse:
    """As of today, or of the day in `on`; only rows that hold what is in `typed`, which is a name of a place or a code."""
    actor = actor_of(request)
    audit.require(actor, CityPermission.SETTING_READ)
    of = dictionary_of(code)
    form = BoundForm((_TYPED, ON), request.GET)
    day, problems = read_day(form, "on")
    on = day or clock.today()
    rows = rows_on(of, on, form.value("typed"))
    counts = residents_by_district(of.code, on) if of.code in DISTRICTS else {}
    context = {
        "of": of, "form": form.with_problems(problems), "on": on, "rows": [(held, cells(of, held.row)) for held in rows[:PAGE]], "more": len(rows) > PAGE,
        "changes": [listed(one) for one in changes_of(of)[:10]], "may_change": may_change(actor), "counts": counts,
    }  # fmt: skip
    return render(request, "city/dictionary.html", context, status=422 if problems else 200)


@require_GET
def dictionary_row(request: HttpRequest, code: str, no: int) -> HttpResponse:
    """One row: what holds today, its periods, and who changed what when."""
    actor = actor_of(request)
    audit.require(actor, CityPermission.SETTING_READ)
    of = dictionary_of(code)
    held = row_of(of, no)
    periods = periods_of(of, held.row)
    today = clock.today()
    context = {
        "of": of, "held": held, "title": of.title_of(held.row), "entries": entries(of, held.row), "may_change": may_change(actor) and not _is_over(periods, today),
        "periods": [{"period": period_ja(one.valid_from, one.valid_to), "summary": summary(of, one.row), "state": _state(one, today)} for one in periods],
        "changes": [listed(one) for one in changes_of(of, held.row)],
    }  # fmt: skip
    return render(request, "city/dictionary_row.html", context)


def dictionary_of(code: str) -> Dictionary:
    of = find_dictionary(code)
    if of is None:
        raise Http404
    return of


def row_of(of: Dictionary, no: int) -> Held:
    held = find_row(of, no)
    if held is None:
        raise Http404
    return held


def may_change(actor: Actor) -> bool:
    return actor.may(CityPermission.DICTIONARY_IMPORT) and not is_led(actor)


def _is_over(periods: list[Held], today: date) -> bool:
    return all(one.valid_to is not None and one.valid_to < today for one in periods)


def _state(held: Held, today: date) -> tuple[str, str]:
    if held.valid_to is not None and held.valid_to < held.valid_from:
        return "neutral", "取消し"
    if held.valid_to is not None and held.valid_to < today:
        return "neutral", "終了"
    return ("info", "予定") if held.valid_from > today else ("success", "有効")
