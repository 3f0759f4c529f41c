"""閲覧の番 — a page with persons does not leave without its record. F-1-13."""

from uuid import uuid4

import pytest
from django.http import HttpResponse, HttpResponseNotFound, HttpResponseRedirect, StreamingHttpResponse
from django.test import RequestFactory
from django.urls import ResolverMatch

from daicho import audit
from daicho.audit.context import current
from daicho.audit.middleware import AuditMiddleware
from daicho.audit.models import AuditEntry
from tests.audit.cast import CLERK, READ

pytestmark = pytest.mark.django_db


def ask(view, route="residents:person"):
    """One request through the middleware, as Django would call it; a streamed body is read to its end."""

    def handler(request):
        request.resolver_match = ResolverMatch(view, (), {}, url_name=route)
        middleware.process_view(request, view, (), {})
        return view(request)

    middleware = AuditMiddleware(handler)
    response = middleware(RequestFactory().get("/people/x"))
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return response, body


@audit.personal
def card(request):
    with audit.reading(CLERK, READ, purpose="照会") as seen:
        seen.add(uuid4())
    return HttpResponse("card")


@audit.personal
def forgotten(request):
    return HttpResponse("card")


def test_記録した画面は出ていき行は画面と要求を名乗る():
    response, body = ask(card)
    row = AuditEntry.objects.get()
    assert body == b"card"
    assert (row.screen, row.request_id) == ("residents:person", response["X-Request-Id"])
    assert len(row.request_id) == 32


def test_要求ごとに別のIDになり外に残らない():
    first, second = ask(card)[0], ask(card)[0]
    assert first["X-Request-Id"] != second["X-Request-Id"]
    assert current().screen == ""


def test_記録のない個人の画面は出ない():
    with pytest.raises(audit.UnrecordedReading, match="residents:person"):
        ask(forgotten)


def test_個人のない画面は記録がなくても出る():
    assert ask(lambda request: HttpResponse("menu"))[1] == b"menu"


def test_誤りの画面は記録を求めない():
    assert ask(audit.personal(lambda request: HttpResponseNotFound()))[0].status_code == 404


def test_ほかの画面への案内は記録を求めない():
    """Nobody is signed in, or no visitor is in hand: the way there shows no person."""
    assert ask(audit.personal(lambda request: HttpResponseRedirect("/sign-in/")))[0].status_code == 302


def test_照会を開いたままの応答は出ない():
    def leaves_it_open(request):
        request.still_open = audit.reading(CLERK, READ, purpose="照会")
        request.still_open.__enter__()
        kept.append(request.still_open)
        return HttpResponse("card")

    kept = []
    with pytest.raises(audit.UnrecordedReading, match="open"):
        ask(leaves_it_open)
    kept[0].__exit__(None, None, None)


@pytest.mark.parametrize("mark", [audit.personal, lambda view: view], ids=["個人", "一般"])
def test_流しながら照会する応答は一片も出ない(mark):
    def stream():
        with audit.reading(CLERK, READ, purpose="照会") as seen:
            seen.add(uuid4())
            yield b"person"

    with pytest.raises(audit.UnrecordedReading, match="open"):
        ask(mark(lambda request: StreamingHttpResponse(stream())))


def test_先に記録してから流す応答は出ていく():
    def stream():
        with audit.reading(CLERK, READ, purpose="名簿の出力") as seen:
            seen.add(uuid4())
        yield b"one "
        yield b"two"

    response, body = ask(audit.personal(lambda request: StreamingHttpResponse(stream())), "residents:list")
    row = AuditEntry.objects.get()
    assert body == b"one two"
    assert (row.screen, row.request_id) == ("residents:list", response["X-Request-Id"])


def test_記録せずに流す個人の応答は一片も出ない():
    with pytest.raises(audit.UnrecordedReading, match="left no record"):
        ask(audit.personal(lambda request: StreamingHttpResponse(iter([b"person"]))))
