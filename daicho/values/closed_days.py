"""閉庁日 — the days on which the city's offices are closed. 地方自治法4条の2; 国民の祝日に関する法律.

National holidays come from the kept library `holidays`; the end of the year and the city's own days are data passed in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

import holidays

# 地方自治法4条の2第2項3号: 年末又は年始; 12月29日–1月3日 is what 小樽市 and the state use (行政機関の休日に関する法律1条).
YEAR_END = ((12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3))
_WEEKEND = {5: "土曜日", 6: "日曜日"}


@lru_cache(maxsize=256)
def national_holidays(year: int) -> Mapping[date, str]:
    """The national holidays of a year by day, with their Japanese names (振替休日 and 国民の休日 too)."""
    return MappingProxyType(dict(holidays.country_holidays("JP", years=year, language="ja").items()))


@dataclass(frozen=True)
class ClosedDays:
    """Which days are closed: weekends, national holidays, the end of the year, and the city's own (day → why)."""

    year_end: tuple[tuple[int, int], ...] = YEAR_END
    own: Mapping[date, str] = field(default_factory=dict)

    @classmethod
    def with_own(cls, days: Iterable[date], why: str = "市の休日") -> "ClosedDays":
        """The usual closed days and these of the city's own."""
        return cls(own=dict.fromkeys(days, why))

    def why(self, day: date) -> str | None:
        """Why the day is closed, in Japanese; None when the offices are open."""
        return (
            national_holidays(day.year).get(day)
            or ("年末年始" if (day.month, day.day) in self.year_end else None)
            or self.own.get(day)
            or _WEEKEND.get(day.weekday())
        )

    def is_closed(self, day: date) -> bool:
        return self.why(day) is not None

    def next_open(self, day: date) -> date:
        """The day itself when open, else the next open day."""
        while self.is_closed(day):
            day += timedelta(days=1)
        return day

    def previous_open(self, day: date) -> date:
        """The day itself when open, else the last open day before it."""
        while self.is_closed(day):
            day -= timedelta(days=1)
        return day
