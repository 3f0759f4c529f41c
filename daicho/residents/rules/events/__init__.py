"""異動の一覧 — every life event the register knows, in the order of the counter's menu. Adding one: its file, this line, its test.

When the law changes, the new definition stands here beside the old one, each with the days on which it is in force.
"""

from __future__ import annotations

from datetime import date

from daicho.residents.rules.definitions import EventDefinition
from daicho.residents.rules.events.birth import BIRTH
from daicho.residents.rules.events.cancellation import CANCELLATION
from daicho.residents.rules.events.de_facto_head import DE_FACTO_HEAD
from daicho.residents.rules.events.death import DEATH
from daicho.residents.rules.events.department_entry import DEPARTMENT_ENTRY
from daicho.residents.rules.events.head_by_removal import HEAD_BY_REMOVAL
from daicho.residents.rules.events.head_change import HEAD_CHANGE
from daicho.residents.rules.events.head_ex_officio import HEAD_EX_OFFICIO
from daicho.residents.rules.events.household_change import HOUSEHOLD_CHANGE
from daicho.residents.rules.events.household_merge import HOUSEHOLD_MERGE
from daicho.residents.rules.events.household_split import HOUSEHOLD_SPLIT
from daicho.residents.rules.events.individual_number_assigned import INDIVIDUAL_NUMBER_ASSIGNED
from daicho.residents.rules.events.individual_number_change import INDIVIDUAL_NUMBER_CHANGE
from daicho.residents.rules.events.individual_number_change_ex_officio import INDIVIDUAL_NUMBER_CHANGE_EX_OFFICIO
from daicho.residents.rules.events.individual_number_correction import INDIVIDUAL_NUMBER_CORRECTION
from daicho.residents.rules.events.juminhyo_code_change import JUMINHYO_CODE_CHANGE
from daicho.residents.rules.events.juminhyo_code_correction import JUMINHYO_CODE_CORRECTION
from daicho.residents.rules.events.member_order import MEMBER_ORDER
from daicho.residents.rules.events.move_in import MOVE_IN
from daicho.residents.rules.events.move_in_from_abroad import MOVE_IN_FROM_ABROAD
from daicho.residents.rules.events.move_in_notice import MOVE_IN_NOTICE_RECEIVED
from daicho.residents.rules.events.move_out import MOVE_OUT
from daicho.residents.rules.events.move_out_abroad import MOVE_OUT_ABROAD
from daicho.residents.rules.events.relocation import RELOCATION

ALL_EVENTS: tuple[EventDefinition, ...] = (
    MOVE_IN, MOVE_IN_FROM_ABROAD, RELOCATION, MOVE_OUT, MOVE_OUT_ABROAD, MOVE_IN_NOTICE_RECEIVED, BIRTH, DEATH, HEAD_CHANGE, HOUSEHOLD_SPLIT,
    HOUSEHOLD_MERGE, HOUSEHOLD_CHANGE, HEAD_EX_OFFICIO, DE_FACTO_HEAD, MEMBER_ORDER, JUMINHYO_CODE_CHANGE, JUMINHYO_CODE_CORRECTION,
    INDIVIDUAL_NUMBER_ASSIGNED, INDIVIDUAL_NUMBER_CHANGE, INDIVIDUAL_NUMBER_CHANGE_EX_OFFICIO, INDIVIDUAL_NUMBER_CORRECTION, HEAD_BY_REMOVAL,
    DEPARTMENT_ENTRY, CANCELLATION,
)  # fmt: skip


def events_on(day: date) -> tuple[EventDefinition, ...]:
    """The events that can be filed on a day."""
    return tuple(event for event in ALL_EVENTS if event.is_in_force(day))


def event_on(code: str, day: date) -> EventDefinition:
    """An event under the law of a day. KeyError when there was none of that code."""
    for event in events_on(day):
        if event.code == code:
            return event
    raise KeyError(code)


def event_recorded_as(definition: str) -> EventDefinition | None:
    """The definition that a recorded event names; None for what is none of ours (移行)."""
    return next((event for event in ALL_EVENTS if event.recorded_as == definition), None)


def event_ja(code: str) -> str:
    """What an event is called, under whichever law; the code itself for what is none of ours (移行)."""
    return next((event.ja for event in reversed(ALL_EVENTS) if event.code == code), code)
