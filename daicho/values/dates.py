"""年月日 — a date of the register: a calendar day, a day the calendar lacks, or one of the 14 uncertain forms. 標準1.1.8, 1.1.9.

The era stays as it was written (明治45年7月30日 is not moved to 大正元年). There is no みなし生年月日: what is unknown
has bounds (`first`, `last`) for comparing and sorting, and prints as it was written.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from daicho.values import date_bounds, date_codes, date_parsing, date_text, eras
from daicho.values.date_codes import JUKI_DATE_TABLE, JukiDateTable
from daicho.values.date_parts import WESTERN, BadDate, DateForm, DateParts

__all__ = ["BadDate", "DateForm", "DateParts", "JapaneseDate", "juki_date_code", "requires_calendar_day", "seireki", "uncertain_digits_text", "wareki"]


@dataclass(frozen=True)
class JapaneseDate:
    """An immutable date. Equal means: written alike; `same_bounds` asks whether two writings mean the same days."""

    parts: DateParts

    def __post_init__(self) -> None:
        date_bounds.must_be_writable(self.parts)

    @classmethod
    def of(cls, day: date, *, western: bool = False) -> "JapaneseDate":
        """A calendar day in its era (on a day of 改元 the new one), or written in the Western calendar.

        Days before 1873-01-01 have no 和暦 without converting to 旧暦 and are written in the Western calendar.
        """
        return _of_day(day, western, eras.known())

    @classmethod
    def parse(cls, text: str) -> "JapaneseDate":
        """A date as typed; BadDate, whose message is for the clerk."""
        return cls(date_parsing.parse(text))

    @classmethod
    def decode(cls, code: str) -> "JapaneseDate":
        """The date kept in a column by `encode`."""
        return _decoded(code, eras.known())

    def encode(self) -> str:
        """One text for one column; `decode` gives back the same date, character for character."""
        return self._code

    @cached_property
    def _code(self) -> str:
        return date_codes.encode(self.parts)

    @property
    def form(self) -> DateForm:
        return self.parts.form

    @property
    def pattern_no(self) -> int:
        """0 for a named day, else 1–14, the place in the standard's list (不詳パターン)."""
        return self.parts.form.pattern_no

    @cached_property
    def _bounds(self) -> tuple[date, date]:
        return date_bounds.bounds_of(self.parts)

    @property
    def first(self) -> date:
        """The first day it can have been; date.min for 年月日不詳."""
        return self._bounds[0]

    @property
    def last(self) -> date:
        """The last day it can have been; date.max for 年月日不詳."""
        return self._bounds[1]

    @property
    def is_certain(self) -> bool:
        """A day is named, without 不詳, 頃 or 推定 (the calendar may lack it)."""
        return self.parts.form is DateForm.DAY

    @cached_property
    def is_calendar(self) -> bool:
        """A named day that the Gregorian calendar has."""
        return self.is_certain and not self.is_old_calendar and self.first == self.last

    @property
    def is_western(self) -> bool:
        """Written in the Western calendar; 年月日不詳 is written in none."""
        return self.parts.era == WESTERN and self.parts.form is not DateForm.UNKNOWN

    @property
    def is_old_calendar(self) -> bool:
        """A date of 旧暦 (明治5年12月2日以前): kept as written, not converted."""
        return date_bounds.is_old_calendar(self.parts)

    def certain(self) -> date:
        """The calendar day; BadDate when there is none."""
        if not self.is_calendar:
            raise BadDate(f"「{self.as_written}」は暦の上の一日に決まりません。暦にある年月日を入力してください。")
        return self.first

    @cached_property
    def as_written(self) -> str:
        """The text of the register, in the calendar it was written in."""
        return date_text.text_of(self.parts)

    def __str__(self) -> str:
        return self.as_written

    def wareki(self) -> str:
        """In 和暦 (every item but two, 標準1.1.9); an era that was written stays.

        An uncertain Western year takes the era of its last day, a span that of its first.
        """
        return self.in_era.as_written

    def seireki(self) -> str:
        """In the Western calendar (外国人の生年月日, 在留期間の満了の日); 旧暦 stays as written."""
        return self.in_western.as_written

    @cached_property
    def in_era(self) -> "JapaneseDate":
        """The same date written in 和暦, as `wareki` says it; itself when it is, and when it lies before 1873."""
        parts = date_text.in_wareki(self.parts, self.first if self.parts.end_day else self.last)
        return self if parts == self.parts else JapaneseDate(parts)

    @cached_property
    def in_western(self) -> "JapaneseDate":
        """The same date written in the Western calendar; itself when it is, and when it is of 旧暦."""
        if self.is_old_calendar or self.parts.form is DateForm.UNKNOWN:
            return self
        parts = date_text.in_seireki(self.parts)
        return self if parts == self.parts else JapaneseDate(parts)

    @cached_property
    def alerts(self) -> tuple[str, ...]:
        """What a clerk should look at again, in Japanese. Nothing is moved or refused on its account."""
        found = []
        if self.is_old_calendar:
            found.append(f"「{self.as_written}」は旧暦（明治5年12月2日以前）の年月日です。西暦に換算せず、このまま記録します。")
        elif self.is_certain and not self.is_calendar:
            found.append(f"「{self.as_written}」は暦にない年月日です。戸籍などの記載と同じか確認してください。")
        if not self._is_in_era():
            found.append(f"「{self.as_written}」は元号の期間の外の年月日です。元号と年を確認してください。")
        return tuple(found)

    def _is_in_era(self) -> bool:
        known = eras.known()
        if self.parts.era != WESTERN:
            era = known.by_code[self.parts.era]
            if self.last < era.first_day or self.first > known.last_day(era):
                return False
            if date_bounds.is_skipped(self.parts):
                return False
        if self.parts.end_year and self.parts.end_era != WESTERN:
            end = known.by_code[self.parts.end_era]
            return end.first_day <= self.last <= known.last_day(end)
        return True

    @property
    def sort_key(self) -> tuple[date, date, int, int]:
        """Order for lists: by first day, then last day, then month and day as written; 年月日不詳 comes first."""
        return (self.first, self.last, self.parts.month, self.parts.day)

    def same_bounds(self, other: "JapaneseDate") -> bool:
        """Whether both mean the same day or days, however written (明治45年7月30日 and 大正元年7月30日)."""
        return self._bounds == other._bounds

    def surely_before(self, other: "JapaneseDate | date") -> bool:
        """Before the other on every reading."""
        return self.last < (other if isinstance(other, date) else other.first)

    def surely_after(self, other: "JapaneseDate | date") -> bool:
        """After the other on every reading."""
        return self.first > (other if isinstance(other, date) else other.last)

    def may_be(self, day: date) -> bool:
        """Whether it can have been this day (期間検索, N-1.1.8-15)."""
        return self.first <= day <= self.last


