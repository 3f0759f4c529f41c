"""画面の印刷 — what a screen shows goes on paper only by the system's own key, and is on record before. 標準10.7 (N-10.7-07, -08, -10)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.views.decorators.http import require_POST

from daicho.audit.screen_copies import NotAScreen, record_screen_copy
from daicho.staff.queries import actor_of


@require_POST
def screen_copy(request: HttpRequest) -> HttpResponse:
    """A copy of a screen is taken (`step` copy), and sent to the printer (`step` print)."""
    try:
        record_screen_copy(actor_of(request), request.POST.get("screen", ""), request.POST.get("page", ""), request.POST.get("step", ""))
    except NotAScreen:
        return HttpResponseBadRequest()
    return HttpResponse(status=204)
