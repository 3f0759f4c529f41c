"""人を選ぶ — the search as a part of another screen: it begins here, and the person chosen is posted to that screen. N-4.0.1-01; F-0-12.

The screen that needs a person calls `begin()` and gets the way to the search. There each hit has a button that posts
`person` (the public id) to `url`. Label and addresses lie in the session, so that no page can send the choice elsewhere.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

KEY = "picking"


@dataclass(frozen=True)
class Picking:
    """`label` says for what (「転入先の世帯」); `url` takes the POST of the choice; `back` leads back without one. Addresses of this system."""

    label: str
    url: str
    back: str


def begin(request: HttpRequest, picking: Picking) -> HttpResponse:
    """To the search, to choose one person for this."""
    request.session[KEY] = asdict(picking)
    return HttpResponseRedirect(reverse("residents:search"))


def current(request: HttpRequest) -> Picking | None:
    """What a person is being chosen for, if anything."""
    kept = request.session.get(KEY)
    return Picking(**kept) if kept else None


def end(request: HttpRequest) -> None:
    """Chosen, or given up. The screen that takes the choice calls it."""
    request.session.pop(KEY, None)
