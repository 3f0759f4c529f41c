"""端末の台帳への口 — what this room needs from outside: the terminals the city has registered (design §5: a Protocol, an adapter)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Terminal:
    """端末: a machine at a counter. `office_code` is the office (本庁・サービスセンター) in which it stands."""

    code: str
    name: str
    office_code: str
    office_name: str


TerminalsOn = Callable[[date], Sequence[Terminal]]


def terminals_on(on: date) -> tuple[Terminal, ...]:
    """The terminals in use on that day, in the city's order. The adapter is named by settings.STAFF_TERMINALS (dotted path)."""
    adapter: TerminalsOn = import_string(settings.STAFF_TERMINALS)
    return tuple(adapter(on))


def find_terminal(code: str, on: date) -> Terminal | None:
    """The terminal of that code on that day, None when it is not (or no longer) registered."""
    return next((terminal for terminal in terminals_on(on) if terminal.code == code), None)
