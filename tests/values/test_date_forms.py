"""不詳日 — the closed list of 14 uncertain forms. 標準1.1.8 不詳日一覧."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daicho.values import dates
from daicho.values.date_parts import SEASONS, THIRDS
from daicho.values.dates import BadDate, DateForm, JapaneseDate, juki_date_code

# form, text as in the standard, first and last day, code of the column, code for 住基ネット
FORMS = [
    ("year_about", "令和2年頃", "2020-01-01", "2020-12-31", "year_about:R2", "20200000"),
    ("month_about", "令和2年5月頃", "2020-05-01", "2020-05-31", "month_about:R2-05", "20200500"),
    ("day_about", "令和2年5月3日頃", "2020-05-03", "2020-05-03", "day_about:R2-05-03", "20200503"),
    ("presumed_day", "推定令和2年5月3日", "2020-05-03", "2020-05-03", "presumed_day:R2-05-03", "20200503"),
    ("presumed_month", "推定令和2年5月", "2020-05-01", "2020-05-31", "presumed_month:R2-05", "20200500"),
    ("season", "令和2年春", "2020-03-01", "2020-05-31", "season:R2/spring", "20200000"),
    ("third", "令和2年5月上旬", "2020-05-01", "2020-05-10", "third:R2-05/early", "20200500"),
    ("third_about", "令和2年5月中旬頃", "2020-05-11", "2020-05-20", "third_about:R2-05/mid", "20200500"),
    ("unknown", "年月日不詳", "0001-01-01", "9999-12-31", "unknown:", "00000000"),
    ("year_only", "令和2年 月日不詳", "2020-01-01", "2020-12-31", "year_only:R2", "20200000"),
    ("month_only", "令和2年5月 日不詳", "2020-05-01", "2020-05-31", "month_only:R2-05", "20200500"),
    ("span", "令和2年5月3日から6月2日頃までの間", "2020-05-03", "2020-06-02", "span:R2-05-03/06-02", "20200000"),
    ("presumed_span", "令和2年5月推定3日から7日までの間", "2020-05-03", "2020-05-07", "presumed_span:R2-05-03/07", "20200500"),
    ("about_span", "令和2年5月3日頃から7日頃までの間", "2020-05-03", "2020-05-07", "about_span:R2-05-03/07", "20200500"),
]


def test_一覧は14種で順も標準のとおり() -> None:
    assert [row[0] for row in FORMS] == [form.value for form in DateForm][1:]
    assert [JapaneseDate.parse(row[1]).pattern_no for row in FORMS] == list(range(1, 15))


@pytest.mark.parametrize(("form", "text", "first", "last", "code", "juki"), FORMS)
def test_不詳日は一字一句そのまま出る(form: str, text: str, first: str, last: str, code: str, juki: str) -> None:
    """N-1.1.8-16…-29; the codes are kept in columns and must never change."""
    written = JapaneseDate.parse(text)
    assert written.form == form
    assert written.as_written == str(written) == written.wareki() == text
    assert (written.first, written.last) == (date.fromisoformat(first), date.fromisoformat(last))
    assert written.encode() == code
    assert JapaneseDate.decode(code) == written
    assert not written.is_certain
    assert not written.is_calendar
    assert written.alerts == ()
    assert juki_date_code(written) == juki
    assert written.as_written == text


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("令和2年夏", "2020-06-01", "2020-08-31"),
        ("令和2年秋", "2020-09-01", "2020-11-30"),
        ("令和2年冬", "2020-01-01", "2020-12-31"),
        ("令和3年2月下旬", "2021-02-21", "2021-02-28"),
        ("令和2年12月28日から令和3年1月3日頃までの間", "2020-12-28", "2021-01-03"),
        ("平成31年4月28日から令和元年5月3日頃までの間", "2019-04-28", "2019-05-03"),
    ],
)
def test_同型の季節と旬と年をまたぐ期間(text: str, first: str, last: str) -> None:
    """spec §5.2: 夏秋冬 and 中下旬 are taken as the same forms."""
    written = JapaneseDate.parse(text)
    assert (written.first, written.last) == (date.fromisoformat(first), date.fromisoformat(last))
    assert written.as_written == text
    assert JapaneseDate.decode(written.encode()) == written


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Any writable date as text, from the wording of the standard and not from the code under test."""
    era, most = draw(st.sampled_from([("明治", 45), ("大正", 15), ("昭和", 64), ("平成", 31), ("令和", 40), ("", 0)]))
    number = draw(st.integers(1, most)) if era else draw(st.integers(1873, 2100))
    y = f"{era}{'元' if number == 1 else number}年"
    m, day = draw(st.integers(1, 12)), draw(st.integers(1, 30))
    end_day = draw(st.integers(day, 31))
    end_month = draw(st.integers(m, 12))
    later = draw(st.integers(1, 31)) if end_month > m else end_day
    templates = [
        f"{y}{m}月{day}日", f"{y}頃", f"{y}{m}月頃", f"{y}{m}月{day}日頃", f"推定{y}{m}月{day}日", f"推定{y}{m}月",
        f"{y}{draw(st.sampled_from(SEASONS))}", f"{y}{m}月{draw(st.sampled_from(THIRDS))}", f"{y}{m}月{draw(st.sampled_from(THIRDS))}頃",
        "年月日不詳", f"{y} 月日不詳", f"{y}{m}月 日不詳", f"{y}{m}月{day}日から{end_month}月{later}日頃までの間",
        f"{y}{m}月推定{day}日から{end_day}日までの間", f"{y}{m}月{day}日頃から{end_day}日頃までの間",
    ]  # fmt: skip
    return draw(st.sampled_from(templates))


