"""40項目の導出 — file (2)'s next row of one person, from what residents sent and what stood there. C-05, F-2-02."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from daicho.contracts.identity_info_v1 import IdentityInfoV1
from daicho.juki_net.rules.items import CURRENT, REMOVED, IdentityItems
from daicho.juki_net.rules.kana import normalised
from daicho.juki_net.rules.layouts import code_list
from daicho.values.dates import JapaneseDate


@dataclass(frozen=True)
class NumberRefs:
    """Vault references of the three numbers of an update."""

    juminhyo_code: int
    individual_number: int | None
    old_juminhyo_code: int | None


def next_items(before: IdentityItems | None, info: IdentityInfoV1, refs: NumberRefs, control_no: str, recorded_at: datetime) -> IdentityItems:
    """The row after `info`, whose form was checked (`form.form_problems`). `before` is the row now, None for someone new."""
    reason = code_list("update_reason")[info.event_reason]
    detail = code_list("update_detail")[info.event_reason_detail].code if info.event_reason_detail else None
    number = before.update_sequence_no + 1 if before else info.update_sequence_no
    return IdentityItems(
        juminhyo_code_ref=refs.juminhyo_code,
        name_kanji=info.name_kanji,
        name_gaiji_count=info.name_gaiji_count,
        name_furigana=info.name_furigana,
        name_kana_normalised=normalised(info.name_furigana),
        birth_date=JapaneseDate.decode(info.birth_date),
        sex_code=info.sex_code,
        municipality_code=info.municipality_code,
        town_code=info.town_code,
        postal_code=info.postal_code,
        address=info.address,
        address_gaiji_count=info.address_gaiji_count,
        individual_number_ref=refs.individual_number,
        became_resident_date=JapaneseDate.decode(info.became_resident_date),
        address_fixed_date=JapaneseDate.decode(info.address_fixed_date) if info.address_fixed_date else None,
        notified_date=info.notified_date,
        previous_municipality_code=info.previous_municipality_code,
        previous_address=info.previous_address,
        previous_address_gaiji_count=info.previous_address_gaiji_count,
        relationship=info.relationship,
        event_reason_code=reason.code,
        event_date=JapaneseDate.decode(info.event_date),
        event_reason_detail_code=detail,
        old_juminhyo_code_ref=refs.old_juminhyo_code or (before.old_juminhyo_code_ref if before else None),
        juminhyo_code_valid_date=info.juminhyo_code_valid_date or (before.juminhyo_code_valid_date if before else None),
        request_control_no=control_no,
        operator_id=info.operator_id,
        terminal_id=info.terminal_id,
        update_sequence_no=number,
        abnormal_update_sequence_no=info.update_sequence_no if info.update_sequence_no != number else None,
        update_prohibited_flag=before.update_prohibited_flag if before else False,
        planned_person_flag=info.planned_person_flag,
        exclusive_lock_flag=False,
        gaiji_flag=any((info.name_gaiji_count, info.address_gaiji_count, info.previous_address_gaiji_count, info.former_surname_gaiji_count)),
        record_status_flag=REMOVED if reason.group == "消除" else CURRENT,
        recorded_at=recorded_at,
        former_surname_kanji=info.former_surname_kanji,
        former_surname_gaiji_count=info.former_surname_gaiji_count,
        former_surname_furigana=info.former_surname_furigana,
        former_surname_gaiji_change_seq=_gaiji_changes(before, info),
    )


def _gaiji_changes(before: IdentityItems | None, info: IdentityInfoV1) -> int | None:
    """Item 40: how often a 旧氏 with 外字 was written or changed; None until the first."""
    earlier = before.former_surname_gaiji_change_seq if before else None
    changed = info.former_surname_kanji != (before.former_surname_kanji if before else None)
    return (earlier or 0) + 1 if changed and info.former_surname_gaiji_count else earlier
