"""標準の異動事由 — the closed list of the standard's 区分, and under which of them each event falls: both ways. std 1.2.2; domain §2.0.

An event by which somebody goes on on another sheet falls under two: 記載 of the one, 消除 of the other (N-1.2.2-09).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from daicho.residents.rules.definitions import Effect, EventDefinition
from daicho.residents.rules.vocabulary import NATIONALITY_ACQUIRED, NATIONALITY_LOST, NATURALISED, REMADE, RENEWED

Reason = tuple[Effect, str]
_ENTRIES = ("国内転入", "国外転入等", "出生", "職権記載（帰化等）", "職権記載（国籍喪失）", "職権記載", "改製", "再製", "異動の取消し（増）")
_REMOVALS = ("国内転出", "国外転出", "死亡", "職権消除（帰化等）", "職権消除（国籍喪失）", "職権消除", "改製", "再製", "異動の取消し（減）")
_CORRECTIONS = (
    "転居", "軽微な修正", "職権修正", "誤記修正", "個人番号の変更請求", "個人番号の職権修正", "個人番号の職権記載", "住民票コードの変更請求",
    "住民票コードの職権記載", "世帯分離", "世帯合併", "世帯変更", "世帯主変更", "旧氏の記載", "旧氏の変更", "旧氏の削除", "通称の記載", "通称の削除",
    "異動の取消し（修正）",
)  # fmt: skip
REASONS: tuple[Reason, ...] = (
    *((Effect.ENTRY, name) for name in _ENTRIES),
    *((Effect.REMOVAL, name) for name in _REMOVALS),
    *((Effect.CORRECTION, name) for name in _CORRECTIONS),
)
GIVES_WAY: Mapping[str, str] = {
    NATURALISED: "職権消除（帰化等）", NATIONALITY_ACQUIRED: "職権消除（帰化等）", NATIONALITY_LOST: "職権消除（国籍喪失）", RENEWED: "改製", REMADE: "再製",
}  # fmt: skip
"""消除の事由 of the sheet that gives way, by what the sheet keeps (removal_reason_code)."""


def reasons_of(event: EventDefinition) -> tuple[Reason, ...]:
    """Under which 区分 it falls, by what it does: 回復 is 記載."""
    if event.turns:
        return tuple((effect, turn.standard_code) for effect, turn in event.turns.items())
    effect = Effect.ENTRY if event.effect is Effect.RESTORATION else event.effect
    own = (effect, event.standard_code)
    return (own, (Effect.REMOVAL, GIVES_WAY[event.code])) if event.code in GIVES_WAY else (own,)


def events_under(events: Iterable[EventDefinition]) -> dict[Reason, list[EventDefinition]]:
    """Of each 区分 the events that fall under it, in the order of the standard."""
    found: dict[Reason, list[EventDefinition]] = {reason: [] for reason in REASONS}
    for event in events:
        for reason in reasons_of(event):
            found[reason].append(event)
    return found
