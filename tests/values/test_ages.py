"""年齢 — against a differently written count. 年齢計算ニ関スル法律, 民法143条."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from daicho.values.ages import AgeBounds, age_bounds, age_on, attains_on, legal_age_on, surely_attained
from daicho.values.dates import JapaneseDate

BIRTHS = st.dates(date(1900, 1, 1), date(2030, 12, 31))


def years_lived(birth: date, on: date) -> int:
    """The second opinion: compare month and day as numbers; 2月29日 comes after every day of a common February."""
    return on.year - birth.year - (1 if f"{on:%m%d}" < f"{birth:%m%d}" else 0)


@given(BIRTHS, st.integers(0, 44000))
def test_証明書の年齢は誕生日に増える(birth: date, days: int) -> None:
    on = birth + timedelta(days=days)
    assert age_on(birth, on) == years_lived(birth, on)


@given(BIRTHS, st.integers(0, 44000))
def test_法律上の年齢は前日の終わりに増える(birth: date, days: int) -> None:
    """The age at law on a day is the age shown on the next day."""
    on = birth + timedelta(days=days)
    assert legal_age_on(birth, on) == years_lived(birth, on + timedelta(days=1))


@pytest.mark.parametrize(
    ("birth", "age", "day"),
    [("2008-04-01", 18, "2026-03-31"), ("2008-04-02", 18, "2026-04-01"), ("2008-02-29", 18, "2026-02-28"), ("2008-02-29", 20, "2028-02-28"),
     ("2008-03-01", 18, "2026-02-28"), ("2004-03-01", 20, "2024-02-29"), ("2008-01-01", 18, "2025-12-31")],
)  # fmt: skip
def test_年齢に達する日(birth: str, age: int, day: str) -> None:
    """4月1日生まれは3月31日の終了をもって達する（早生まれ）."""
    assert attains_on(date.fromisoformat(birth), age) == date.fromisoformat(day)


def test_2月29日生まれは平年の3月1日に年を取って見える() -> None:
    birth = date(2008, 2, 29)
    assert [age_on(birth, date(2026, 2, 28)), age_on(birth, date(2026, 3, 1))] == [17, 18]
    assert [legal_age_on(birth, date(2026, 2, 27)), legal_age_on(birth, date(2026, 2, 28))] == [17, 18]


def test_生まれる前の年齢は無い() -> None:
    with pytest.raises(ValueError, match="before birth"):
        age_on(date(2026, 4, 2), date(2026, 4, 1))
    with pytest.raises(ValueError, match="before birth"):
        legal_age_on(date(2026, 4, 2), date(2026, 4, 1))


@pytest.mark.parametrize(
    ("birth", "bounds"),
    [("昭和30年4月2日", AgeBounds(70, 70)), ("昭和30年 月日不詳", AgeBounds(70, 71)), ("昭和30年3月頃", AgeBounds(71, 71)), ("年月日不詳", None),
     ("令和8年 月日不詳", AgeBounds(0, 0)), ("令和9年 月日不詳", None), ("平成25年2月29日", AgeBounds(13, 13))],
)  # fmt: skip
def test_不詳の生年月日は年齢の幅を持つ(birth: str, bounds: AgeBounds | None) -> None:
    """N-1.1.8-15: computed from the inner bounds; nothing is made up for 年月日不詳."""
    assert age_bounds(JapaneseDate.parse(birth), date(2026, 4, 1)) == bounds


@given(st.integers(1, 64), st.integers(1, 12), st.integers(0, 364), BIRTHS)
def test_年齢の幅はその月のどの日に生まれた場合も含む(year: int, month: int, offset: int, on: date) -> None:
    birth = JapaneseDate.parse(f"昭和{year}年{month}月 日不詳")
    born = birth.first + timedelta(days=offset % ((birth.last - birth.first).days + 1))
    assume(born <= on)
    bounds = age_bounds(birth, on)
    assert bounds is not None
    assert bounds.least <= years_lived(born, on) <= bounds.most
    attained = surely_attained(birth, 15, on)
    assert attained in (None, legal_age_on(born, on) >= 15)


def test_不詳なら年齢に達したかを決めつけない() -> None:
    birth = JapaneseDate.parse("平成23年 月日不詳")
    assert surely_attained(birth, 15, date(2025, 12, 30)) is False
    assert surely_attained(birth, 15, date(2026, 6, 1)) is None
    assert surely_attained(birth, 15, date(2026, 12, 30)) is True
    assert surely_attained(JapaneseDate.parse("年月日不詳"), 15, date(2026, 6, 1)) is None
