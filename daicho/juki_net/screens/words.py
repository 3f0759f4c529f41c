"""画面の言葉 — what clerks read for kinds, counterparts and states. 標準7.1.1.1."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from daicho import clock
from daicho.values.dates import wareki

KINDS: Mapping[str, str] = {"juki_update": "本人確認情報の更新（法第30条の6）", "move_in_outward": "転入通知（法第9条第1項）"}
DESTINATIONS: Mapping[str, str] = {"prefecture": "都道府県サーバ", "other_city": "他の市町村"}
BADGES: Mapping[str, str] = {
    "pending": "waiting",
    "sent": "info",
    "acknowledged": "success",
    "refused": "error",
    "dead": "error",
    "withdrawn": "neutral",
}


def moment(instant: datetime | None) -> str:
    """An instant with its year, because notices are kept for years: 「令和8年7月1日 9時00分」; what has not come yet says so."""
    if instant is None:
        return "まだありません"
    local = clock.jst(instant)
    return f"{wareki(local.date())} {local.hour}時{local:%M}分"
