"""受け付けられない理由 — one thing that is wrong with what came in, in the words of a clerk. F-2-22."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """`code` for programs, `item` (identifier of file (2)) and `ja`: what is wrong, which item, what to do. Never a number."""

    code: str
    item: str
    ja: str
