"""受け付けられない理由 — one thing that is wrong with what came in, in the words of a clerk. S3-06, F-1-58."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """`code` for programs, `item` (identifier of the layout) and `ja`: what is wrong, which item, what to do. Never a value."""

    code: str
    item: str
    ja: str
