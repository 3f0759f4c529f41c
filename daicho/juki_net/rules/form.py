"""形式チェック — whether each item that residents sent is what its layout says. F-2-22, C-05."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from daicho.contracts.fuhyo_notice_v1 import FuhyoNoticeV1
from daicho.contracts.identity_info_v1 import IdentityInfoV1
from daicho.contracts.move_in_notice_v1 import MoveInNoticeV1
from daicho.juki_net.rules.layouts import by_code, code_list, layout
from daicho.juki_net.rules.problems import Problem
from daicho.values.characters import gaiji_count
from daicho.values.dates import BadDate, JapaneseDate, juki_date_code
from daicho.values.numbers import BadNumber, IndividualNumber, JuminhyoCode, MunicipalityCode

_DATES = ("birth_date", "became_resident_date", "address_fixed_date", "event_date")
_NUMBERS: dict[str, Callable[[str], str]] = {
    "juminhyo_code": JuminhyoCode.parse,
    "old_juminhyo_code": JuminhyoCode.parse,
    "individual_number": IndividualNumber.parse,
    "municipality_code": MunicipalityCode.parse,
    "addressee_municipality_code": MunicipalityCode.parse,
}
_COUNTS = {
    "name_gaiji_count": "name_kanji",
    "address_gaiji_count": "address",
    "previous_address_gaiji_count": "previous_address",
    "former_surname_gaiji_count": "former_surname_kanji",
}
_CORRECTS_CODE = frozenset({("juminhyo_code_entry", None), ("correction_ex_officio", "cancelled")})
"""What beside a 変更請求 may put another 住民票コード in the place of one: a correction, or a cancelled change."""
_KANA = re.compile("[ぁ-ゖァ-ヺー・ \u3000]+")
_TEXTS = (
    "name_kanji",
    "address",
    "previous_address",
    "former_surname_kanji",
    "relationship",
    "operator_id",
    "terminal_id",
    "former_address",
    "new_address",
    "registered_domicile",
)


def form_problems(info: IdentityInfoV1) -> tuple[Problem, ...]:
    """Everything that is wrong with the form of an update, in the order of the checks."""
    values = vars(info)
    return (
        *_of_numbers(values),
        *_of_dates(values),
        *_of_codes(values, {"event_reason": "update_reason", "event_reason_detail": "update_detail"}),
        *_of_texts(values, "identity_confirmation"),
        *_of_counts(values),
        *_of_sequence(info),
    )


def notice_problems(notice: MoveInNoticeV1) -> tuple[Problem, ...]:
    """Everything that is wrong with the form of a 転入通知."""
    values = vars(notice)
    return (*_of_numbers(values), *_of_dates(values), *_of_codes(values, {"notice_basis": "notice_basis"}), *_of_texts(values, "move_in_notice"))


def fuhyo_problems(notice: FuhyoNoticeV1) -> tuple[Problem, ...]:
    """Everything that is wrong with the form of a 戸籍附票記載事項通知, which bears the codes of the wire already."""
    values = vars(notice)
    found = (*_of_numbers(values), *_of_texts(values, "fuhyo_notice"))
    lists = {"reason_code": "fuhyo_reason", "sex_code": "sex"}
    return (
        *found,
        *(
            Problem("unknown_code", item, f"{_ja(item)}がコード表にありません。コード表を確認してください。")
            for item, name in lists.items()
            if values[item] not in by_code(name)
        ),
    )


def _ja(item: str) -> str:
    """The item's name on the clerk's list."""
    for name in ("identity_confirmation", "move_in_notice", "fuhyo_notice"):
        for identifier in (item, f"{item}_code"):
            if identifier in layout(name):
                return layout(name)[identifier].ja
    return item


def _of_numbers(values: dict[str, object]) -> Iterator[Problem]:
    for item, parse in _NUMBERS.items():
        value = values.get(item)
        if isinstance(value, str):
            try:
                if parse(value) != value:
                    yield Problem("ill_formed", item, f"{_ja(item)}は半角数字だけで送ってください。")
            except BadNumber as bad:
                yield Problem("ill_formed", item, f"{_ja(item)}: {bad}")
    for item in ("postal_code", "town_code", "previous_municipality_code"):
        value = values.get(item)
        length = {"postal_code": 7, "previous_municipality_code": 6}.get(item)
        if isinstance(value, str) and (not re.fullmatch("[0-9]{1,11}", value) or (length and len(value) != length)):
            yield Problem("ill_formed", item, f"{_ja(item)}の桁数又は文字が違います。半角数字{length or '11桁以内'}{'桁' if length else ''}で送ってください。")


def _of_dates(values: dict[str, object]) -> Iterator[Problem]:
    for item in _DATES:
        text, juki = values.get(item), values.get(f"{item}_juki")
        if not isinstance(text, str):
            if juki is not None:
                yield Problem("ill_formed", item, f"{_ja(item)}がないのに住基ネット形式の値があります。送信元の値を確認してください。")
            continue
        try:
            fits = juki_date_code(JapaneseDate.decode(text)) == juki
        except BadDate as bad:
            yield Problem("ill_formed", item, f"{_ja(item)}: {bad}")
            continue
        if not fits:
            yield Problem("ill_formed", item, f"{_ja(item)}と、その住基ネット形式の値が合いません。送信元の値を確認してください。")


def _of_codes(values: dict[str, object], lists: dict[str, str]) -> Iterator[Problem]:
    for item, name in lists.items():
        value = values[item]
        if isinstance(value, str) and value not in code_list(name):
            yield Problem("unknown_code", item, f"{_ja(item)}がコード表にありません。コード表を確認してください。")
    if values["sex_code"] not in by_code("sex"):
        yield Problem("unknown_code", "sex_code", "性別がコード表にありません。コード表を確認してください。")


def _of_texts(values: dict[str, object], layout_name: str) -> Iterator[Problem]:
    for item in _TEXTS:
        value = values.get(item)
        longest = layout(layout_name)[item].max_length if item in layout(layout_name) else None
        if isinstance(value, str) and (not value.strip() or (longest and len(value) > longest)):
            yield Problem("ill_formed", item, f"{_ja(item)}が空か、{longest}文字を超えています。値を確認してください。")
    for item in ("name_furigana", "former_surname_furigana"):
        value = values.get(item)
        longest = layout(layout_name)[item].max_length if item in layout(layout_name) else None
        if isinstance(value, str) and (not _KANA.fullmatch(value) or (longest and len(value) > longest)):
            yield Problem("ill_formed", item, f"{_ja(item)}に仮名でない文字があるか、{longest}文字を超えています。振り仮名を確認してください。")


def _of_counts(values: dict[str, object]) -> Iterator[Problem]:
    """C-05: a count of 外字 must equal what its text holds; none without a text."""
    for item, of in _COUNTS.items():
        text = values[of]
        if values[item] != (gaiji_count(text) if isinstance(text, str) else None):
            yield Problem("ill_formed", item, f"{_ja(item)}が{_ja(of)}と合いません。外字の数を確認してください。")


def _of_sequence(info: IdentityInfoV1) -> Iterator[Problem]:
    if info.update_sequence_no < 1:
        yield Problem("sequence", "update_sequence_no", "更新順番号は1以上です。送信元の採番を確認してください。")
    with_old, asked_for = info.old_juminhyo_code is not None, info.event_reason == "juminhyo_code_change"
    may_change = asked_for or (info.event_reason, info.event_reason_detail) in _CORRECTS_CODE
    if (asked_for and not with_old) or (with_old and not may_change) or with_old != (info.juminhyo_code_valid_date is not None):
        yield Problem(
            "ill_formed",
            "old_juminhyo_code",
            "旧住民票コードと使用年月日は、住民票コードの変更請求と、職権による修正又はその取消しのときにだけ、両方を送ってください（法第30条の4）。",
        )
