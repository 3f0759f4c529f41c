"""通知を出す — whom an event tells, posted in the event's own transaction; one file for each room that is told. design §5; S1-07, S1-10, S1-11."""

from __future__ import annotations

from collections.abc import Sequence

from daicho import outbox
from daicho.audit.actor import Actor
from daicho.residents.commands.filings import Judged
from daicho.residents.commands.notices import juki_net, transfers
from daicho.residents.commands.notices.telling import Telling
from daicho.residents.commands.writing import Recording, Written
from daicho.residents.rules.definitions import EventDefinition

_ROOMS = (juki_net.outgoing, transfers.outgoing)


def post_notices(actor: Actor, definition: EventDefinition, recording: Recording, judged: Judged, written: Sequence[Written]) -> None:
    """Post every notice that the event's definition declares. A fixed number of statements, whatever the people."""
    kinds = frozenset(n.kind for n in definition.notices if n.when is None or n.when(judged.situation, judged.filing))
    telling = Telling(actor, definition, kinds, recording, written)
    outbox.post_many([one for outgoing in _ROOMS for one in outgoing(telling)])
