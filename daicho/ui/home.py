"""利用開始の後の画面 — where an officer lands: the room's own first page, or, without the right to it, the first entry of their menu. F-1-10."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from daicho.ui.navigation import entries_for

NOBODYS = "staff:my_grants"  # who may do nothing here yet is shown that


def home(usual: str) -> Callable[[HttpRequest], HttpResponse]:
    """The view of a room's root. `usual`: the url name of the room's first page, which is an entry of its menu."""

    @require_GET
    def view(request: HttpRequest) -> HttpResponse:
        mine = [entry.url_name for entry in entries_for(getattr(request, "actor", None))]
        return HttpResponseRedirect(reverse(usual if usual in mine else next(iter(mine), NOBODYS)))

    return view
