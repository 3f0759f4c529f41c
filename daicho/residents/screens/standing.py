"""住民票の状態 — whether a sheet stands or is a 除票, and why, as a badge says it. 住民基本台帳法第15条の2; std 1.1.5."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.fold import is_open
from daicho.residents.rules.vocabulary import REASONS


@dataclass(frozen=True)
class Standing:
    """`badge` is the kind of ui's badge."""

    badge: str
    text: str
    is_open: bool


def standing_of(entries: SheetEntries, on: date) -> Standing:
    """現存, 転出予定 (the removal lies ahead), 記載予定, or 除票 with its reason."""
    if is_open(entries, on):
        return Standing("warning", "転出予定", True) if entries.closed_on or entries.planned_move_out_date else Standing("success", "現存", True)
    if entries.closed_on is None or on < entries.closed_on:
        return Standing("waiting", "記載前", False)
    reason = entries.removal_reason_code
    return Standing("neutral", f"除票（{REASONS.get(reason, reason)}）" if reason else "除票", False)
