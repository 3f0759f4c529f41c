"""受け付けられない理由 — one thing that is wrong with what came in, in the words of a clerk. G-17, G-30."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """`code` for programs, `ja`: what is wrong, which item, what to do. Never a value."""

    code: str
    ja: str
