"""受け付けられない理由 — one thing that is wrong with a proposal, a question or a write-back, in the words of an officer. D-R1, D-R6."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """`code` for programs, `field` of the form or item of the layout, `message`: what is wrong, which item, what to do. Nothing of a person."""

    code: str
    field: str
    message: str
    blocks: bool = True
