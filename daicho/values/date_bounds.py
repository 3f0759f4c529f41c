"""年月日の幅 — the first and the last day that a date can have been, and what a date must be to be written at all. 標準1.1.8.

「頃」 adds no days: the standard gives it no width. 冬 lies at both ends of a year and so has the whole year's bounds.
A day that the calendar lacks (平成25年2月29日) lies between its neighbours. 旧暦 dates are not converted; their bounds are wide.
"""

from calendar import monthrange
from datetime import date, timedelta

from daicho.values import eras
from daicho.values.date_parts import WESTERN, BadDate, DateForm, DateParts
from daicho.values.date_text import text_of, western_year

_SEASON_MONTHS = {"春": (3, 5), "夏": (6, 8), "秋": (9, 11), "冬": (1, 12)}
_THIRD_DAYS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}
# What each form is made of; only SPAN may also name a second year.
_MADE_OF: dict[DateForm, frozenset[str]] = {
    DateForm.DAY: frozenset({"year", "month", "day"}),
    DateForm.YEAR_ABOUT: frozenset({"year"}),
    DateForm.MONTH_ABOUT: frozenset({"year", "month"}),
    DateForm.DAY_ABOUT: frozenset({"year", "month", "day"}),
    DateForm.PRESUMED_DAY: frozenset({"year", "month", "day"}),
    DateForm.PRESUMED_MONTH: frozenset({"year", "month"}),
    DateForm.SEASON: frozenset({"year", "word"}),
    DateForm.THIRD: frozenset({"year", "month", "word"}),
    DateForm.THIRD_ABOUT: frozenset({"year", "month", "word"}),
    DateForm.UNKNOWN: frozenset(),
    DateForm.YEAR_ONLY: frozenset({"year"}),
    DateForm.MONTH_ONLY: frozenset({"year", "month"}),
    DateForm.SPAN: frozenset({"year", "month", "day", "end_month", "end_day"}),
    DateForm.PRESUMED_SPAN: frozenset({"year", "month", "day", "end_day"}),
    DateForm.ABOUT_SPAN: frozenset({"year", "month", "day", "end_day"}),
}
_SPANS = frozenset({DateForm.SPAN, DateForm.PRESUMED_SPAN, DateForm.ABOUT_SPAN})

# A day of the old calendar fell 20 to 52 days later than its number read as a Gregorian date
# (慶応4年1月1日 = 1868-01-25 … 明治5年12月2日 = 1872-12-31; the leap months were 明治元年閏4月 and 明治3年閏10月).
_OLD_CALENDAR_SHIFT = (timedelta(days=18), timedelta(days=54))


def is_old_calendar(parts: DateParts) -> bool:
    """Whether the date is one of the old calendar (明治5年12月2日以前, 旧暦)."""
    if parts.era != "M" or parts.form is DateForm.UNKNOWN:
        return False
    return (parts.year, parts.month or 1, parts.day or 1) <= eras.OLD_CALENDAR_LAST


def is_skipped(parts: DateParts) -> bool:
    """明治5年12月3日–31日: days that never were, since 12月2日 was followed by 明治6年1月1日."""
    return parts.era == "M" and parts.day > 0 and (5, 12, 31) >= (parts.year, parts.month, parts.day) > eras.OLD_CALENDAR_LAST


def bounds_of(parts: DateParts) -> tuple[date, date]:
    """First and last day the date can have been; date.min and date.max for 年月日不詳."""
    if parts.form is DateForm.UNKNOWN:
        return date.min, date.max
    first, last = _written_bounds(parts)
    if is_old_calendar(parts):
        earliest, latest = _OLD_CALENDAR_SHIFT
        return max(first + earliest, eras.known().by_code["M"].first_day), min(last + latest, eras.GREGORIAN_FROM - timedelta(days=1))
    if is_skipped(parts):
        return eras.GREGORIAN_FROM - timedelta(days=1), max(last, eras.GREGORIAN_FROM)
    return _within_era(parts, first, last)


def _written_bounds(parts: DateParts) -> tuple[date, date]:
    year = western_year(parts.era, parts.year)
    if parts.form in (DateForm.YEAR_ABOUT, DateForm.YEAR_ONLY):
        return date(year, 1, 1), date(year, 12, 31)
    if parts.form is DateForm.SEASON:
        first_month, last_month = (1, 12) if is_old_calendar(parts) else _SEASON_MONTHS[parts.word]
        return date(year, first_month, 1), _not_after(year, last_month, 31)
    if parts.form in _SPANS:
        end_year = western_year(parts.end_era, parts.end_year) if parts.end_year else year
        return _not_after(year, parts.month, parts.day), _not_before(end_year, parts.end_month or parts.month, parts.end_day)
    if parts.form in (DateForm.THIRD, DateForm.THIRD_ABOUT):
        first_day, last_day = _THIRD_DAYS[parts.word]
        return date(year, parts.month, first_day), _not_after(year, parts.month, last_day)
    if "day" in _MADE_OF[parts.form]:
        return _not_after(year, parts.month, parts.day), _not_before(year, parts.month, parts.day)
    return date(year, parts.month, 1), _not_after(year, parts.month, 31)


