"""外への電文 — what the prefecture and other municipalities are told, made from file (2) and from the notice of residents; and what comes in. G-05, G-10.

Only 本人確認情報 and its 変更情報 leave for the prefecture (法30条の6); 続柄 and the rest of the 40 items stay here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from daicho.contracts.juki_update_v1 import JukiUpdateV1
from daicho.contracts.move_in_notice_v1 import MoveInNoticeV1
from daicho.contracts.move_in_outward_v1 import MoveInOutwardV1
from daicho.contracts.move_in_received_v1 import MoveInReceivedV1
from daicho.juki_net.rules.items import IdentityItems
from daicho.juki_net.rules.layouts import code_list
from daicho.values.dates import juki_date_code


@dataclass(frozen=True)
class Numbers:
    """The digits that file (2) holds as references, opened for this one message."""

    juminhyo_code: str
    individual_number: str | None
    old_juminhyo_code: str | None


def update_to_prefecture(items: IdentityItems, numbers: Numbers) -> JukiUpdateV1:
    """The update that `items` is the outcome of. The old 住民票コード goes along only with its change."""
    return JukiUpdateV1(
        juminhyo_code=numbers.juminhyo_code,
        name_kanji=items.name_kanji,
        name_gaiji_count=items.name_gaiji_count,
        name_furigana=items.name_furigana,
        name_kana_normalised=items.name_kana_normalised,
        birth_date=juki_date_code(items.birth_date),
        sex_code=items.sex_code,
        municipality_code=items.municipality_code,
        town_code=items.town_code,
        postal_code=items.postal_code,
        address=items.address,
        address_gaiji_count=items.address_gaiji_count,
        individual_number=numbers.individual_number,
        event_reason_code=items.event_reason_code,
        event_date=juki_date_code(items.event_date),
        event_reason_detail_code=items.event_reason_detail_code,
        old_juminhyo_code=numbers.old_juminhyo_code,
        juminhyo_code_valid_date=items.juminhyo_code_valid_date if numbers.old_juminhyo_code else None,
        request_control_no=items.request_control_no,
        update_sequence_no=items.update_sequence_no,
        abnormal_update_sequence_no=items.abnormal_update_sequence_no,
        planned_person_flag=items.planned_person_flag,
        former_surname_kanji=items.former_surname_kanji,
        former_surname_gaiji_count=items.former_surname_gaiji_count,
        former_surname_furigana=items.former_surname_furigana,
    )


def move_in_to_municipality(notice: MoveInNoticeV1, control_no: str) -> MoveInOutwardV1:
    """The notice as it goes to the municipality it is addressed to."""
    return MoveInOutwardV1(
        request_control_no=control_no,
        addressee_municipality_code=notice.addressee_municipality_code,
        municipality_code=notice.municipality_code,
        notice_basis_code=code_list("notice_basis")[notice.notice_basis].code,
        juminhyo_code=notice.juminhyo_code,
        name_kanji=notice.name_kanji,
        name_furigana=notice.name_furigana,
        birth_date=notice.birth_date_juki,
        sex_code=notice.sex_code,
        former_address=notice.former_address,
        new_address=notice.new_address,
        move_in_date=notice.move_in_date,
        notified_date=notice.notified_date,
    )


def move_in_to_residents(notice: MoveInOutwardV1, sent_on: date) -> MoveInReceivedV1:
    """A notice of another municipality as residents gets it: as it came, with the day it was sent."""
    return MoveInReceivedV1(
        request_control_no=notice.request_control_no,
        municipality_code=notice.municipality_code,
        notice_basis_code=notice.notice_basis_code,
        notice_date=sent_on,
        juminhyo_code=notice.juminhyo_code,
        name_kanji=notice.name_kanji,
        name_furigana=notice.name_furigana,
        birth_date_juki=notice.birth_date,
        sex_code=notice.sex_code,
        former_address=notice.former_address,
        new_address=notice.new_address,
        move_in_date=notice.move_in_date,
        notified_date=notice.notified_date,
    )
