"""答えの足並み — who may not know of protected people is answered at even times: how long an answer took says nothing of anybody. domain §7; N-3.1-04.

A hidden person is left out by every statement, and yet their row was touched: some hundredths of a millisecond more than for somebody who is not there,
which whoever asks often enough could add up. So these answers leave at the next even moment since they were asked for. Who may know does not wait.
bench/hidden.py measures it.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from daicho.audit.actor import Actor

EVERY = 0.05  # seconds; longer than nearly every answer takes, so that hardly one comes a step later than another
_rules: list[Callable[[Actor], bool]] = []


def register(may_know: Callable[[Actor], bool]) -> None:
    """A room's rule of who may know of protected people. Idempotent."""
    if may_know not in _rules:
        _rules.append(may_know)


def registered() -> tuple[Callable[[Actor], bool], ...]:
    return tuple(_rules)


def remaining(taken: float) -> float:
    """Seconds from now to the next even moment, `taken` seconds after the question."""
    return EVERY - taken % EVERY


class EvenAnswers:
    """Place before all other middleware: what they do is hidden with the rest."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = self.get_response(request)
        actor: Actor | None = getattr(request, "actor", None)
        if actor is not None and not all(may_know(actor) for may_know in _rules):
            time.sleep(remaining(time.perf_counter() - began))
        return response
