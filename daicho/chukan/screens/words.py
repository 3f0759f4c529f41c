"""画面の言葉 — what officers read for kinds, counterparts, results, reasons and the items of a replica. 標準7.1.1.1; S3-05, S3-06."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from daicho.chukan.models import Inquiry
from daicho.contracts.layouts import code_list, layout
from daicho.contracts.replica_v1 import ReplicaV1
from daicho.ui.dates import wareki_text
from daicho.values.dates import JapaneseDate

KINDS: Mapping[str, str] = {"code_acquisition": "符号の取得要求（番号法第21条の2）", "provision_release": "確認待ちだった照会の回答（番号法第19条第8号）"}
DESTINATIONS: Mapping[str, str] = {"network_core": "情報提供ネットワークシステム", "residents": "住民記録"}
BADGES: Mapping[str, str] = {"answered": "success", "refused": "error", "held": "waiting"}
STATES: Mapping[str, tuple[str, str]] = {"current": ("success", "現存"), "removed": ("neutral", "消除")}
_IN_GLYPHS = frozenset({"name_kanji", "householder_name", "former_surname", "address"})
_HEADER_ENDS = "withheld_until"


@dataclass(frozen=True)
class Fact:
    """One item of a replica as it is drawn."""

    label: str
    text: str
    in_glyphs: bool


def result_of(inquiry: Inquiry) -> tuple[str, str]:
    """Badge and word of a record, as it stands after an officer's decision."""
    decision = getattr(inquiry, "decision", None)
    if decision is not None:
        return ("success", "確認のうえ提供") if decision.provided else ("error", "確認のうえ提供せず")
    return BADGES[inquiry.result], str(Inquiry.Result(inquiry.result).label)


def reasons_of(inquiry: Inquiry) -> str:
    """Why it was not answered by itself, "" when it was."""
    known = code_list("provision_reason")
    return "。".join(known[reason].ja if reason in known else reason for reason in inquiry.reasons)


def facts_of(told: ReplicaV1, names: tuple[str, ...] | None = None, *, with_head: bool = True) -> list[Fact]:
    """The items of 住民票関係情報 with their labels; only those named, if some are. The head may be one of whom not everybody may know."""
    items = layout("replica")
    first = items[_HEADER_ENDS].no
    wanted = names if names is not None else tuple(name for name, item in items.items() if item.no > first)
    return [Fact(items[name].ja, item_text(name, getattr(told, name)), name in _IN_GLYPHS) for name in wanted if with_head or name != "householder_name"]


def item_text(name: str, value: object) -> str:
    """A value in words: 和暦 for days, the code's word for codes; "" for 空欄."""
    if value is None:
        return ""
    if isinstance(value, date):
        return wareki_text(value)
    item, text = layout("replica")[name], str(value)
    if item.type == "uncertain_date":
        return JapaneseDate.decode(text).wareki()
    if name == "sex_code":
        return next((code.ja for code in code_list("sex").values() if code.code == text), text)
    if name.endswith("_reason_code"):
        known = code_list("event_reason")
        return known[text].ja if text in known else text
    return text
