"""年齢 — the age at law and the age on paper. 年齢計算ニ関スル法律, 民法143条.

The day of birth counts, so an age is attained when the day *before* the birthday ends (24時). On that day the law already
says 「達する」 (就学, 資格); certificates and screens show the age from the birthday itself. Both are here, under two names.
"""

from calendar import isleap
from dataclasses import dataclass
from datetime import date, timedelta

from daicho.values.dates import JapaneseDate


def attains_on(birth: date, age: int) -> date:
    """The day at whose end (24時) the age is attained: the day before the birthday, for 2月29日 always 2月28日 (民法143条2項)."""
    year = birth.year + age
    if (birth.month, birth.day) == (2, 29) and not isleap(year):
        return date(year, 2, 28)
    return birth.replace(year=year) - timedelta(days=1)


def age_on(birth: date, on: date) -> int:
    """The age shown for the day `on`: it rises on the birthday (for 2月29日 on 3月1日 of a common year). ValueError before birth."""
    _must_be_born(birth, on)
    age = on.year - birth.year
    return age if attains_on(birth, age) < on else age - 1


def legal_age_on(birth: date, on: date) -> int:
    """The age attained by the end of the day `on`: it rises on the day before the birthday. ValueError before birth."""
    _must_be_born(birth, on)
    age = on.year - birth.year
    if attains_on(birth, age + 1) <= on:  # born on 1月1日: attained on 12月31日 of the year before
        return age + 1
    return age if attains_on(birth, age) <= on else age - 1


def _must_be_born(birth: date, on: date) -> None:
    if on < birth:
        raise ValueError("an age was asked for a day before birth")


@dataclass(frozen=True)
class AgeBounds:
    """The lowest and the highest age that an uncertain birth allows."""

    least: int
    most: int

    @property
    def is_certain(self) -> bool:
        return self.least == self.most


def age_bounds(birth: JapaneseDate, on: date) -> AgeBounds | None:
    """The ages shown for the day `on` that the birth allows; None for 年月日不詳 and before the first possible day of birth."""
    if birth.first == date.min or on < birth.first:
        return None
    return AgeBounds(age_on(birth.last, on) if birth.last <= on else 0, age_on(birth.first, on))


def surely_attained(birth: JapaneseDate, age: int, on: date) -> bool | None:
    """Whether the age is attained at law by the end of the day `on`: True or False on every reading of the birth, else None."""
    if birth.first == date.min:
        return None
    if attains_on(birth.last, age) <= on:
        return True
    return None if attains_on(birth.first, age) <= on else False
