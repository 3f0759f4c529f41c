"""世代の読み — how often this system was restored since a moment, and whether a sender was: what counts by itself goes on by it. decision 0019.

The number of an epoch is one more than that of the epoch before it, so the restores between two moments are the difference of their epochs'
numbers, also where an epoch between them was lost with what it told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from daicho.outbox.envelope import Envelope
from daicho.outbox.models import Epoch, Receipt, municipality_code

FIRST = 1
"""The number of an installation's own epoch, which no restore began. It begins with the first notice; what was recorded before belongs to it too."""


@dataclass(frozen=True)
class Begun:
    """When an epoch of this system began."""

    number: int
    at: datetime


def begun() -> list[Begun]:
    """This system's epochs, oldest first. One query."""
    return [Begun(*row) for row in Epoch.objects.filter(municipality_code=municipality_code()).order_by("number").values_list("number", "began_at")]


def restores_between(epochs: Sequence[Begun], earlier: datetime, later: datetime) -> int:
    """How often this system was restored between two moments. Pure."""
    return _number_at(epochs, later) - _number_at(epochs, earlier)


def _number_at(epochs: Sequence[Begun], moment: datetime) -> int:
    return max((epoch.number for epoch in epochs if epoch.at <= moment), default=FIRST)


def restores_since(column: str) -> str:
    """An expression of SQL: how often this system was restored since the moment in `column`. Takes one parameter, the city's code."""
    return f"""(SELECT coalesce(max(number) - greatest(max(number) FILTER (WHERE began_at <= {column}), {FIRST}), 0)
                  FROM outbox_epoch WHERE municipality_code = %s)"""


def sender_was_restored_since(moment: datetime, envelope: Envelope) -> bool:
    """Whether the sender began the epoch of this envelope after an earlier one, and nothing of it came here by `moment`. Two queries.

    Of what took effect here the receipts are the book, this envelope's own among them. False for what comes late from an epoch that was left.
    """
    received = Receipt.objects.filter(municipality_code=municipality_code(), sender=envelope.sender).order_by("id")
    oldest = received.values_list("posted_at").first()
    first = received.filter(epoch=envelope.epoch).values_list("posted_at", "received_at").first()
    return oldest is not None and first is not None and oldest[0] < first[0] and moment < first[1]
