"""取出しの位置 — up to where a department has taken: everybody first, then what changed since. 標準7.2.3 全件・異動差分.

A change is placed by the transaction that wrote it and by the person's row, and is given out once no earlier transaction can still
write (as the post room's relay does): so nothing is ever passed by, whatever commits in which order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TEXT = re.compile(r"(all|since)\.([0-9a-f-]{36})\.([0-9]{1,19})\.([0-9]{1,19})")


@dataclass(frozen=True)
class Position:
    """`epoch`: of the post room; a restore begins a new one, in which older positions mean nothing.

    `whole`: still among everybody, behind the row `row_id`; differences begin at the transaction `xid` afterwards. Otherwise behind
    (`xid`, `row_id`) of what changed.
    """

    epoch: str
    whole: bool
    xid: int
    row_id: int

    def to_text(self) -> str:
        """As it travels; opaque to the department."""
        return f"{'all' if self.whole else 'since'}.{self.epoch}.{self.xid}.{self.row_id}"

    @classmethod
    def read(cls, text: str) -> Position | None:
        """The position of a text that `to_text` made; None for anything else."""
        found = _TEXT.fullmatch(text)
        if found is None or max(int(found[3]), int(found[4])) >= 2**63:
            return None
        return cls(found[2], found[1] == "all", int(found[3]), int(found[4]))