@given(texts())
def test_どの形も文字列と符号から元に戻る(text: str) -> None:
    """N-1.1.8-16…-29: round trip of all forms and eras, bounds in order, code in ASCII."""
    written = JapaneseDate.parse(text)
    assert written.as_written == text
    code = written.encode()
    assert code.isascii()
    assert JapaneseDate.decode(code) == written
    assert JapaneseDate.decode(code).encode() == code
    assert written.first <= written.last
    assert len(juki_date_code(written)) == 8
    assert juki_date_code(written).isdigit()
    assert JapaneseDate.parse(written.wareki()).as_written == written.wareki()


@given(texts(), texts())
def test_違う書き方は違う符号になる(one: str, other: str) -> None:
    assert (JapaneseDate.parse(one).encode() == JapaneseDate.parse(other).encode()) == (one == other)


@given(texts(), texts())
def test_前後の判定は並び順と矛盾しない(one: str, other: str) -> None:
    a, b = JapaneseDate.parse(one), JapaneseDate.parse(other)
    if a.surely_before(b):
        assert b.surely_after(a)
        assert not b.surely_before(a)
        assert a.sort_key < b.sort_key


DAMAGED = [
    "R8",
    "R8-4-1",
    "r8-04-01",
    "R0-04-01",
    "R08-04-01",
    "day:R8-04-01",
    "Q3-01-01",
    "season:R2/monsoon",
    "year_about:",
    "unknown:R2",
    "span:R2-05-03",
    "third:R2-05",
    "month_about:R2",
    "R8-04-01/05",
    "2026-13-01",
]


@pytest.mark.parametrize("code", ["", "R8-04-01\n", *DAMAGED])
def test_作った覚えのない符号は読まない(code: str) -> None:
    """What did not come from encode() is damaged data and is refused."""
    with pytest.raises(BadDate):
        JapaneseDate.decode(code)


def test_住基ネットの変換表は差し替えられる() -> None:
    """N-1.1.8-13: the table is an assumption until the code definition is at hand."""
    written = JapaneseDate.parse("令和2年5月3日頃")
    assert juki_date_code(written, {**dates.JUKI_DATE_TABLE, DateForm.DAY_ABOUT: "YM"}) == "20200500"


def test_みなし生年月日を作るものが無い() -> None:
    """N-1.1.8-33: no name in the date modules makes a presumed birth date; 年月日不詳 has no day at all."""
    source = "".join(path.read_text(encoding="utf-8") for path in Path(dates.__file__).parent.glob("date*.py"))
    assert source.count("みなし") == 1
    assert "no みなし生年月日" in source
    with pytest.raises(BadDate):
        JapaneseDate.parse("年月日不詳").certain()
