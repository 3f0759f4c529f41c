"""閲覧の番 — no personal page leaves without its record, and none while its reading is open. F-1-13 (defence in depth)."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from daicho.audit.context import Context, acting, use

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
PERSONAL = "daicho_personal"


class UnrecordedReading(RuntimeError):
    """A page with persons was about to leave without its record in the trail; it did not leave."""


def personal(view: View) -> View:
    """Mark a view that shows persons: it cannot answer (below 300: a way elsewhere shows nobody) unless it left a row in the trail."""
    setattr(view, PERSONAL, True)
    return view


class AuditMiddleware:
    """Opens the request's context, names its screen, and stands at the door. Place it before the one that makes the actor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with acting(request_id=uuid4().hex) as context:
            request.audit_context = context  # type: ignore[attr-defined]
            response = self.get_response(request)
            response.headers["X-Request-Id"] = context.request_id
            must_record = getattr(request, PERSONAL, False) and response.status_code < 300
            if context.open_readings:
                raise UnrecordedReading("the response was made while its reading is open")
            if getattr(response, "streaming", False):
                response.streaming_content = _guarded(iter(response.streaming_content), context, must_record)  # type: ignore[attr-defined]
            elif must_record and not context.written:
                raise UnrecordedReading(f"{context.screen} shows persons and left no record")
            return response

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any) -> None:  # Any: as Django calls it
        """Name the screen by its route; nothing of the URL's values goes into the trail this way."""
        match = request.resolver_match
        request.audit_context.screen = match.view_name if match else ""  # type: ignore[attr-defined]
        setattr(request, PERSONAL, getattr(view, PERSONAL, False))


def _guarded(chunks: Iterator[bytes], context: Context, must_record: bool) -> Iterator[bytes]:
    """Let a chunk go only when no reading is open and, on a personal page, a row has been written before the first."""
    while True:
        with use(context):
            try:
                chunk = next(chunks)
            except StopIteration:
                return
        if context.open_readings:
            raise UnrecordedReading("a chunk was made while its reading is open")
        if must_record and not context.written:
            raise UnrecordedReading(f"{context.screen} shows persons and left no record")
        yield chunk
