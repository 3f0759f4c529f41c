"""照会の目的 — why this officer looks people up now: chosen with the search, kept for the cards that follow, recorded with each. F-1-16."""

from __future__ import annotations

from django.http import HttpRequest

from daicho.atena.screens.words import PURPOSES

KEY = "atena_purpose"


def choose(request: HttpRequest, purpose: str) -> str:
    """Keep it in the session; returns its words."""
    request.session[KEY] = purpose
    return PURPOSES[purpose]


def chosen(request: HttpRequest) -> str:
    """The code of the purpose chosen last, "" before any."""
    kept = request.session.get(KEY, "")
    return kept if kept in PURPOSES else ""
