"""知らせること — what a room's notices of one event are made from: who acts, which kinds the event declares, what was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from daicho.audit.actor import Actor
from daicho.residents.commands.writing import Recording, Written
from daicho.residents.rules.definitions import EventDefinition, NoticeKind
from daicho.residents.rules.filing import Filing


@dataclass(frozen=True)
class Telling:
    """One event about to be told. `kinds`: those its definition declares and whose condition holds; `filing`: as it was filed, if it was."""

    actor: Actor
    definition: EventDefinition
    kinds: frozenset[NoticeKind]
    recording: Recording
    written: Sequence[Written]
    filing: Filing | None = None
