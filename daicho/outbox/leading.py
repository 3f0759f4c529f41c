"""一つの源 — which system says what staff there are and how the city is set, and which take that over. G-29.

site/wiring names the leader's followers, or the leader of a follower; juki_net keeps its own staff and is neither. What the
installation itself registers (no officer behind it) it registers in every system: that is neither told nor refused.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from daicho.audit.actor import Actor
from daicho.outbox.commands import Outgoing, post_many
from daicho.outbox.handles import subject_handles

_followers: list[str] = []
_leaders: list[str] = []


def lead(*systems: str) -> None:
    """This system is the source for these. Called by site/wiring."""
    _followers[:] = systems


def follow(system: str) -> None:
    """This system takes staff and settings from that one. Called by site/wiring."""
    _leaders[:] = [system]


def follows() -> bool:
    """Whether this system takes staff and settings from another: it has no screens then to change them."""
    return bool(_leaders)


def is_led(actor: Actor) -> bool:
    """Whether what the actor is about to change is changed in the leader instead."""
    return follows() and actor.account_id is not None


def tell_followers(actor: Actor, messages: Iterable[tuple[object, str]]) -> None:
    """Post each message to every follower, inside the transaction of the change. Beside it stands what it is about: its order is kept."""
    told = list(messages)
    if actor.account_id is None or not _followers or not told:
        return
    about = [uuid.uuid5(uuid.NAMESPACE_URL, f"daicho:{subject}") for _, subject in told]
    post_many(
        Outgoing(message, system, (handle,), None) for system in _followers for (message, _), handle in zip(told, subject_handles(system, about), strict=True)
    )
