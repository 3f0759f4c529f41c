"""年月日の符号 — the reversible text kept in one column, and the eight digits sent to 住基ネット. 標準1.1.8 (N-1.1.8-13, -14)."""

import re
from collections.abc import Mapping

from daicho.values.date_parts import SEASONS, THIRDS, WESTERN, BadDate, DateForm, DateParts
from daicho.values.date_text import western_year

# The words in ASCII; the order is that of SEASONS and THIRDS.
_WORD_CODES = dict(zip((*SEASONS, *THIRDS), ("spring", "summer", "autumn", "winter", "early", "mid", "late"), strict=True))
_WORDS = {code: word for word, code in _WORD_CODES.items()}

_YEAR = r"(?P<era>[A-Z])(?P<year>[1-9]\d*)|(?P<western>\d{4})"
_END_YEAR = r"(?:(?P<end_era>[A-Z])(?P<end_year>[1-9]\d*)|(?P<end_western>\d{4}))-"
_CODE = re.compile(
    rf"(?:(?P<form>[a-z_]+):)?(?:(?:{_YEAR})(?:-(?P<leap>i?)(?P<month>\d\d)(?:-(?P<day>\d\d))?)?)?"
    rf"(?:/(?:(?P<word>[a-z]+)|(?:{_END_YEAR})?(?:(?P<end_month>\d\d)-)?(?P<end_day>\d\d)))?",
    re.ASCII,
)


def encode(parts: DateParts) -> str:
    """The canonical code: `R8-04-01`, `1985-03-09`, `season:R2/spring`, `span:R2-05-03/06-02`, `unknown:`. ASCII, stable."""
    text = "" if parts.form is DateForm.DAY else f"{parts.form.value}:"
    if parts.form is DateForm.UNKNOWN:
        return text
    text += _year_code(parts.era, parts.year)
    if parts.month:
        text += f"-{'i' if parts.is_leap_month else ''}{parts.month:02}"
    if parts.day:
        text += f"-{parts.day:02}"
    if parts.word:
        text += f"/{_WORD_CODES[parts.word]}"
    if parts.end_day:
        year = f"{_year_code(parts.end_era, parts.end_year)}-" if parts.end_year else ""
        month = f"{parts.end_month:02}-" if parts.end_month else ""
        text += f"/{year}{month}{parts.end_day:02}"
    return text


def decode(code: str) -> DateParts:
    """The parts of a code that `encode` made; anything else is BadDate (a fault of data, not of typing)."""
    match = _CODE.fullmatch(code)
    if match is None:
        raise BadDate(f"年月日の符号「{code}」を読み取れません。システム担当者に連絡してください。")
    found = match.groupdict()
    try:
        parts = DateParts(
            form=DateForm(found["form"] or DateForm.DAY),
            era=found["era"] or WESTERN,
            year=int(found["year"] or found["western"] or 0),
            month=int(found["month"] or 0),
            day=int(found["day"] or 0),
            is_leap_month=bool(found["leap"]),
            word=_WORDS[found["word"]] if found["word"] else "",
            end_era=found["end_era"] or WESTERN,
            end_year=int(found["end_year"] or found["end_western"] or 0),
            end_month=int(found["end_month"] or 0),
            end_day=int(found["end_day"] or 0),
        )
    except (ValueError, KeyError):
        raise BadDate(f"年月日の符号「{code}」を読み取れません。システム担当者に連絡してください。") from None
    if encode(parts) != code:
        raise BadDate(f"年月日の符号「{code}」を読み取れません。システム担当者に連絡してください。")
    return parts


def _year_code(era: str, year: int) -> str:
    return f"{year:04}" if era == WESTERN else f"{era}{year}"


# Which digits of YYYYMMDD a form fills for 住基ネット; the rest is 0. An assumption (the code definition is not public): replace here.
JukiDateTable = Mapping[DateForm, str]
JUKI_DATE_TABLE: JukiDateTable = {
    DateForm.DAY: "YMD",
    DateForm.YEAR_ABOUT: "Y",
    DateForm.MONTH_ABOUT: "YM",
    DateForm.DAY_ABOUT: "YMD",
    DateForm.PRESUMED_DAY: "YMD",
    DateForm.PRESUMED_MONTH: "YM",
    DateForm.SEASON: "Y",
    DateForm.THIRD: "YM",
    DateForm.THIRD_ABOUT: "YM",
    DateForm.UNKNOWN: "",
    DateForm.YEAR_ONLY: "Y",
    DateForm.MONTH_ONLY: "YM",
    DateForm.SPAN: "Y",
    DateForm.PRESUMED_SPAN: "YM",
    DateForm.ABOUT_SPAN: "YM",
}


def juki_code_of(parts: DateParts, table: JukiDateTable = JUKI_DATE_TABLE) -> str:
    """Eight digits YYYYMMDD in Western years, unknown parts 0; days outside the calendar keep their digits."""
    known = table[parts.form]
    year = western_year(parts.era, parts.year) if "Y" in known else 0
    month = parts.month if "M" in known else 0
    day = parts.day if "D" in known else 0
    return f"{year:04}{month:02}{day:02}"
