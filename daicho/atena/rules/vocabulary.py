"""統合宛名の用語 — states, results and sexes as the contracts have them, and what a clerk reads. G-17, G-30."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

REGISTER = "0000"
"""The affair whose 宛名番号 residents tells: 住民基本台帳. Every other affair stands on the dated list (番号法第9条第1項 別表)."""
REGISTER_JA = "住民基本台帳"


class State(StrEnum):
    """How a person stands in the register."""

    CURRENT = "current"
    REMOVED = "removed"
    UNREGISTERED = "unregistered"


STATES_JA: Mapping[State, str] = {State.CURRENT: "現存", State.REMOVED: "消除", State.UNREGISTERED: "住民基本台帳に記録なし"}


class Result(StrEnum):
    """What a question is answered with (atena_question_v1)."""

    FOUND = "found"
    NUMBERED = "numbered"
    NOT_FOUND = "not_found"
    NUMBER_DIFFERS = "number_differs"
    IN_DOUBT = "in_doubt"


RESULTS_JA: Mapping[str, str] = {
    Result.FOUND: "回答",
    Result.NUMBERED: "新規付番",
    Result.NOT_FOUND: "該当なし",
    Result.NUMBER_DIFFERS: "登録の個人番号と異なる",
    Result.IN_DOUBT: "重複を確認中",
}

SEXES: Mapping[str, str] = {"1": "男", "2": "女", "0": "不明", "9": "空欄"}


def state_of(told_by_register: bool, removed_on: date | None, today: date) -> State:
    """消除 from the day of removal on; a removal that lies ahead (転出予定) leaves 現存 until then."""
    if not told_by_register:
        return State.UNREGISTERED
    return State.REMOVED if removed_on is not None and removed_on <= today else State.CURRENT
