"""閉庁日と期限 — holidays against a second library, deadlines by 民法140条 and 142条. 地方自治法4条の2."""

from datetime import date, timedelta

import jpholiday
import pytest
from hypothesis import given
from hypothesis import strategies as st

from daicho.values.closed_days import ClosedDays, national_holidays
from daicho.values.deadlines import days_late, deadline, years_before

DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))
USUAL = ClosedDays()


@pytest.mark.parametrize("year", range(1986, 2041))
def test_祝日は別の実装と一致する(year: int) -> None:
    """国民の祝日に関する法律: jpholiday as a second opinion, with 振替休日, 国民の休日 and the moved days of 2019–2021.

    From 1986: before 昭和60年法律103号 took force there was no 国民の休日, which jpholiday overlooks.
    """
    assert sorted(national_holidays(year)) == sorted(day for day, _ in jpholiday.year_holidays(year))


@pytest.mark.parametrize(
    ("day", "why"),
    [("2026-04-01", None), ("2026-04-04", "土曜日"), ("2026-04-05", "日曜日"), ("2026-04-29", "昭和の日"), ("2026-05-06", "振替休日"),
     ("2026-12-28", None), ("2026-12-29", "年末年始"), ("2027-01-01", "元日"), ("2027-01-03", "年末年始"), ("2027-01-04", None)],
)  # fmt: skip
def test_閉庁の理由(day: str, why: str | None) -> None:
    assert USUAL.why(date.fromisoformat(day)) == why


def test_市だけの休日はデータで渡す() -> None:
    moved = ClosedDays.with_own([date(2026, 8, 3)], "庁舎設備点検日")
    assert moved.why(date(2026, 8, 3)) == "庁舎設備点検日"
    assert not USUAL.is_closed(date(2026, 8, 3))
    assert moved.next_open(date(2026, 8, 1)) == date(2026, 8, 4)
    assert moved.previous_open(date(2026, 8, 3)) == date(2026, 7, 31)
    assert not ClosedDays(year_end=()).is_closed(date(2026, 12, 29))


@pytest.mark.parametrize(
    ("start", "last"),
    [("2026-04-01", "2026-04-15"), ("2026-03-28", "2026-04-13"), ("2026-04-17", "2026-05-01"), ("2026-04-19", "2026-05-07"), ("2026-12-15", "2027-01-04")],
)
def test_14日の届出期限は初日を数えず閉庁日なら次の開庁日(start: str, last: str) -> None:
    """住基法22条 with 民法140条; 閉庁日は地方自治法4条の2第4項."""
    assert deadline(date.fromisoformat(start), 14, USUAL) == date.fromisoformat(last)


@given(DAYS, st.integers(1, 120))
def test_期限は数えた日より早くならず開いている(start: date, days: int) -> None:
    """Counted by hand: tick off the days after the first one by one, then walk on while the door is closed."""
    day = start
    for _ in range(days):
        day += timedelta(days=1)
    while day.weekday() >= 5 or jpholiday.is_holiday(day) or (day.month, day.day) in {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}:
        day += timedelta(days=1)
    assert deadline(start, days, USUAL) == day


def test_何年前の同じ日() -> None:
    """民法143条2項; N-1.3.8-02."""
    assert (years_before(date(2026, 4, 10), 5), years_before(date(2028, 2, 29), 5)) == (date(2021, 4, 10), date(2023, 2, 28))


def test_遅れた日数() -> None:
    moved = date(2026, 4, 1)
    assert [days_late(moved, 14, filed, USUAL) for filed in (date(2026, 4, 1), date(2026, 4, 15), date(2026, 4, 16))] == [0, 0, 1]
    with pytest.raises(ValueError, match="at least one day"):
        deadline(moved, 0, USUAL)
