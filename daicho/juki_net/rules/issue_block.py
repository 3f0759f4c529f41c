"""発行抑止 — whether anything may be handed out of somebody of the file on a day. 標準仕様3.1 (N-3.1-19); 住民基本台帳法第12条の4.

広域交付 and whatever else this room will hand out asks here first. What 都道府県 and other municipalities are told by law goes on unchanged: a 抑止
concerns papers, not 本人確認情報.
"""

from __future__ import annotations

from datetime import date

REFUSED = "この人の住民票の写しは交付できません。住所地の市区町村に確認してください。"
"""What the one who asks is told; the same for every reason."""


def is_blocked(prohibited_from: date | None, on: date) -> bool:
    """Half of a period: from its first day until residents releases it, whatever end was foreseen (N-3.1-14)."""
    return prohibited_from is not None and prohibited_from <= on


def refusal_of_paper(prohibited_from: tuple[date | None, ...], on: date) -> str:
    """Why a paper that would show these people is not made; "" when it may be. One of them is enough."""
    return REFUSED if any(is_blocked(day, on) for day in prohibited_from) else ""
