"""交付した写しの状態 — whether a copy that the city handed over still holds: neither taken back nor replaced. std 1.3.8 (N-1.3.8-11); A-05; decision 0052."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from daicho.residents.rules.disposals import MISTAKEN


class Standing(StrEnum):
    """What whoever checks a copy is told of it; the reason is the city's own."""

    VALID = "valid"
    CANCELLED = "cancelled"
    REPLACED = "replaced"


STANDING_JA = {Standing.VALID: "有効", Standing.CANCELLED: "取消し済み", Standing.REPLACED: "再交付により無効"}


@dataclass(frozen=True)
class IssueState:
    """`since`: from when it is not valid any more; None while it is."""

    standing: Standing
    since: datetime | None = None

    @property
    def is_valid(self) -> bool:
        return self.standing is Standing.VALID

    @property
    def ja(self) -> str:
        return STANDING_JA[self.standing]


@dataclass(frozen=True)
class Happened:
    """A 処分 of the copy (`kind`), or the issue of another in its place ("" = 再交付)."""

    kind: str
    at: datetime


VALID = IssueState(Standing.VALID)


def state_of(happened: Sequence[Happened]) -> IssueState:
    """What stands at the end; `happened` oldest first. A 処分 that was recorded by mistake counts no more, nor does what was recorded before it."""
    mistaken = max((at for at, one in enumerate(happened) if one.kind == MISTAKEN), default=-1)
    for at, one in enumerate(happened):
        if not one.kind:
            return IssueState(Standing.REPLACED, one.at)
        if at > mistaken:
            return IssueState(Standing.CANCELLED, one.at)
    return VALID
