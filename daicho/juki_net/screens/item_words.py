"""項目の言葉 — what an operator reads for an item of file (2): its name in the list of 40, dates in 和暦, words for codes. 本人確認情報ファイル."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from daicho.juki_net.rules.items import IdentityItems
from daicho.juki_net.rules.layouts import by_code, layout
from daicho.ui.dates import moment, wareki_text
from daicho.values.dates import JapaneseDate
from daicho.values.municipalities import municipality_name

_CODES: Mapping[str, str] = {
    "sex_code": "sex",
    "event_reason_code": "update_reason",
    "event_reason_detail_code": "update_detail",
    "record_status_flag": "record_status",
}


def item_label(name: str) -> str:
    return layout("identity_confirmation")[name.removesuffix("_ref")].ja


def item_text(name: str, items: IdentityItems) -> str:
    """The item in words; "" for 空欄. Of a number nothing: it is a reference."""
    value = getattr(items, name)
    if value is None or name.endswith("_ref"):
        return ""
    if name in _CODES:
        return by_code(_CODES[name])[value].ja
    if name == "previous_municipality_code" and municipality_name(value) != value:  # a code that the table lacks stands alone
        return f"{municipality_name(value)}（{value}）"
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, JapaneseDate | date):
        return wareki_text(value)
    return str(value)
