"""通知書の出力 — how a screen answers when letters are put out: the pile on its way to the last hop, or back with every reason. A-05; decision 0050."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

from daicho.residents.commands.handing_over import AlreadyIssued, Click, NotToBeIssued
from daicho.residents.commands.letters import Pile
from daicho.residents.errors import CannotDo
from daicho.residents.screens.answers import go
from daicho.residents.screens.last_hop import BundleResponse, PaperResponse, click_of

OFFER = {"new_once": uuid4}
"""For the context of a page that offers letters: each button sends a name of its own, so that a double click puts nothing out twice."""


def answer_letters(request: HttpRequest, make: Callable[[Click], Pile], back: tuple[str, *tuple[object, ...]], filename: str) -> HttpResponse:
    """The letters, or to the page `back` (name and arguments) with what stands in the way. BadRequest without the name of the copy."""
    try:
        once = UUID(request.POST.get("once", ""))
    except ValueError:
        raise BadRequest("a letter without a name of its own") from None
    try:
        pile = make(click_of(request, once))
    except NotToBeIssued as refused:
        return go(request, *back, say="".join(message for _, message in refused.reasons[:_TOLD]), level="error")
    except AlreadyIssued as refused:
        return go(request, *back, say=refused.message, level="warning")
    except CannotDo as refused:
        return go(request, *back, say=refused.message, level="error")
    if len(pile.issued) == 1:
        return PaperResponse(pile.issued[0], pile.person, filename=filename)
    return BundleResponse(pile.pdf, once, filename=filename)


_TOLD = 5
"""So many reasons a message can hold; the rest comes when these are mended."""
