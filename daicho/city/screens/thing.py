"""設定・場所・端末・認証者の一件 — what holds, every period of it, and every change that was proposed. 標準1.3.1, 1.3.9; spec/domain.md §13."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from daicho import audit, clock
from daicho.city.commands import PROPOSES
from daicho.city.defaults import DEFAULTS
from daicho.city.permissions import CityPermission
from daicho.city.proposals import proposals_of
from daicho.city.queries import Period, offices, periods
from daicho.city.rules import CERTIFIERS_JA, MAYOR, About
from daicho.city.screens.words import LED, entries_of, period_rows, proposal_row, title_of
from daicho.outbox.leading import is_led
from daicho.staff.queries import actor_of


@require_GET
def thing(request: HttpRequest, about: str, key: str) -> HttpResponse:
    """One page for whatever is dated and changed by two officers."""
    actor = actor_of(request)
    audit.require(actor, CityPermission.SETTING_READ)
    kind, its = find_thing(about, key)
    today = clock.today()
    names = {office.code: office.name for office in offices(today)} if kind is About.TERMINAL else {}
    held = [one for one in its if one.holds_on(today)]
    now = held[-1].given if held else {"value": DEFAULTS[key].value} if kind is About.SETTING else None
    led, may = is_led(actor), actor.may(PROPOSES[kind])
    context = {
        "about": kind.value, "key": key, "title": heading(kind, key, its), "setting": DEFAULTS.get(key) if kind is About.SETTING else None,
        "entries": entries_of(kind, key, now, names) if now is not None else [], "periods": period_rows(kind, key, its, today, names),
        "proposals": [proposal_row(view, names) for view in proposals_of(kind, key)], "led": LED if led else "", "may_change": may and not led,
        "may_end": may and not led and kind is not About.SETTING and key != MAYOR and bool(its), "back": "settings" if kind is About.SETTING else "places",
    }  # fmt: skip
    return render(request, "city/thing.html", context)


def find_thing(about: str, key: str) -> tuple[About, list[Period]]:
    """Its kind and periods. Http404 for what is not there: a setting nobody declared, a code nobody registered."""
    if about not in set(About):
        raise Http404
    kind = About(about)
    its = periods(kind, key)
    known = {About.SETTING: key in DEFAULTS, About.CERTIFIER: key in CERTIFIERS_JA}.get(kind, bool(its))
    if not known:
        raise Http404
    return kind, its


def heading(kind: About, key: str, its: list[Period]) -> str:
    if kind is About.SETTING:
        return DEFAULTS[key].ja
    return title_of(kind, key, str(its[-1].given["name"]) if its else "")
