"""年月日の形 — the fifteen forms in which a date stands in the register, and their parts as written. 標準1.1.8."""

from dataclasses import dataclass
from enum import StrEnum


class BadDate(ValueError):
    """A date that cannot be read or used. The message is for the clerk: what is wrong and what to do."""


class DateForm(StrEnum):
    """A named day, and the closed list of 14 uncertain forms (不詳日一覧) in the standard's order."""

    __hash__ = str.__hash__  # an Enum's own is Python code, and every date is looked up by its form

    DAY = "day"
    YEAR_ABOUT = "year_about"
    MONTH_ABOUT = "month_about"
    DAY_ABOUT = "day_about"
    PRESUMED_DAY = "presumed_day"
    PRESUMED_MONTH = "presumed_month"
    SEASON = "season"
    THIRD = "third"
    THIRD_ABOUT = "third_about"
    UNKNOWN = "unknown"
    YEAR_ONLY = "year_only"
    MONTH_ONLY = "month_only"
    SPAN = "span"
    PRESUMED_SPAN = "presumed_span"
    ABOUT_SPAN = "about_span"

    @property
    def pattern_no(self) -> int:
        """0 for a named day, 1–14 for the uncertain forms by their place in the standard's list (不詳パターン)."""
        return list(DateForm).index(self)


SEASONS = ("春", "夏", "秋", "冬")
THIRDS = ("上旬", "中旬", "下旬")
WESTERN = ""  # the era code of a date written in the Western calendar


@dataclass(frozen=True)
class DateParts:
    """A date taken apart, nothing converted: `year` counts in the era written (`era` is its code, or WESTERN).

    `word` is the season or third of month; `end_*` closes a span (`end_era`/`end_year` only when a second year was written);
    `is_leap_month` is 閏 of the old calendar. What the form lacks is 0.
    """

    form: DateForm
    era: str = WESTERN
    year: int = 0
    month: int = 0
    day: int = 0
    is_leap_month: bool = False
    word: str = ""
    end_era: str = WESTERN
    end_year: int = 0
    end_month: int = 0
    end_day: int = 0