def _not_after(year: int, month: int, day: int) -> date:
    """The day, or the last of its month when the calendar lacks it."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def _not_before(year: int, month: int, day: int) -> date:
    """The day, or the first of the following month when the calendar lacks it."""
    length = monthrange(year, month)[1]
    return date(year, month, day) if day <= length else date(year, month, length) + timedelta(days=1)


def _within_era(parts: DateParts, first: date, last: date) -> tuple[date, date]:
    """Cut a period at the ends of its era (平成元年 月日不詳 begins on 1月8日); a date outside its era is left as written."""
    if parts.era == WESTERN:
        return first, last
    known = eras.known()
    era = known.by_code[parts.era]
    end_era = known.by_code[parts.end_era] if parts.end_year and parts.end_era != WESTERN else era
    era_first = eras.GREGORIAN_FROM if era.code == "M" else era.first_day
    cut_first, cut_last = max(first, era_first), min(last, known.last_day(end_era))
    return (cut_first, cut_last) if cut_first <= cut_last else (first, last)


def must_be_writable(parts: DateParts) -> DateParts:
    """The parts as they are, or BadDate: a month 13, a day 32 or a span that ends before it begins is nobody's date."""
    _must_have_its_parts(parts)
    if parts.form is DateForm.UNKNOWN:
        return parts
    _must_be_years(parts)
    if parts.month:
        _must_be_month(parts.month)
    if parts.day:
        _must_be_day(parts.day)
    if parts.form in _SPANS:
        _must_be_span(parts)
    _must_fit_old_calendar(parts)
    return parts


def _must_have_its_parts(parts: DateParts) -> None:
    given = {name for name in ("year", "month", "day", "word", "end_month", "end_day") if getattr(parts, name)}
    words = _SEASON_MONTHS if parts.form is DateForm.SEASON else _THIRD_DAYS
    misplaced = (
        (parts.word and parts.word not in words)
        or (parts.end_year and parts.form is not DateForm.SPAN)
        or (parts.end_era and not parts.end_year)
        or (parts.is_leap_month and not parts.month)
        or (parts.era and not parts.year)
    )
    if misplaced or given ^ _MADE_OF[parts.form]:
        zero = next((unit for name, unit in (("month", "月"), ("day", "日"), ("end_day", "日")) if name in _MADE_OF[parts.form] - given), None)
        raise BadDate(f"{zero}に0は使えません。年月日を確認してください。" if zero else "年月日の形が正しくありません。年月日を確認してください。")


def _must_be_years(parts: DateParts) -> None:
    for era, year in ((parts.era, parts.year), (parts.end_era, parts.end_year or 1)):
        if era != WESTERN and era not in eras.known().by_code:
            raise BadDate(f"元号「{era}」は登録されていません。元号を確認してください。")
        if not 1 <= western_year(era, year) < date.max.year or year < 1:
            raise BadDate(f"年「{year}」が正しくありません。年を確認してください。")


def _must_be_month(month: int) -> None:
    if not 1 <= month <= 12:
        raise BadDate(f"{month}月はありません。月は1月から12月までで入力してください。")


def _must_be_day(day: int) -> None:
    if not 1 <= day <= 31:
        raise BadDate(f"{day}日はありません。日は1日から31日までで入力してください。")


def _must_be_span(parts: DateParts) -> None:
    if parts.form is DateForm.SPAN:
        _must_be_month(parts.end_month)
    _must_be_day(parts.end_day)
    year = western_year(parts.era, parts.year)
    end_year = western_year(parts.end_era, parts.end_year) if parts.end_year else year
    if (end_year, parts.end_month or parts.month, parts.end_day) < (year, parts.month, parts.day):
        raise BadDate(f"「{text_of(parts)}」は終わりの日が始めの日より前です。年をまたぐときは終わりの日にも年を入力してください。")


def _must_fit_old_calendar(parts: DateParts) -> None:
    old = is_old_calendar(parts)
    if parts.is_leap_month and not old:
        raise BadDate("閏月は明治5年12月2日以前（旧暦）の年月日だけに使えます。月を確認してください。")
    if old and parts.day > 30:
        raise BadDate("明治5年12月2日以前は旧暦のため、日は30日までで入力してください。")
