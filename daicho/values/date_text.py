"""年月日の表示 — a date's parts to the text of screens and certificates. 標準1.1.8, 1.1.9 (和暦; 西暦 only where the law wants it)."""

from dataclasses import replace
from datetime import date

from daicho.values import eras
from daicho.values.date_parts import WESTERN, DateForm, DateParts

# The standard's own wording, one line per form; 「年」「月日」 stand for the written parts.
_TEMPLATES = {
    DateForm.DAY: "{y}{m}{d}",
    DateForm.YEAR_ABOUT: "{y}頃",
    DateForm.MONTH_ABOUT: "{y}{m}頃",
    DateForm.DAY_ABOUT: "{y}{m}{d}頃",
    DateForm.PRESUMED_DAY: "推定{y}{m}{d}",
    DateForm.PRESUMED_MONTH: "推定{y}{m}",
    DateForm.SEASON: "{y}{word}",
    DateForm.THIRD: "{y}{m}{word}",
    DateForm.THIRD_ABOUT: "{y}{m}{word}頃",
    DateForm.UNKNOWN: "年月日不詳",
    DateForm.YEAR_ONLY: "{y} 月日不詳",
    DateForm.MONTH_ONLY: "{y}{m} 日不詳",
    DateForm.SPAN: "{y}{m}{d}から{end_y}{end_m}{end_d}頃までの間",
    DateForm.PRESUMED_SPAN: "{y}{m}推定{d}から{end_d}までの間",
    DateForm.ABOUT_SPAN: "{y}{m}{d}頃から{end_d}頃までの間",
}


def text_of(parts: DateParts) -> str:
    """The date as it is written in the register, in its own calendar."""
    return _TEMPLATES[parts.form].format(
        y=_year_text(parts.era, parts.year),
        m=f"{'閏' if parts.is_leap_month else ''}{parts.month}月",
        d=f"{parts.day}日",
        word=parts.word,
        end_y=_year_text(parts.end_era, parts.end_year) if parts.end_year else "",
        end_m=f"{parts.end_month}月",
        end_d=f"{parts.end_day}日",
    )


def _year_text(era: str, year: int) -> str:
    if era == WESTERN:
        return f"{year}年"
    return f"{eras.known().by_code[era].name}{'元' if year == 1 else year}年"


def western_year(era: str, year: int) -> int:
    """The Western year of a year as written."""
    return year if era == WESTERN else eras.known().by_code[era].year_before_first + year


def in_wareki(parts: DateParts, day: date) -> DateParts:
    """The parts with a Western year rewritten in the era of `day`; a date already written in an era stays as it is."""
    if parts.era != WESTERN or parts.form is DateForm.UNKNOWN:
        return parts
    era = eras.known().on(day)
    if era is None:
        return parts
    offset = era.year_before_first
    if not parts.end_year:
        return replace(parts, era=era.code, year=parts.year - offset)
    end_era = eras.known().on(date(parts.end_year, parts.end_month, min(parts.end_day, 28))) or era
    return replace(parts, era=era.code, year=parts.year - offset, end_era=end_era.code, end_year=parts.end_year - end_era.year_before_first)


def in_seireki(parts: DateParts) -> DateParts:
    """The parts with the year of an era rewritten as a Western year (旧暦 must not be passed: its months are not Western months)."""
    end_year = western_year(parts.end_era, parts.end_year) if parts.end_year else 0
    return replace(parts, era=WESTERN, year=western_year(parts.era, parts.year), end_era=WESTERN, end_year=end_year)
