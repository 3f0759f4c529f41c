"""生年月日の条件 — one day, a month, a year, a span of them, or 不詳, in 西暦 or 和暦. std 2.1.3 (N-2.1.3-08, -09, -30), 1.1.8."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from daicho.values import eras
from daicho.values.dates import BadDate, JapaneseDate

UNKNOWN = "不詳"
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FROM_TO = re.compile(r"[~〜～]|から")
_UNTIL = re.compile(r"まで$")
_FEW_DAYS, _YEAR = timedelta(31), timedelta(366)


@dataclass(frozen=True)
class BirthAsked:
    """The days asked, both ends in; of the two dates typed the second is that of a span. `is_uncertain`: whoever's date is not known to the day."""

    first: date
    last: date
    begin: JapaneseDate | None = None
    end: JapaneseDate | None = None
    is_uncertain: bool = False

    @property
    def is_few_days(self) -> bool:
        """So few are born within these days, in any city, that all of them are looked through."""
        return not self.is_uncertain and self.last - self.first <= _FEW_DAYS

    @property
    def is_within_a_year(self) -> bool:
        return not self.is_uncertain and self.last - self.first <= _YEAR

    @property
    def day(self) -> date | None:
        """The one day, when it is one."""
        return self.first if self.first == self.last and not self.is_uncertain else None


def read_birth(text: str) -> BirthAsked:
    """昭和55年3月9日, S55.3, 1980; S55～S60, S55～ and ～S60; 不詳. Raises BadDate."""
    text = text.strip()
    if text == UNKNOWN:
        return BirthAsked(date.min, date.max, is_uncertain=True)
    first, mark, last = _parted(text)
    try:
        whole = days_asked(text)  # 「5月1日から5月3日頃までの間」 is one date, as the register has it
        return BirthAsked(whole.first, whole.last, whole)
    except BadDate:
        if not mark:
            raise
    begin, end = days_asked(first) if first else None, days_asked(last) if last else None
    asked = BirthAsked(begin.first if begin else date.min, end.last if end else date.max, begin, end)
    if (begin is None and end is None) or asked.first > asked.last:
        raise BadDate(f"「{text}」の期間が正しくありません。「S55.1.1～S60.12.31」のように、早い日から入力してください。")
    return asked


def _parted(text: str) -> tuple[str, str, str]:
    found = _FROM_TO.search(text)
    if found is None:
        return text, "", ""
    return text[: found.start()].strip(), found.group(), _UNTIL.sub("", text[found.end() :].strip()).strip()


def days_asked(text: str) -> JapaneseDate:
    """A day, or a whole year or month: 昭和55年, S55, 1980年, 昭和55年3月, S55.3, 1980-03 (std 2.1.3: 西暦 and 和暦 alike)."""
    bad: BadDate | None = None
    for typed in (text, *_spans(text)):
        try:
            return JapaneseDate.parse(typed)
        except BadDate as refused:
            bad = bad or refused
    assert bad is not None
    raise bad


def _spans(text: str) -> tuple[str, ...]:
    """The text as a year or month of which the rest is unknown, in the words that a date of the register has for it."""
    known = eras.known()
    found = _year_month(known).fullmatch(text.translate(_NARROW).upper())
    if found is None:
        return ()
    written, year, month = found.groups()
    said = f"{known.by_written[written].name if written else ''}{year}年"
    return (f"{said}{int(month)}月 日不詳",) if month else (f"{said} 月日不詳",)


@lru_cache(maxsize=2)
def _year_month(known: eras.Eras) -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, known.by_written), key=len, reverse=True))
    return re.compile(rf"({names})?(元|\d{{1,4}})(?:年?|(?:年|[./-])(\d{{1,2}})月?)", re.ASCII)
