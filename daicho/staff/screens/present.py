"""在席 — the page of an officer who types or reads says that they are there. F-2-14."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST


@require_POST
def present(request: HttpRequest) -> HttpResponse:
    """Nothing more: the middleware has noted the time, or has answered 401."""
    return HttpResponse(status=204)
