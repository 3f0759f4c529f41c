"""入口 — leads to the first screen that the officer may open. design §6: by permission, not by role."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from daicho.staff.queries import actor_of
from daicho.transfers.screens.navigation import NAVIGATION


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """To the notices, whose refusal says what is missing, for who may open nothing."""
    actor = actor_of(request)
    first = next((entry.url_name for entry in NAVIGATION if not entry.permission or actor.may(entry.permission)), "transfers:notices")
    return HttpResponseRedirect(reverse(first))