@lru_cache(maxsize=65_536)
def _of_day(day: date, western: bool, _known: eras.Eras) -> JapaneseDate:
    written = DateParts(DateForm.DAY, WESTERN, day.year, day.month, day.day)
    return JapaneseDate(written if western else date_text.in_wareki(written, day))


@lru_cache(maxsize=65_536)
def _decoded(code: str, _known: eras.Eras) -> JapaneseDate:
    """Columns repeat the same days, those of birth the days of a hundred years. The eras are part of the key, because bounds depend on them."""
    decoded = JapaneseDate(date_codes.decode(code))
    decoded.__dict__["_code"] = code  # decode saw that it is what encode makes of it
    return decoded


def wareki(day: date) -> str:
    """A calendar day in 和暦: 令和元年5月1日. Days before 1873-01-01 come out in the Western calendar."""
    return JapaneseDate.of(day).as_written


def seireki(day: date) -> str:
    """A calendar day in the Western calendar: 2022年4月30日."""
    return f"{day.year}年{day.month}月{day.day}日"


def requires_calendar_day(value: JapaneseDate, label: str) -> str | None:
    """The problem of an item that the standard allows neither 不詳 nor days outside the calendar (N-1.1.8-01, -11); None if fine."""
    if value.is_calendar:
        return None
    if value.is_certain:
        return f"{label}「{value.as_written}」は暦にない年月日です。{label}を確認してください（標準仕様書1.1.8）。"
    return f"{label}に不詳の年月日は使えません。{label}を暦にある年月日で入力してください（標準仕様書1.1.8）。"


def juki_date_code(value: JapaneseDate, table: JukiDateTable = JUKI_DATE_TABLE) -> str:
    """The eight digits sent to 住基ネット; unknown parts are 0 by a replaceable table (N-1.1.8-13). The value itself is unchanged."""
    return date_codes.juki_code_of(value.parts, table)


def uncertain_digits_text(digits: str) -> str:
    """Another party's eight digits that are no day, as a clerk reads them: 1985年5月（日は不詳）; as they came, where not even the year is said."""
    said = re.fullmatch(r"(?!0000)([0-9]{4})(?:(0[1-9]|1[0-2])00|0000)", digits)
    if said is None:
        return f"不詳を含む（{digits}）"
    year, month = said.groups()
    return f"{int(year)}年{int(month)}月（日は不詳）" if month else f"{int(year)}年（月日は不詳）"
