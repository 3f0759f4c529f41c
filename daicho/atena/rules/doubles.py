"""個人番号の重複 — two integrated numbers for one 個人番号: what a clerk may decide, and which number stays. 番号法第9条; S4-01."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Decision(StrEnum):
    """A clerk's judgement, by documents, never by the system."""

    SAME = "same"
    CLAIMANTS = "claimants"
    HOLDERS = "holders"


DECISIONS_JA: Mapping[str, str] = {
    Decision.SAME: "同じ人である（番号を一つにする）",
    Decision.CLAIMANTS: "別の人で、個人番号は後から名のった人のもの",
    Decision.HOLDERS: "別の人で、個人番号は先に登録した人のもの",
}


@dataclass(frozen=True)
class Party:
    """One of the two persons."""

    person_id: int
    in_register: bool  # residents tells of them


def surviving(holder: Party, claimant: Party) -> Party | None:
    """Whose integrated number stays when both are one person: the one under which the replica lies at chukan, else the older.

    None when residents knows both: then the register holds one person twice, which it must mend first.
    """
    if holder.in_register and claimant.in_register:
        return None
    if holder.in_register != claimant.in_register:
        return holder if holder.in_register else claimant
    return min(holder, claimant, key=lambda party: party.person_id)
