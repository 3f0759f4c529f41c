"""通知を出す — whom an event tells, posted in the event's own transaction; one file for each room that is told. design §5; S1-07, S1-10, S1-11."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings

from daicho import outbox
from daicho.audit.actor import Actor
from daicho.residents.commands.filings import Judged
from daicho.residents.commands.notices import atena, fuhyo, juki_net, konbini, move_out_certificate, numbers, transfers
from daicho.residents.commands.notices.immigration import tell_immigration
from daicho.residents.commands.notices.protection import follow_protection
from daicho.residents.commands.notices.telling import Telling
from daicho.residents.commands.writing import Recording, Written
from daicho.residents.rules.definitions import EventDefinition

_ROOMS = (
    ("juki_net", juki_net.outgoing), ("juki_net", move_out_certificate.outgoing), ("juki_net", numbers.outgoing), ("atena", atena.outgoing),
    ("konbini", konbini.outgoing), ("transfers", transfers.outgoing),
)  # fmt: skip
"""In the order of posting: a person is known to 市町村CS before a number is asked for."""


def post_notices(actor: Actor, definition: EventDefinition, recording: Recording, judged: Judged, written: Sequence[Written]) -> None:
    """Post every notice that the event's definition declares, to the rooms of this deployment. A fixed number of statements, whatever the people."""
    kinds = frozenset(n.kind for n in definition.notices if n.when is None or n.when(judged.situation, judged.filing))
    tell(Telling(actor, definition, kinds, recording, written, judged.filing))


def tell(telling: Telling) -> None:
    """Post what every room is to be told of it, and the 附票, in the event's transaction or in that of the day on which it takes effect."""
    posted = [one for room, outgoing in _ROOMS if room in settings.DAICHO.peers for one in outgoing(telling)]
    outbox.post_many([*posted, *fuhyo.outgoing(telling)])
    tell_immigration(telling)
    follow_protection(telling)
