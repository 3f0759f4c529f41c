"""事由の区分 — under which 事由 of the closed list each event counts, and why 本人確認情報 is told of it. 標準1.2.2; domain 2.0; 規則11条."""

from __future__ import annotations

import pytest

from daicho.residents.rules.definitions import Effect, NoticeKind
from daicho.residents.rules.events import ALL_EVENTS

BY_REGISTER = (
    "marriage", "divorce", "adoption", "adoption_dissolved", "special_adoption", "recognition", "register_entry", "register_branch", "register_transfer",
    "surname_change", "given_name_change", "furigana", "sex_change", "register_correction",
)  # fmt: skip
CATEGORY = {
    **dict.fromkeys(BY_REGISTER, "職権修正"),  # 戸籍の届出による修正=職権修正
    "domestic_move_in": "国内転入", "move_in_from_abroad": "国外転入等", "entry_30_46": "国外転入等", "entry_30_47": "国外転入等", "birth": "出生",
    "naturalisation": "職権記載（帰化等）", "nationality_acquisition": "職権記載（帰化等）", "nationality_loss": "職権記載（国籍喪失）",
    "register_founding": "職権記載", "ex_officio_entry": "職権記載", "address_setting": "職権記載", "restoration": "職権記載",
    "sheet_renewal": "改製", "sheet_remaking": "再製", "move_out": "国内転出", "move_out_abroad": "国外転出", "death": "死亡",
    "disappearance": "職権消除", "ex_officio_removal": "職権消除", "relocation": "転居", "minor_correction": "軽微な修正", "ex_officio_correction": "職権修正",
    "mend": "誤記修正", "household_split": "世帯分離", "household_merge": "世帯合併", "household_change": "世帯変更", "head_change": "世帯主変更",
    "head_ex_officio": "世帯主変更", "head_by_removal": "世帯主変更", "former_surname_entry": "旧氏の記載", "former_surname_change": "旧氏の変更",
    "former_surname_deletion": "旧氏の削除", "alias_entry": "通称の記載", "alias_deletion": "通称の削除", "relationship_30_48": "職権修正",
    "managed_items": "職権修正", "removed_sheet_correction": "職権修正", "de_facto_head": "職権修正", "member_order": "職権修正", "department_entry": "職権修正", "move_in_notice_received": "職権修正",
    "cancellation": "異動の取消し（修正）", "special_move_out": "国内転出", "address_renamed": "軽微な修正", "residence_status_changed": "職権修正",
    "residence_ended": "職権消除", "residence_notification": "職権修正", "special_permanent_certificate": "職権修正",
    "juminhyo_code_change": "住民票コードの変更請求", "juminhyo_code_correction": "住民票コードの職権記載", "individual_number_change": "個人番号の変更請求",
    "individual_number_change_ex_officio": "個人番号の職権修正", "individual_number_correction": "個人番号の職権修正", "individual_number_assigned": "個人番号の職権記載",
    "caution_entry": "職権修正", "removed_sheet_error": "職権修正",
}  # fmt: skip
"""The 細目 that the standard has not, written to the 事由 that it has (domain 2.0)."""

UPDATE_REASON = {
    "国内転入": "move_in", "国外転入等": "move_in", "出生": "birth", "職権記載（帰化等）": "entry_ex_officio", "職権記載（国籍喪失）": "entry_ex_officio",
    "職権記載": "entry_ex_officio", "国内転出": "move_out", "国外転出": "move_out", "死亡": "death", "職権消除": "removal_ex_officio", "転居": "relocation",
    "軽微な修正": "minor_correction", "職権修正": "correction_ex_officio", "誤記修正": "correction_ex_officio", "旧氏の記載": "correction_ex_officio",
    "旧氏の変更": "correction_ex_officio", "旧氏の削除": "correction_ex_officio", "通称の記載": "correction_ex_officio", "通称の削除": "correction_ex_officio",
    "住民票コードの変更請求": "juminhyo_code_change", "住民票コードの職権記載": "juminhyo_code_entry", "個人番号の変更請求": "individual_number_change",
    "個人番号の職権修正": "individual_number_correction", "個人番号の職権記載": "individual_number_entry",
}  # fmt: skip
OTHERWISE = {"address_setting": "move_in", "move_in_notice_received": "move_out"}
"""住所設定 is 転入等 to 住基ネット [K?]; a 転入通知 tells 市町村CS only where it brings the 転出 forward."""

TELL_NO_IDENTITY = frozenset({
    "head_change", "household_split", "household_merge", "household_change", "head_ex_officio", "head_by_removal", "relationship_30_48", "sheet_renewal",
    "sheet_remaking", "removed_sheet_correction", "de_facto_head", "member_order", "department_entry", "residence_notification",
    "caution_entry", "removed_sheet_error",
})  # fmt: skip
"""続柄, 世帯主, 資格 and 改製 are none of 法30条の6 (domain 2.1)."""

EVENTS = {event.code: event for event in ALL_EVENTS}


@pytest.mark.parametrize("code", EVENTS)
def test_異動は標準の事由の区分に写る(code):
    """N-1.2.2; an event of which the list here says nothing fails by its name."""
    assert EVENTS[code].standard_code == CATEGORY[code]


@pytest.mark.parametrize("code", EVENTS)
def test_本人確認情報の更新事由は区分のとおり(code):
    event = EVENTS[code]
    tells = NoticeKind.IDENTITY_INFO in {notice.kind for notice in event.notices}
    assert tells == (code not in TELL_NO_IDENTITY)
    if tells and code != "cancellation":
        assert event.reason_for(event.effect)[0] == OTHERWISE.get(code, UPDATE_REASON[event.standard_code])


@pytest.mark.parametrize(
    ("effect", "category", "reason"),
    [
        (Effect.ENTRY, "異動の取消し（増）", "entry_ex_officio"),
        (Effect.REMOVAL, "異動の取消し（減）", "removal_ex_officio"),
        (Effect.CORRECTION, "異動の取消し（修正）", "correction_ex_officio"),
    ],
)
def test_取消しは票にしたことによる(effect, category, reason):
    """N-4.6.0.1-07…-09: 増・減・修正, and told as such."""
    assert EVENTS["cancellation"].recorded_under([effect])[0] == category
    assert EVENTS["cancellation"].reason_for(effect) == (reason, "cancelled")
