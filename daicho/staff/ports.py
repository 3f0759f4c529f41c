"""外への口 — what this room needs from outside: the terminals the city has registered, and what recognises a body (design §5: Protocols, adapters)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

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


@dataclass(frozen=True)
class NewAuthenticator:
    """What a device tells of itself when it is registered: its name for the key, the public key, its count, and its model (AAGUID)."""

    credential_id: str
    public_key: bytes
    sign_count: int
    model: str


class NotProven(Exception):
    """The answer proves nothing. `why` is a few English words for the trail: never what was in the answer."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class SecondFactor(Protocol):
    """生体認証: puts a question that only a device can answer which has just recognised its owner's body, and judges the answer.

    Questions and answers are JSON texts between the adapter and its own `script` in the page; nobody else reads them. `value` is
    the challenge, random and given out once (base64url). One suite runs against every implementation (tests/staff/factor_suite.py).
    """

    @property
    def script(self) -> str:
        """The page's script: a path below /static/."""
        ...

    def question(self, value: str, credential_ids: Sequence[str]) -> str:
        """What the page asks of one of these devices."""
        ...

    def credential_of(self, answer: str) -> str:
        """Which device claims to answer. NotProven when that cannot be read."""
        ...

    def prove(self, answer: str, value: str, public_key: bytes) -> int:
        """The device's count after this answer. NotProven unless it signed `value`, for this system's own address, having recognised its owner."""
        ...

    def invitation(self, value: str, login: str, name: str, known: Sequence[str], models: Sequence[str]) -> str:
        """What the page asks of a device that is to be registered for an account, none of the `known` ones."""
        ...

    def register(self, answer: str, value: str, models: Sequence[str]) -> NewAuthenticator:
        """The device that answered an invitation. NotProven as above, and for one of another model than `models` (when any are named)."""
        ...


def second_factor() -> SecondFactor | None:
    """What this system demands beside the password; None where the password is enough. The adapter is named by settings.STAFF_SECOND_FACTOR."""
    if not settings.STAFF_SECOND_FACTOR:
        return None
    make: Callable[[], SecondFactor] = import_string(settings.STAFF_SECOND_FACTOR)
    return make()


def terminals_on(on: date) -> tuple[Terminal, ...]:
    """The terminals in use on that day, in the city's order. The adapter is named by settings.STAFF_TERMINALS (dotted path)."""
    adapter: TerminalsOn = import_string(settings.STAFF_TERMINALS)
    return tuple(adapter(on))


def find_terminal(code: str, on: date) -> Terminal | None:
    """The terminal of that code on that day, None when it is not (or no longer) registered."""
    return next((terminal for terminal in terminals_on(on) if terminal.code == code), None)
