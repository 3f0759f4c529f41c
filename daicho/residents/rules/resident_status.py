"""住民状態 — what a sheet says of whether its person is a resident: 住民, 転出予定, or how they ceased to be one. std 1.1.1, 1.1.2; N-1.1.1-28, N-1.1.1-51.

Derived from 消除日 and its reason, in every row of the history; nobody writes it.
"""

from __future__ import annotations

from datetime import date

from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.vocabulary import (
    DIED,
    ENTRY_CANCELLED,
    LEFT,
    MOVED_OUT_ABROAD,
    NATIONALITY_ACQUIRED,
    NATIONALITY_LOST,
    NATURALISED,
    REMADE,
    RENEWED,
)

RESIDENT, LEAVING, MOVED_OUT, DEAD, REMOVED, REPLACED = "resident", "planned_move_out", "moved_out", "dead", "removed", "replaced"
STATUSES = (
    (RESIDENT, "住民"),
    (LEAVING, "転出予定"),
    (MOVED_OUT, "転出"),
    (MOVED_OUT_ABROAD, "国外転出"),
    (DEAD, "死亡"),
    (REMOVED, "職権消除"),
    (REPLACED, "改製等"),
    (ENTRY_CANCELLED, "記載の取消し"),
)
_BY_REASON = {
    **dict.fromkeys(LEFT, MOVED_OUT),
    MOVED_OUT_ABROAD: MOVED_OUT_ABROAD,
    DIED: DEAD,
    ENTRY_CANCELLED: ENTRY_CANCELLED,
    **dict.fromkeys((RENEWED, REMADE, NATURALISED, NATIONALITY_ACQUIRED, NATIONALITY_LOST), REPLACED),
}


def status_of(entries: SheetEntries, day: date) -> str:
    """The code of STATUSES on a day; a removal that lies ahead is planned."""
    if entries.closed_on is None:
        return RESIDENT
    return LEAVING if day < entries.closed_on else _BY_REASON.get(entries.removal_reason_code or "", REMOVED)
