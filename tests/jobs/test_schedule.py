"""起動の指定 — on which days a job falls. 標準9.1 (N-9.1-02 … -04)."""

from datetime import date, time, timedelta

import pytest

from daicho.jobs import Schedule, daily, month_end, monthly, weekly
from daicho.values.closed_days import ClosedDays

USUAL = ClosedDays()


def days_of(schedule: Schedule, year: int = 2026, month: int = 5) -> list[int]:
    days = (date(year, month, 1) + timedelta(days=n) for n in range(31))
    return [day.day for day in days if day.month == month and schedule.falls_on(day, USUAL)]


def test_毎日毎週毎月月末の指定() -> None:
    """N-9.1-03, N-9.1-04"""
    assert len(days_of(daily("02:30"))) == 31
    assert days_of(weekly(0, "02:30")) == [4, 11, 18, 25]
    assert days_of(monthly({10, 25}, "02:30")) == [10, 25]
    assert days_of(month_end("02:30")) == [31]
    assert days_of(month_end("02:30"), 2028, 2) == [29]
    assert days_of(monthly({30}, "02:30"), 2026, 2) == []
    assert daily("02:30").at == time(2, 30)


@pytest.mark.parametrize(
    ("schedule", "days"),
    [
        (daily("08:00", open_days_only=True), [1, 7, 8, 11, 12, 13, 14, 15, 18, 19, 20, 21, 22, 25, 26, 27, 28, 29]),
        (monthly({3, 10}, "08:00", open_days_only=True), [7, 11]),
        (weekly(2, "08:00", open_days_only=True), [7, 13, 20, 27]),
    ],
)
def test_閉庁日の分は閉庁日明けに処理する(schedule: Schedule, days: list[int]) -> None:
    """The holidays of May 2026: 2日(土)–6日(水), then weekends; the next open day takes over."""
    assert days_of(schedule) == days


def test_月末が閉庁日なら翌月の最初の開庁日() -> None:
    assert days_of(month_end("08:00", open_days_only=True), 2026, 6) == [1, 30]
