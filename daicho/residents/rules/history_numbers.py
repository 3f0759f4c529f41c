"""履歴番号 — a person's rows are 1, 2, 3 …; after a restore they go on above whatever was given out and lost. std 1.2.1-15; decision 0019."""

from __future__ import annotations

LEAP = 100
"""Left out at a restore: nobody has so many rows between a backup and its restore."""


def next_history_no(last: int, restores: int) -> int:
    """The number after `last`, when the register was restored so many times since that row was recorded."""
    return last + (LEAP * restores or 1)


def may_follow(last: int, number: int) -> bool:
    """Whether `number` can be the one after `last` in a register that was perhaps restored between them: how often is not known."""
    return number == last + 1 or (number > last and (number - last) % LEAP == 0)
