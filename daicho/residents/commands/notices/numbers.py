"""個人番号の要求 — who was entered without a 個人番号 gets one of 機構: asked for in the event's own transaction. 番号法第7条第1項; std 7.1.2.1-01, 4.4-01."""

from __future__ import annotations

from daicho import outbox
from daicho.residents.commands.notices.telling import Telling
from daicho.residents.commands.number_requests import ask
from daicho.residents.queries.awaited import awaited


def outgoing(telling: Telling) -> list[outbox.Outgoing]:
    """Of those whose sheet the event opened. Who waits already, as entered once and cancelled, is not asked for twice. Four statements at most."""
    reason = telling.definition.asks_number
    people = [(w.person, w.entries) for w in telling.written if w.opened and w.entries.individual_number is None] if reason else []
    known = {w.person.atena_no for w in telling.written if w.opened and w.version.history_no > 1}
    wait = awaited(known) if people and known else frozenset()
    return ask([one for one in people if one[0].atena_no not in wait], reason or "", because=telling.recording.event.pk)
