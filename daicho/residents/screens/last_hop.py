"""最後の関所 — no paper about a person leaves the room but through here, and none that is not the one asked for. A-05; decision 0045.

The middleware stands around all others that could touch an answer. A view sends a paper as `PaperResponse`; any other answer with
the type of a paper does not leave, but for `PaperOfNobody`, which says nothing of any person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from daicho.audit.actor import Actor
from daicho.certificates.binding import request_digest
from daicho.residents.commands.bundles import release_bundle
from daicho.residents.commands.handing_over import STOPPED, Click, Crossed, Issued, release
from daicho.staff.queries import actor_of

_PAPER = ("application/pdf", "application/octet-stream", "application/zip")
_BESIDE = ("csrfmiddlewaretoken",)


class UnboundPaper(RuntimeError):
    """A paper was about to leave that no view bound to a request; it did not leave."""


class PaperOfNobody(HttpResponse):
    """A paper that says nothing of any person: an empty form, a count."""


class PaperResponse(HttpResponse):
    """A paper on its way out, with the name of its copy and the person for whom it was asked; None: it shows no resident."""

    def __init__(self, issued: Issued, person: UUID | None, *, filename: str, content_type: str = "application/pdf") -> None:
        headers = {"Content-Disposition": f'inline; filename="{filename}"', "Cache-Control": "no-store"}
        super().__init__(issued.pdf, content_type=content_type, headers=headers)
        self.once, self.person = issued.once, person


class BundleResponse(HttpResponse):
    """Papers that leave together, or one once more, by the name of their bundle (commands/bundles.py)."""

    def __init__(self, pdf: bytes, once: UUID, *, filename: str) -> None:
        headers = {"Content-Disposition": f'inline; filename="{filename}"', "Cache-Control": "no-store"}
        super().__init__(pdf, content_type="application/pdf", headers=headers)
        self.once = once


def click_of(request: HttpRequest, once: UUID) -> Click:
    """What this request asks, as its digest: who, in which session, where to, everything that was chosen. The same however often it is made."""
    actor = actor_of(request)
    chosen = {name: request.POST.getlist(name) for name in request.POST if name not in _BESIDE}
    return Click(once, request_digest({**_who(actor, request), "path": request.path, "chosen": chosen}))


def _who(actor: Actor, request: HttpRequest) -> Mapping[str, object]:
    session = request.session.session_key if hasattr(request, "session") else None
    return {"login": actor.login, "terminal": actor.terminal, "session": session}


class LastHop:
    """Place before all middleware that could touch an answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, PaperResponse | BundleResponse):
            return _released(request, response)
        if response.headers.get("Content-Type", "").startswith(_PAPER) and not isinstance(response, PaperOfNobody):
            raise UnboundPaper(f"{getattr(request.resolver_match, 'view_name', '')} sent a paper that nothing binds")
        return response


def _released(request: HttpRequest, response: PaperResponse | BundleResponse) -> HttpResponse:
    click = click_of(request, response.once)
    try:
        if isinstance(response, BundleResponse):
            release_bundle(actor_of(request), click, response.content)
        else:
            release(actor_of(request), click, response.person, response.content)
    except Crossed:
        return render(request, "residents/stopped.html", {"message": STOPPED}, status=503)
    return response
