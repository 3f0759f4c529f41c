"""通称の記載に関する事項 — where and when a mover's 通称 was entered, brought along from city to city. 法30条の45; 令30条の16, 30条の17; items 114–117."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any  # entries are of many types

from daicho.residents.rules.entries import ENTRIES, SheetEntries
from daicho.residents.rules.problems import Problem, problem

ENTERED = ("alias_history_entered_municipality", "alias_history_entered_date")


def alias_history(entries: Mapping[str, Any]) -> dict[str, object]:
    """What of the history follows from 通称 and both of `ENTERED`: nothing while one is unknown, for half an item certifies nothing."""
    if not entries["foreign_alias"] or not all(entries[name] for name in ENTERED):
        return {}
    return {"alias_history_order": 1, "alias_history_alias": entries["foreign_alias"]}


def check_alias(entries: SheetEntries, today: date, member: int) -> list[Problem]:
    """通称 and where and when it was entered go together; an unknown one does not hold up the 届出, only what would certify it."""
    given = [name for name in ENTERED if getattr(entries, name) is not None]
    missing = [name for name in ENTERED if name not in given]
    if entries.foreign_alias is None:
        return [problem("L001", name, member, label=ENTRIES[name].ja) for name in given]
    entered = entries.alias_history_entered_date
    if entered is not None and entered > today:
        return [problem("L002", "alias_history_entered_date", member)]
    if not missing:
        return []
    words = "と".join(f"「{ENTRIES[name].ja}」" for name in missing)
    return [problem("L101", missing[0], member, labels=words)]
