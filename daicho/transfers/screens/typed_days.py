"""日付の読み — a day that an officer typed, in 和暦 or 西暦, or the problem with it. std 1.1.9."""

from __future__ import annotations

from datetime import date

from daicho.ui.forms import BoundForm, Problem
from daicho.values.dates import BadDate, JapaneseDate


def read_day(form: BoundForm, name: str) -> tuple[date | None, tuple[Problem, ...]]:
    """The day of a field; None when it is empty, or with a problem when it is none of the calendar."""
    text = form.value(name)
    if not text:
        return None, ()
    try:
        return JapaneseDate.parse(text).certain(), ()
    except BadDate as problem:
        return None, (Problem(name, str(problem)),)
