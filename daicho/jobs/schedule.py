"""起動の指定 — when a job is due. 標準9.1 (N-9.1-02 … -04: day and time, daily, weekly, monthly, month's end)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from daicho.values.closed_days import ClosedDays


@dataclass(frozen=True)
class Schedule:
    """Days and a time of day (JST). `open_days_only` moves a closed day's run to the next open day (閉庁日明け).

    `each_missed_day`: after a standstill every missed day is run by itself, else only the last one.
    """

    at: time
    weekdays: frozenset[int] = frozenset(range(7))
    days_of_month: frozenset[int] = frozenset()
    month_end: bool = False
    open_days_only: bool = False
    each_missed_day: bool = True
    only_on: date | None = None  # once, on this day
    day_of_year: Callable[[date], tuple[int, int]] | None = None  # once a year: month and day as decided for that day, say by a dated setting

    def falls_on(self, day: date, closed: ClosedDays) -> bool:
        """Whether a run is due on that day."""
        if not self.open_days_only:
            return self._names(day)
        if closed.is_closed(day):
            return False
        return any(self._names(named) for named in _day_and_closed_before(day, closed))

    def _names(self, day: date) -> bool:
        if self.only_on is not None:
            return day == self.only_on
        if self.day_of_year is not None:
            return (day.month, day.day) == self.day_of_year(day)
        if self.month_end or self.days_of_month:
            return day.day in self.days_of_month or (self.month_end and day.day == monthrange(day.year, day.month)[1])
        return day.weekday() in self.weekdays


def _day_and_closed_before(day: date, closed: ClosedDays) -> Iterator[date]:
    """An open day and the closed days directly before it, whose runs it takes over."""
    yield day
    day -= timedelta(days=1)
    while closed.is_closed(day):
        yield day
        day -= timedelta(days=1)


def once(on: date, at: time) -> Schedule:
    """On one day at a time of day."""
    return Schedule(at, only_on=on)


def daily(at: str, *, open_days_only: bool = False, each_missed_day: bool = True) -> Schedule:
    """Every day at a time such as "02:30"."""
    return Schedule(time.fromisoformat(at), open_days_only=open_days_only, each_missed_day=each_missed_day)


def weekly(weekday: int, at: str, *, open_days_only: bool = False) -> Schedule:
    """Every week on a weekday, 0 = Monday."""
    return Schedule(time.fromisoformat(at), weekdays=frozenset({weekday}), open_days_only=open_days_only)


def monthly(days: set[int], at: str, *, open_days_only: bool = False) -> Schedule:
    """On days of the month; a month that lacks the day has no run."""
    return Schedule(time.fromisoformat(at), days_of_month=frozenset(days), open_days_only=open_days_only)


def month_end(at: str, *, open_days_only: bool = False) -> Schedule:
    """On the last day of each month."""
    return Schedule(time.fromisoformat(at), month_end=True, open_days_only=open_days_only)


def yearly(day_of_year: Callable[[date], tuple[int, int]], at: str) -> Schedule:
    """Once a year. `day_of_year`: (month, day) as it is decided for a day; of 29 February only leap years know."""
    return Schedule(time.fromisoformat(at), day_of_year=day_of_year, each_missed_day=False)
