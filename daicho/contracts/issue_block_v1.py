"""発行抑止 — residents tells every room that hands out or passes on a person's data that nothing of theirs is handed out, or again is. 標準仕様3.1, 3.2; G-04, G-17, G-21, G-25.

Not why: 支援措置 and any other reason look the same. A temporary lift is never told (N-3.1-10).
"""

from dataclasses import dataclass
from datetime import date, datetime

from daicho.contracts.base import contract


@dataclass(frozen=True)
class BlockedPerson:
    """`prohibited_from`: the first day on which nothing is handed out; None: nothing stands in the way any more."""

    person_key: str  # 宛名番号; to 市町村CS, which may not know it, 住民票コード
    prohibited_from: date | None


@contract("issue_block", version=1)
@dataclass(frozen=True)
class IssueBlockV1:
    """`at` orders what is told of one person."""

    at: datetime
    persons: tuple[BlockedPerson, ...]
