"""対象の人 — whom a city's notice is for, in the words in which a city writes it: 全員, 日本人, 外国人住民, 15歳以下, 65歳以上, 6歳から14歳."""

from __future__ import annotations

import re
from dataclasses import dataclass

_AGES = re.compile(r"(?:(\d{1,3})歳以下|(\d{1,3})歳以上|(\d{1,3})歳から(\d{1,3})歳)", re.ASCII)
_BY_KIND: dict[str, bool | None] = {"全員": None, "日本人": False, "外国人住民": True}
ACCEPTS_JA = "「全員」「日本人」「外国人住民」「15歳以下」「65歳以上」「6歳から14歳」の形"


@dataclass(frozen=True)
class Concerned:
    """Ages in full years, both ends included, and whether a foreign resident is meant (None: either)."""

    least: int = 0
    most: int = 999
    foreign: bool | None = None

    @property
    def by_age(self) -> bool:
        return self != Concerned(foreign=self.foreign)

    def covers(self, age: int | None, *, is_foreign: bool) -> bool:
        """Who has no certain age (None) is of no age group."""
        if self.foreign is not None and self.foreign != is_foreign:
            return False
        return not self.by_age or (age is not None and self.least <= age <= self.most)


def read_concerned(text: str) -> Concerned:
    """ValueError for other words, and for an age from above its own end."""
    if text in _BY_KIND:
        return Concerned(foreign=_BY_KIND[text])
    ages = _AGES.fullmatch(text)
    if ages is None:
        raise ValueError("no words for whom it concerns")
    at_most, at_least, first, last = (None if part is None else int(part) for part in ages.groups())
    if at_most is not None:
        return Concerned(most=at_most)
    if at_least is not None:
        return Concerned(least=at_least)
    assert first is not None and last is not None  # the pattern's third form
    if first > last:
        raise ValueError("the ages end before they begin")
    return Concerned(first, last)
