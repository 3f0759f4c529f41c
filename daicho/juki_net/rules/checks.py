"""論理チェック — whether an update can follow what file (2) holds. F-2-22; 住民基本台帳法第30条の6."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from daicho.juki_net.rules.items import IdentityItems
from daicho.juki_net.rules.layouts import Code, by_code, layout
from daicho.juki_net.rules.problems import Problem

# What each update writes about itself, whatever its reason.
_BOOKKEEPING = frozenset(
    {
        "notified_date", "event_reason_code", "event_date", "event_reason_detail_code", "request_control_no", "operator_id", "terminal_id",
        "update_sequence_no", "abnormal_update_sequence_no", "planned_person_flag", "record_status_flag", "recorded_at", "gaiji_flag",
        "relationship",  # no part of 本人確認情報 and told by no update of its own, so it comes along with the next one
    }
)  # fmt: skip
_ADDRESS = frozenset({"town_code", "postal_code", "address", "address_gaiji_count", "address_fixed_date"})
_CODE = frozenset({"juminhyo_code_ref", "old_juminhyo_code_ref", "juminhyo_code_valid_date"})
_NUMBER = frozenset({"individual_number_ref"})
_MAY_CHANGE = {
    "relocation": _ADDRESS,
    "juminhyo_code_change": _CODE,
    "individual_number_entry": _NUMBER,
    "individual_number_change": _NUMBER,
    "individual_number_correction": _NUMBER,
}
"""Reasons that say by themselves what may change. A 職権修正 or 軽微な修正 may change anything."""
_STAYS_ON_REMOVAL = frozenset(
    {
        "juminhyo_code_ref", "individual_number_ref", "name_kanji", "name_furigana", "former_surname_kanji", "former_surname_furigana", "birth_date",
        "sex_code", "address", "became_resident_date",
    }
)  # fmt: skip
"""A 除票 says what the sheet said last: whatever of it is 本人確認情報 was changed by an update of its own before."""


def update_problems(before: IdentityItems | None, after: IdentityItems, municipality_code: str, *, sender_was_restored: bool = False) -> tuple[Problem, ...]:
    """Everything that forbids `after` to follow `before` (None: nobody of this 住民票コード is known).

    `sender_was_restored`: since it told `before`, so that a number may come again (decision 0019).
    """
    return (
        *city_problems(after.municipality_code, municipality_code),
        *_of_order(before, after, sender_was_restored),
        *_of_state(before, after),
        *_of_removal(before, after),
        *_of_changes(before, after),
    )


def city_problems(given: str, ours: str) -> Iterator[Problem]:
    """File (2) holds the residents of one city."""
    if given != ours:
        yield Problem("other_city", "municipality_code", "市町村コードが当市のものではありません。送信元の値を確認してください。")


def _of_order(before: IdentityItems | None, after: IdentityItems, sender_was_restored: bool) -> Iterator[Problem]:
    """更新順番号 goes on by one. It counts a person, not a code: who returns with a code that another city changed begins here above 1.

    A sender that was restored goes on from its backup: never ahead of what it told, so that a gap is one all the same.
    """
    last = before.told_sequence_no if before else 0
    number = after.told_sequence_no
    if number <= last and not sender_was_restored:
        ja = f"更新順番号{number}は登録済みです（登録済みの最後は{last}）。同じ更新を二度登録することはできません。送信元の採番を確認してください。"
        yield Problem("sequence_repeat", "update_sequence_no", ja)
    elif before is not None and number > last + 1:
        ja = f"更新順番号が{last + 1}ではなく{number}です。間の更新が届いていません。届いていない更新を先に送ってください。"
        yield Problem("sequence_gap", "update_sequence_no", ja)


def _of_state(before: IdentityItems | None, after: IdentityItems) -> Iterator[Problem]:
    reason = _reason(after)
    if before is not None and before.update_prohibited_flag:
        yield Problem("update_prohibited", "update_prohibited_flag", "この人の本人確認情報は更新禁止になっています。更新禁止を解除してから再送してください。")
    if reason.group == "記載":
        if before is not None and before.is_current and _detail(after) not in _ON_ANOTHER_SHEET:
            yield Problem(
                "already_current", "event_reason_code", f"現存する人に「{reason.ja}」の更新は登録できません。異動事由と住民票コードを確認してください。"
            )
        elif before is not None and reason.identifier == "birth" and not _was_cancelled(before):
            yield Problem("known_before", "event_reason_code", "以前に記録のある人に「出生」の更新は登録できません。住民票コードを確認してください。")
    elif before is None:
        yield Problem("unknown_person", "juminhyo_code", f"本人確認情報のない人に「{reason.ja}」の更新は登録できません。住民票コードを確認してください。")
    elif not before.is_current:
        yield Problem("not_current", "event_reason_code", f"消除された人に「{reason.ja}」の更新は登録できません。異動事由と住民票コードを確認してください。")


def _was_cancelled(before: IdentityItems) -> bool:
    """Removed by 異動の取消し（減）: the record was never due, and what was entered wrongly is entered again."""
    return not before.is_current and _detail(before) == "cancelled"


_ON_ANOTHER_SHEET = frozenset({"naturalised", "nationality_lost"})
"""記載 of someone who is a resident already: the other sheet gave way to it (令12条2項)."""


def _detail(items: IdentityItems) -> str | None:
    code = items.event_reason_detail_code
    return by_code("update_detail")[code].identifier if code is not None else None


def _of_removal(before: IdentityItems | None, after: IdentityItems) -> Iterator[Problem]:
    """Nobody leaves before they came, nor is a removal of today still to come (予定者)."""
    reason = _reason(after)
    if reason.group != "消除":
        return
    if before is not None and after.event_date.surely_before(before.became_resident_date):
        ja = f"「{reason.ja}」の異動年月日が、住民となった日より前です。異動年月日を確認してください。"
        yield Problem("removed_before", "event_date", ja)
    if after.planned_person_flag:
        ja = f"予定者フラグのある「{reason.ja}」の更新は登録できません。消除は、その日が来てから送ってください。"
        yield Problem("planned_removal", "planned_person_flag", ja)


def _of_changes(before: IdentityItems | None, after: IdentityItems) -> Iterator[Problem]:
    """転居 changes the address alone (F-2-22), a change of a number that number alone, a removal nothing."""
    reason = _reason(after)
    if before is None or not before.is_current:
        return
    if reason.group == "消除":
        fixed = _STAYS_ON_REMOVAL
    elif reason.identifier in _MAY_CHANGE:
        fixed = frozenset(field.name for field in fields(IdentityItems)) - _MAY_CHANGE[reason.identifier] - _BOOKKEEPING
    else:
        return
    for field in fields(IdentityItems):
        if field.name in fixed and getattr(before, field.name) != getattr(after, field.name):
            ja = layout("identity_confirmation")[field.name.removesuffix("_ref")].ja
            yield Problem(
                "other_item_changed",
                field.name.removesuffix("_ref"),
                f"「{reason.ja}」の更新で{ja}が変わっています。{ja}の変更は別の異動事由（職権修正など）で送ってください。",
            )


def _reason(items: IdentityItems) -> Code:
    return by_code("update_reason")[items.event_reason_code]
