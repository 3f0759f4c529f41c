"""期限 — the last day of a period in days, months or years. 民法140条 (初日不算入), 142条, 143条; 地方自治法4条の2第4項."""

from calendar import monthrange
from datetime import date, timedelta

from daicho.values.closed_days import ClosedDays


def deadline(start: date, days: int, closed: ClosedDays) -> date:
    """The last day to act within `days` days of `start`: the first day is not counted; a closed last day moves to the next open one."""
    if days < 1:
        raise ValueError("a period has at least one day")
    return closed.next_open(start + timedelta(days=days))


def days_late(start: date, days: int, acted_on: date, closed: ClosedDays) -> int:
    """How many days after the deadline it was done; 0 when in time."""
    return max(0, (acted_on - deadline(start, days, closed)).days)


def last_day_of_months(first: date, months: int) -> date:
    """The last day of a period of whole months that begins with the day `first` itself (民法143条2項).

    The day before the one that answers to it; in a month without that day its last: 2月29日 and a year → 2月28日.
    """
    year, month = _shifted(first, months)
    if first.day > monthrange(year, month)[1]:
        return date(year, month, monthrange(year, month)[1])
    return date(year, month, first.day) - timedelta(days=1)


def months_before(day: date, months: int) -> date:
    """The day that answers to it so many months earlier, or that month's last."""
    year, month = _shifted(day, -months)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _shifted(day: date, months: int) -> tuple[int, int]:
    at = day.year * 12 + day.month - 1 + months
    return at // 12, at % 12 + 1


def years_before(day: date, years: int) -> date:
    """The same day so many years before; of 2月29日 2月28日 where there is none (民法143条2項)."""
    return months_before(day, 12 * years)
