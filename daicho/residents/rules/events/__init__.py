"""異動の一覧 — every life event the register knows, in the order of the counter's menu. Adding one: its file, this line, its test.

When the law changes, the new definition stands here beside the old one, each with the days on which it is in force.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from daicho.residents.rules.cautions import with_cautions
from daicho.residents.rules.definitions import EventDefinition
from daicho.residents.rules.events.address_renamed import ADDRESS_RENAMED
from daicho.residents.rules.events.address_setting import ADDRESS_SETTING
from daicho.residents.rules.events.adoption import ADOPTION
from daicho.residents.rules.events.adoption_dissolved import ADOPTION_DISSOLVED
from daicho.residents.rules.events.alias_deletion import ALIAS_DELETION
from daicho.residents.rules.events.alias_entry import ALIAS_ENTRY
from daicho.residents.rules.events.birth import BIRTH
from daicho.residents.rules.events.cancellation import CANCELLATION
from daicho.residents.rules.events.caution_entry import CAUTION_ENTRY
from daicho.residents.rules.events.de_facto_head import DE_FACTO_HEAD
from daicho.residents.rules.events.death import DEATH
from daicho.residents.rules.events.department_entry import DEPARTMENT_ENTRY
from daicho.residents.rules.events.disappearance import DISAPPEARANCE
from daicho.residents.rules.events.divorce import DIVORCE
from daicho.residents.rules.events.entry_30_46 import ENTRY_30_46
from daicho.residents.rules.events.entry_30_47 import ENTRY_30_47
from daicho.residents.rules.events.ex_officio_correction import EX_OFFICIO_CORRECTION
from daicho.residents.rules.events.ex_officio_entry import EX_OFFICIO_ENTRY
from daicho.residents.rules.events.ex_officio_removal import EX_OFFICIO_REMOVAL
from daicho.residents.rules.events.former_surname_change import FORMER_SURNAME_CHANGE
from daicho.residents.rules.events.former_surname_deletion import FORMER_SURNAME_DELETION
from daicho.residents.rules.events.former_surname_entry import FORMER_SURNAME_ENTRY
from daicho.residents.rules.events.furigana import FURIGANA
from daicho.residents.rules.events.given_name_change import GIVEN_NAME_CHANGE
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
from daicho.residents.rules.events.managed_items import MANAGED_ITEMS
from daicho.residents.rules.events.marriage import MARRIAGE
from daicho.residents.rules.events.member_order import MEMBER_ORDER
from daicho.residents.rules.events.mend import MEND
from daicho.residents.rules.events.minor_correction import MINOR_CORRECTION
from daicho.residents.rules.events.move_in import MOVE_IN
from daicho.residents.rules.events.move_in_from_abroad import MOVE_IN_FROM_ABROAD
from daicho.residents.rules.events.move_in_notice import MOVE_IN_NOTICE_RECEIVED
from daicho.residents.rules.events.move_out import MOVE_OUT
from daicho.residents.rules.events.move_out_abroad import MOVE_OUT_ABROAD
from daicho.residents.rules.events.nationality_acquisition import NATIONALITY_ACQUISITION
from daicho.residents.rules.events.nationality_loss import NATIONALITY_LOSS
from daicho.residents.rules.events.naturalisation import NATURALISATION
from daicho.residents.rules.events.recognition import RECOGNITION
from daicho.residents.rules.events.register_branch import REGISTER_BRANCH
from daicho.residents.rules.events.register_correction import REGISTER_CORRECTION
from daicho.residents.rules.events.register_entry import REGISTER_ENTRY
from daicho.residents.rules.events.register_founding import REGISTER_FOUNDING
from daicho.residents.rules.events.register_transfer import REGISTER_TRANSFER
from daicho.residents.rules.events.relationship_30_48 import RELATIONSHIP_30_48
from daicho.residents.rules.events.relocation import RELOCATION
from daicho.residents.rules.events.removed_sheet_correction import REMOVED_SHEET_CORRECTION
from daicho.residents.rules.events.removed_sheet_error import REMOVED_SHEET_ERROR
from daicho.residents.rules.events.residence_ended import RESIDENCE_ENDED
from daicho.residents.rules.events.residence_notification import RESIDENCE_NOTIFICATION
from daicho.residents.rules.events.residence_status_changed import RESIDENCE_STATUS_CHANGED
from daicho.residents.rules.events.restoration import RESTORATION
from daicho.residents.rules.events.sex_change import SEX_CHANGE
from daicho.residents.rules.events.sheet_remaking import SHEET_REMAKING
from daicho.residents.rules.events.sheet_renewal import SHEET_RENEWAL
from daicho.residents.rules.events.special_adoption import SPECIAL_ADOPTION
from daicho.residents.rules.events.special_move_out import SPECIAL_MOVE_OUT
from daicho.residents.rules.events.special_permanent_certificate import SPECIAL_PERMANENT_CERTIFICATE
from daicho.residents.rules.events.surname_change import SURNAME_CHANGE

_EVENTS: tuple[EventDefinition, ...] = (
    MOVE_IN, MOVE_IN_FROM_ABROAD, RELOCATION, MOVE_OUT, SPECIAL_MOVE_OUT, MOVE_OUT_ABROAD, HEAD_CHANGE, HOUSEHOLD_SPLIT, HOUSEHOLD_MERGE, HOUSEHOLD_CHANGE,
    BIRTH, DEATH, DISAPPEARANCE, MARRIAGE, DIVORCE, ADOPTION, ADOPTION_DISSOLVED, SPECIAL_ADOPTION, RECOGNITION, REGISTER_ENTRY, REGISTER_BRANCH,
    REGISTER_TRANSFER, SURNAME_CHANGE, GIVEN_NAME_CHANGE, FURIGANA, SEX_CHANGE, REGISTER_CORRECTION, REGISTER_FOUNDING, NATURALISATION,
    NATIONALITY_ACQUISITION, NATIONALITY_LOSS,
    ENTRY_30_46, ENTRY_30_47, RELATIONSHIP_30_48, ALIAS_ENTRY, ALIAS_DELETION,
    RESIDENCE_STATUS_CHANGED, RESIDENCE_ENDED, RESIDENCE_NOTIFICATION, SPECIAL_PERMANENT_CERTIFICATE,
    FORMER_SURNAME_ENTRY, FORMER_SURNAME_CHANGE, FORMER_SURNAME_DELETION,
    EX_OFFICIO_ENTRY, ADDRESS_SETTING, EX_OFFICIO_REMOVAL, EX_OFFICIO_CORRECTION, MINOR_CORRECTION, MEND, RESTORATION, SHEET_RENEWAL, SHEET_REMAKING,
    HEAD_EX_OFFICIO, DE_FACTO_HEAD, MEMBER_ORDER, MANAGED_ITEMS, REMOVED_SHEET_CORRECTION,
    JUMINHYO_CODE_CHANGE, JUMINHYO_CODE_CORRECTION, INDIVIDUAL_NUMBER_CHANGE, INDIVIDUAL_NUMBER_CHANGE_EX_OFFICIO, INDIVIDUAL_NUMBER_CORRECTION,
    MOVE_IN_NOTICE_RECEIVED, INDIVIDUAL_NUMBER_ASSIGNED, HEAD_BY_REMOVAL, DEPARTMENT_ENTRY, ADDRESS_RENAMED, CANCELLATION,
    CAUTION_ENTRY, REMOVED_SHEET_ERROR,
)  # fmt: skip
ALL_EVENTS = tuple(with_cautions(event) for event in _EVENTS)


def events_on(day: date) -> tuple[EventDefinition, ...]:
    """The events that can be filed on a day."""
    return tuple(event for event in ALL_EVENTS if event.is_in_force(day))


def by_heading(events: Iterable[EventDefinition]) -> dict[str, list[EventDefinition]]:
    """Events under the headings of the menu, both in the order in which they first come."""
    found: dict[str, list[EventDefinition]] = {}
    for event in events:
        found.setdefault(event.menu_group, []).append(event)
    return found


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
