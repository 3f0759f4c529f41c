"""異動の一覧 — every life event the register knows, in the order of the counter's menu. Adding one: its file, this line, its test."""

from daicho.residents.rules.definitions import EventDefinition
from daicho.residents.rules.events.move_in import MOVE_IN
from daicho.residents.rules.events.relocation import RELOCATION

ALL_EVENTS: tuple[EventDefinition, ...] = (MOVE_IN, RELOCATION)

BY_CODE = {event.code: event for event in ALL_EVENTS}
