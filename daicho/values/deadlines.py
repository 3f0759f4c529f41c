"""期限 — the last day of a period in days. 民法140条 (初日不算入), 142条; 地方自治法4条の2第4項."""

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


def years_before(day: date, years: int) -> date:
    """The same day so many years before; of 2月29日 2月28日 where there is none (民法143条2項)."""
    year = day.year - years
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)
