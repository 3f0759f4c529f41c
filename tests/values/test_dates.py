"""年月日 — a date of the register, kept, compared and printed. 標準1.1.8, 1.1.9."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from japanera import EraDate

from daicho.values.dates import BadDate, JapaneseDate, juki_date_code, requires_calendar_day, seireki, uncertain_digits_text, wareki

REGISTER_DAYS = st.dates(date(1873, 1, 1), date(2200, 12, 31))


def d(text: str) -> JapaneseDate:
    return JapaneseDate.parse(text)


@given(REGISTER_DAYS)
def test_和暦は別の実装と一致する(day: date) -> None:
    """N-1.3.6-01: japanera as a second opinion for every day since 明治6年."""
    era_day = EraDate.from_date(day)
    year = era_day.year - era_day.era.since.year + 1
    assert wareki(day) == f"{era_day.era.kanji}{'元' if year == 1 else year}年{day.month}月{day.day}日"


@given(REGISTER_DAYS, st.booleans())
def test_暦日は何に書いても同じ日に戻る(day: date, western: bool) -> None:
    """N-1.1.8-32: 和暦 or 西暦, text or code, the day is the same."""
    written = JapaneseDate.of(day, western=western)
    assert written.certain() == day == written.first == written.last
    assert JapaneseDate.parse(written.as_written) == written == JapaneseDate.decode(written.encode())
    assert d(written.wareki()).certain() == day == d(written.seireki()).certain()
    assert written.alerts == ()
    assert juki_date_code(written) == f"{day:%Y%m%d}"
    assert seireki(day) == written.seireki()


@pytest.mark.parametrize(
    ("day", "name"),
    [("1912-07-30", "大正元年"), ("1926-12-25", "昭和元年"), ("1989-01-08", "平成元年"), ("2019-05-01", "令和元年")],
)
def test_改元の日は新しい元号の初日になる(day: str, name: str) -> None:
    """N-1.3.6-01"""
    assert wareki(date.fromisoformat(day)).startswith(name)
    assert not wareki(date.fromisoformat(day) - timedelta(days=1)).startswith(name[:2])


@pytest.mark.parametrize(("old", "new"), [("明治45年7月30日", "大正元年7月30日"), ("大正15年12月25日", "昭和元年12月25日")])
def test_改元の日の旧元号は読み替えない(old: str, new: str) -> None:
    """N-1.1.8-30, N-1.1.8-31"""
    kept = JapaneseDate.decode(d(old).encode())
    assert kept.as_written == kept.wareki() == old
    assert kept.alerts == ()
    assert kept.is_calendar
    assert kept.same_bounds(d(new))
    assert kept != d(new)


@pytest.mark.parametrize(
    "text",
    [
        "昭和65年1月1日",
        "平成32年4月1日",
        "昭和64年1月8日",
        "平成31年5月1日",
        "明治45年7月31日",
        "大正15年12月26日",
        "平成元年1月7日",
        "令和元年4月30日",
        "昭和65年頃",
        "明治5年12月3日",
    ],
)
def test_存在しない和暦は動かさずアラートにする(text: str) -> None:
    """spec §5.3: an era outside its period is kept as written and reported."""
    written = d(text)
    assert written.as_written == text
    assert JapaneseDate.decode(written.encode()) == written
    assert any("元号の期間の外" in alert for alert in written.alerts)


@pytest.mark.parametrize("text", ["昭和64年1月7日", "平成31年4月30日", "昭和64年頃", "平成元年 月日不詳"])
def test_元号の期間の内ならアラートにしない(text: str) -> None:
    assert d(text).alerts == ()


def test_平成元年の月日不詳は改元の日から始まる() -> None:
    """N-1.1.8-15: the bounds end where the era ends."""
    assert (d("平成元年 月日不詳").first, d("平成元年 月日不詳").last) == (date(1989, 1, 8), date(1989, 12, 31))
    assert (d("昭和64年 月日不詳").first, d("昭和64年 月日不詳").last) == (date(1989, 1, 1), date(1989, 1, 7))


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [("平成25年2月29日", "2013-02-28", "2013-03-01"), ("令和3年4月31日", "2021-04-30", "2021-05-01"), ("平成13年2月30日", "2001-02-28", "2001-03-01")],
)
def test_暦にない日は丸めずに残す(text: str, before: str, after: str) -> None:
    """N-1.1.8-02, N-1.1.8-10"""
    written = d(text)
    assert written.as_written == text
    assert written.is_certain
    assert not written.is_calendar
    assert (written.first, written.last) == (date.fromisoformat(before), date.fromisoformat(after))
    assert JapaneseDate.of(written.first).sort_key < written.sort_key < JapaneseDate.of(written.last).sort_key
    assert "暦にない年月日" in written.alerts[0]
    with pytest.raises(BadDate, match="暦の上の一日に決まりません"):
        written.certain()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("令和3年4月30日", None),
        ("令和3年2月29日", "届出日「令和3年2月29日」は暦にない年月日です。届出日を確認してください（標準仕様書1.1.8）。"),
        ("令和3年2月頃", "届出日に不詳の年月日は使えません。届出日を暦にある年月日で入力してください（標準仕様書1.1.8）。"),
        ("明治4年5月5日", "届出日「明治4年5月5日」は暦にない年月日です。届出日を確認してください（標準仕様書1.1.8）。"),
    ],
)
def test_不詳を許さない項目は暦日だけを受け付ける(text: str, problem: str | None) -> None:
    """N-1.1.8-01"""
    assert requires_calendar_day(d(text), "届出日") == problem


def test_外国人の生年月日は西暦のまま出す() -> None:
    """N-1.1.9-03, N-1.1.9-04"""
    assert d("1985-03-09").as_written == d("1985-03-09").seireki() == "1985年3月9日"
    assert d("昭和60年3月9日").seireki() == "1985年3月9日"
    assert d("1985年 月日不詳").seireki() == "1985年 月日不詳"


@pytest.mark.parametrize(
    ("text", "in_era"),
    [
        ("1985年5月頃", "昭和60年5月頃"),
        ("2013年2月29日", "平成25年2月29日"),
        ("1989年1月5日から1月10日頃までの間", "昭和64年1月5日から1月10日頃までの間"),
        ("2018年12月28日から2019年5月3日頃までの間", "平成30年12月28日から令和元年5月3日頃までの間"),
        ("年月日不詳", "年月日不詳"),
    ],
)
def test_西暦の不詳日も和暦で出せる(text: str, in_era: str) -> None:
    """N-1.1.9-01"""
    assert d(text).wareki() == in_era


@pytest.mark.parametrize("text", ["明治5年12月2日", "明治3年閏10月15日", "明治元年 月日不詳", "明治2年春"])
def test_旧暦は換算せずに残す(text: str) -> None:
    """spec §5.3: 明治5年12月2日 and before."""
    written = d(text)
    assert written.as_written == written.wareki() == written.seireki() == text
    assert written.is_old_calendar
    assert not written.is_calendar
    assert "旧暦" in written.alerts[0]
    assert JapaneseDate.decode(written.encode()) == written


@pytest.mark.parametrize(
    ("text", "gregorian"),
    [
        ("明治元年1月1日", "1868-01-25"),
        ("明治元年9月8日", "1868-10-23"),
        ("明治2年1月1日", "1869-02-11"),
        ("明治3年1月1日", "1870-02-01"),
        ("明治4年1月1日", "1871-02-19"),
        ("明治4年7月14日", "1871-08-29"),
        ("明治5年1月1日", "1872-02-09"),
        ("明治5年12月2日", "1872-12-31"),
    ],
)
def test_旧暦の幅は実際の日を含む(text: str, gregorian: str) -> None:
    """Days whose Gregorian date is recorded: the new years, the change of era, 廃藩置県, the last day of 旧暦."""
    assert d(text).may_be(date.fromisoformat(gregorian))
    assert d(text).surely_before(date(1873, 1, 1))


def test_日付の前後は幅で比べる() -> None:
    """N-1.1.8-15"""
    assert d("令和2年5月頃").surely_before(d("令和2年6月1日"))
    assert not d("令和2年5月頃").surely_before(date(2020, 5, 31))
    assert d("令和2年6月上旬").surely_after(d("令和2年5月 日不詳"))
    assert not d("年月日不詳").surely_before(date(2020, 1, 1))
    assert not d("年月日不詳").surely_after(date(2020, 1, 1))
    assert d("昭和30年 月日不詳").may_be(date(1955, 7, 7))
    assert not d("昭和30年 月日不詳").may_be(date(1956, 1, 1))


def test_並び順は年月日不詳が先で広い不詳ほど後になる() -> None:
    """N-1.1.8-15: 内部日付"""
    ordered = ["年月日不詳", "昭和30年1月1日", "昭和30年1月上旬", "昭和30年1月 日不詳", "昭和30年 月日不詳", "昭和30年2月1日"]
    assert sorted(ordered, key=lambda text: d(text).sort_key) == ordered


@pytest.mark.parametrize(
    ("digits", "text"),
    [
        ("19850000", "1985年（月日は不詳）"),
        ("19850500", "1985年5月（日は不詳）"),
        ("00000000", "不詳を含む（00000000）"),
        ("19851300", "不詳を含む（19851300）"),
        ("19850005", "不詳を含む（19850005）"),
        ("1985", "不詳を含む（1985）"),
    ],
)
def test_相手方の8桁のうち不詳の部分は言葉で示す(digits, text):
    """N-1.1.8-13: 00 where unknown."""
    assert uncertain_digits_text(digits) == text
