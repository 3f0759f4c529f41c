"""通知書と支援措置 — that no letter tells the other party where somebody protected lives, or that they moved. domain §7; 標準仕様3.4; decision 0049.

A letter about a protected person goes to nobody but those protected with them, and to no address at which the other party lives. Who may not know
of the case learns nothing from the refusal but whom to ask.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

REFUSED = "支援措置の対象者に関する書面のため、この宛先には出力できません。支援措置責任者に確認してください（標準仕様3.4）。"
CONFIRM = "支援措置の対象者に関する書面です。送付先が相手方に知られないことを確かめ、確かめた内容を入力してください（標準仕様3.4）。"


@dataclass(frozen=True)
class Cases:
    """Of the people of a letter: by person id the cases that protect them; by case the other party's person ids; and where these live."""

    protecting: Mapping[int, frozenset[str]]
    opponents: Mapping[str, frozenset[int]]
    homes: Collection[str]  # addresses (lot keys) at which an opponent of these cases lives

    @property
    def protects(self) -> bool:
        return bool(self.protecting)


NOBODY = Cases({}, {}, ())


def refusal(cases: Cases, addressee: int | None, home: str) -> str:
    """Why this letter may not go there; "" when it may. `addressee`: the person written to, None for who is no resident; `home`: the lot key."""
    if not cases.protects:
        return ""
    opponents = frozenset[int]().union(*cases.opponents.values()) if cases.opponents else frozenset()
    if addressee is None or addressee in opponents or addressee not in cases.protecting:
        return REFUSED
    return REFUSED if home and home in cases.homes else ""
