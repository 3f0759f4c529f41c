"""住民記録の生存 — whether the register has been heard of lately, and whose news are still on the way. S5-01; decision 0016."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Life:
    """The newest sign of life. `at` is the earlier of when it was made and when it came: two clocks that differ make no silence shorter.

    `all_wait`: too much waits to be named, or this room has lost what it once acknowledged (a restore).
    """

    at: datetime
    waiting: int
    oldest_waiting_at: datetime | None
    atena_nos: frozenset[str]
    household_nos: frozenset[str]
    all_wait: bool

    def is_silent(self, now: datetime, after: timedelta) -> bool:
        return now - self.at > after

    def is_waited_for(self, atena_no: str) -> bool:
        return atena_no in self.atena_nos

    def household_is_waited_for(self, household_no: str | None) -> bool:
        """Whether somebody of whom news are on the way lives in this household by now: perhaps one whom we know elsewhere, or not at all."""
        return household_no in self.household_nos
