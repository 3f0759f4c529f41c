"""庁舎・窓口・認証者 — the offices with their terminals, and who signs for the city, as of a day. 標準1.3.1, 1.3.9."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from daicho import audit, clock
from daicho.city.commands import PROPOSES
from daicho.city.permissions import CityPermission
from daicho.city.queries import Period, find_certifier, periods
from daicho.city.rules import CERTIFIERS_JA, About
from daicho.city.screens.words import LED, ON, period_ja, read_day
from daicho.outbox.leading import is_led
from daicho.staff.queries import actor_of
from daicho.ui.dates import wareki_text
from daicho.ui.forms import BoundForm


@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """As of today, or of the day in `on`."""
    actor = actor_of(request)
    audit.require(actor, CityPermission.SETTING_READ)
    form = BoundForm((ON,), request.GET)
    day, problems = read_day(form, "on")
    on = day or clock.today()
    all_terminals = periods(About.TERMINAL)
    terminals = _lines(all_terminals, on)
    offices = _lines(periods(About.OFFICE), on)
    for office in offices:
        office["terminals"] = [line for line in terminals if line["given"]["office_code"] == office["key"]]
    led = is_led(actor)
    context = {
        "form": form.with_problems(problems),
        "on": on,
        "offices": offices,
        "certifiers": _certifiers(on),
        "signs": find_certifier(on),
        "led": LED if led else "",
        "may_register": actor.may(PROPOSES[About.OFFICE]) and not led,
        "may_appoint": actor.may(PROPOSES[About.CERTIFIER]) and not led,
        "kinds": CERTIFIERS_JA,
    }
    return render(request, "city/places.html", context, status=422 if problems else 200)


def _lines(rows: list[Period], on: object) -> list[dict[str, object]]:
    """What is there on that day or later, in the city's order, each with what is planned for it."""
    by_key: dict[str, list[Period]] = {}
    for row in rows:
        by_key.setdefault(row.key, []).append(row)
    lines = []
    for key, its in by_key.items():
        now = [one for one in its if one.holds_on(on)]
        planned = [one for one in its if one.valid_from > on]
        if now or planned:
            one = now[-1] if now else planned[0]
            first = min(each.valid_from for each in its)
            lines.append(
                {
                    "key": key, "given": one.given, "is_there": bool(now), "period": period_ja(first, its[-1].valid_to),
                    "planned": "、".join(f"{wareki_text(each.valid_from)}から変更" if now else f"{wareki_text(each.valid_from)}から" for each in planned),
                }
            )  # fmt: skip
    return sorted(lines, key=lambda line: (line["given"]["order"], line["key"]))


def _certifiers(on: object) -> list[dict[str, object]]:
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
