"""返し — how a screen answers: a page that shows persons, the way back with a word of what happened. F-1-13."""

from __future__ import annotations

from typing import Any  # template contexts and the values of an address are of many types

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from daicho.audit.middleware import PERSONAL
from daicho.ui import flash
from daicho.ui.flash import Level


def personal_page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page with persons: the door lets it out only when its reading is on record. For views that do not always show one."""
    setattr(request, PERSONAL, True)
    return render(request, template, context, status=status)


def go(request: HttpRequest, name: str, *args: Any, say: str = "", level: Level = "success", fragment: str = "") -> HttpResponse:
    """See another page of this room, which says what was done."""
    if say:
        flash.say(request, level, say)
    return HttpResponseRedirect(reverse(f"residents:{name}", args=args) + fragment)


def to_visit(request: HttpRequest) -> HttpResponse:
    """Nothing is done for nobody: to the 受付 first (F-1-01)."""
    flash.say(request, "warning", "受付中の来庁者がいません。先に受付をしてください。")
    try:
        return HttpResponseRedirect(reverse("residents:visit"))
    except NoReverseMatch:  # a listener without that screen
        return HttpResponseRedirect(reverse("residents:home"))
