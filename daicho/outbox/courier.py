"""使者と経路 — who carries an envelope to a destination, and which kinds may go there at all. requirements G-01…G-30.

Only what site/wiring allows exists: a kind or a destination that is not listed here cannot even be posted.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from django.conf import settings

from daicho.outbox.envelope import Envelope, Reply
from daicho.outbox.errors import NotAllowed


class Courier(Protocol):
    """The port behind every destination. One test suite runs against each implementation (tests/outbox/courier_suite.py)."""

    def deliver(self, envelope: Envelope) -> Reply:
        """Hand `envelope` over and wait for the reply: returns it when acknowledged.

        Raises Unavailable, Duplicate, Refused or Unauthorized, or NotToBeSent when it may not leave any more. May be called again with the same envelope after any of
        them, and after a crash: the receiver is idempotent by (sender, epoch, notice_id). Called outside of any transaction.
        """
        ...


@runtime_checkable
class Questioner(Courier, Protocol):
    """A courier that carries questions too."""

    def ask(self, envelope: Envelope, within: float) -> Reply:
        """Hand a question over and wait for its answer, `within` seconds and no longer. Raises as `deliver`; Unavailable when it is too late."""
        ...


@dataclass(frozen=True)
class Route:
    destination: str
    kinds: frozenset[str]
    make_courier: Callable[[], Courier] | None  # None: the signed wire to the peer of that name


_routes: dict[str, Route] = {}
_couriers: dict[str, Courier] = {}


def allow(destination: str, *kinds: str, courier: Callable[[], Courier] | None = None) -> None:
    """Allow `kinds` to be sent to `destination`, by a courier made on first use. Called by site/wiring, once for each pair."""
    known = _routes.get(destination)
    _routes[destination] = Route(destination, frozenset(kinds) | (known.kinds if known else frozenset()), courier or (known.make_courier if known else None))
    _couriers.pop(destination, None)


def require_route(destination: str, kind: str) -> None:
    """NotAllowed unless wiring lists this kind for this destination."""
    route = _routes.get(destination)
    if route is None or kind not in route.kinds:
        raise NotAllowed(f"{settings.DAICHO.name} may not send {kind} to {destination}; site/wiring lists the pairs")


def kinds() -> list[tuple[str, str]]:
    """(destination, kind) of everything that may be sent at all."""
    return sorted((route.destination, kind) for route in _routes.values() for kind in route.kinds)


def destinations() -> list[str]:
    return sorted(_routes)


def courier_to(destination: str) -> Courier:
    """The courier of an allowed destination, kept for the life of the process."""
    if destination not in _couriers:
        route = _routes.get(destination)
        if route is None:
            raise NotAllowed(f"{settings.DAICHO.name} has no route to {destination}")
        _couriers[destination] = (route.make_courier or _wire_to(destination))()
    return _couriers[destination]


def questioner_to(destination: str) -> Questioner:
    """The courier of an allowed destination that may be asked. NotAllowed when its courier only delivers."""
    found = courier_to(destination)
    if not isinstance(found, Questioner):
        raise NotAllowed(f"nobody carries questions to {destination}")
    return found


def _wire_to(destination: str) -> Callable[[], Courier]:
    from daicho.outbox.wire import WireCourier  # here, because wire implements this module's port

    return lambda: WireCourier(settings.DAICHO.peers[destination])
