"""要求の後始末 — what an answered request held is let go at once, without the collector, whose pauses would stand in somebody's next request. 設計8章."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from urllib.parse import urlencode
from weakref import ref

import pytest
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from tests.cast import FAMILY
from tests.residents.screens.filing_steps import begin_move_in, move_in_data, open_visit
from tests.residents.screens.reading_steps import desk, family

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_collector() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


def is_let_go(answer: HttpResponseBase) -> bool:
    request: ref[HttpRequest] = ref(answer.wsgi_request)
    del answer.wsgi_request  # the tests' client keeps it here
    return request() is None


def test_読む要求を手放す():
    [person] = family()[:1]
    assert is_let_go(desk().get(f"/person/{person}/"))


def test_書く要求も手放す(clerk):
    open_visit()
    filing = begin_move_in(clerk, 3)
    sent = urlencode(move_in_data(FAMILY[:3]))  # as a browser does; without an alert, whose 422 the tests' log would keep
    assert is_let_go(clerk.post(f"/filings/{filing}/enter/", sent, content_type="application/x-www-form-urlencoded"))


def test_輪をなす要求はここで見つかる(settings):
    """The check itself: a middleware whose part of the request points back to it keeps the whole request."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "django_htmx.middleware.HtmxMiddleware"]
    [person] = family()[:1]
    assert not is_let_go(desk().get(f"/person/{person}/"))
