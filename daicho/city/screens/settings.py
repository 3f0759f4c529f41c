"""設定の一覧 — every setting by its matter, its value as of a day, what is planned and what waits for another officer. 標準1.3; spec/domain.md §13."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from daicho import audit, clock
from daicho.city.defaults import DEFAULTS, TOPICS
from daicho.city.permissions import CityPermission
from daicho.city.proposals import waiting
from daicho.city.queries import planned_settings, settings_on
from daicho.city.rules import About
from daicho.city.screens.words import LED, ON, read_day
from daicho.outbox.leading import is_led
from daicho.staff.queries import actor_of
from daicho.ui.dates import wareki_text
from daicho.ui.forms import BoundForm


@require_GET
def settings_page(request: HttpRequest) -> HttpResponse:
    """As of today, or of the day in `on`: a day says nothing of anybody."""
    actor = actor_of(request)
    audit.require(actor, CityPermission.SETTING_READ)
    form = BoundForm((ON,), request.GET)
    day, problems = read_day(form, "on")
    on = day or clock.today()
    values, planned, proposals = settings_on(DEFAULTS, on), planned_settings(on), waiting()
    waits = {view.change.key for view in proposals if view.change.about is About.SETTING}
    topics = [
        (
            topic,
            [
                {
                    "default": one, "value": one.kind.shown(values[one.key]), "is_first": values[one.key] == one.value, "waits": one.key in waits,
                    "planned": f"{wareki_text(planned[one.key])}から" if one.key in planned else "",
                }
                for one in topic.settings
            ],
        )
        for topic in TOPICS
    ]  # fmt: skip
    context = {"form": form.with_problems(problems), "on": on, "topics": topics, "waiting": len(proposals), "led": LED if is_led(actor) else ""}
    return render(request, "city/settings.html", context, status=422 if problems else 200)
