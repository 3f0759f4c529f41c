"""庁舎・窓口・認証者 — the offices with their terminals, and who signs for the city, as of a day. 標準1.3.1, 1.3.9."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from daicho import audit, clock
from daicho.city.commands import PROPOSES
from daicho.city.kinds import Value
from daicho.city.permissions import CityPermission
from daicho.city.queries import Period, by_key, find_certifier, periods
from daicho.city.rules import CERTIFIERS_JA, About
from daicho.city.screens.words import LED, ON, period_ja, read_day
from daicho.outbox.leading import is_led
from daicho.staff.queries import actor_of
from daicho.ui.dates import wareki_text
from daicho.ui.forms import BoundForm


@dataclass(frozen=True)
class Line:
    """An office or a terminal as it is drawn. `planned`: what changes after that day, "" = nothing."""

    key: str
    given: Mapping[str, Value]
    is_there: bool
    period: str
    planned: str


@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """As of today, or of the day in `on`."""
    actor = actor_of(request)
    audit.require(actor, CityPermission.SETTING_READ)
    form = BoundForm((ON,), request.GET)
    day, problems = read_day(form, "on")
    on = day or clock.today()
    terminals = _lines(periods(About.TERMINAL), on)
    led = is_led(actor)
    context = {
        "form": form.with_problems(problems),
        "on": on,
        "offices": [(office, [line for line in terminals if line.given["office_code"] == office.key]) for office in _lines(periods(About.OFFICE), on)],
        "certifiers": _certifiers(on),
        "signs": find_certifier(on),
        "led": LED if led else "",
        "may_register": actor.may(PROPOSES[About.OFFICE]) and not led,
        "may_appoint": actor.may(PROPOSES[About.CERTIFIER]) and not led,
        "kinds": CERTIFIERS_JA,
    }
    return render(request, "city/places.html", context, status=422 if problems else 200)


def _lines(rows: list[Period], on: date) -> list[Line]:
    """What is there on that day or later, in the city's order, each with what is planned for it."""
    lines = []
    for key, its in by_key(rows).items():
        now = [one for one in its if one.holds_on(on)]
        planned = [one for one in its if one.valid_from > on]
        if now or planned:
            given = (now[-1] if now else planned[0]).given
            changes = "、".join(f"{wareki_text(each.valid_from)}から{'変更' if now else ''}" for each in planned)
            lines.append(Line(key, given, bool(now), period_ja(min(each.valid_from for each in its), its[-1].valid_to), changes))
    return sorted(lines, key=lambda line: (line.given["order"], line.key))


def _certifiers(on: date) -> list[dict[str, object]]:
    """Mayors and deputies, newest period first; which of them signs on the day is told apart."""
    rows = sorted(periods(About.CERTIFIER), key=lambda one: (one.valid_from, one.key), reverse=True)
    deputised = any(row.key == "deputy" and row.holds_on(on) for row in rows)
    lines = []
    for row in rows:
        if row.holds_on(on):
            state = ("neutral", "職務代理中") if row.key == "mayor" and deputised else ("success", "認証者")
        else:
            state = ("info", "予定") if row.valid_from > on else ("neutral", "終了")
        lines.append({"row": row, "kind": CERTIFIERS_JA[row.key], "period": period_ja(row.valid_from, row.valid_to), "state": state})
    return lines
