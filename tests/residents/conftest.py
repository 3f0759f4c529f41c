"""住民記録の試験の支度."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from daicho import clock


@pytest.fixture(autouse=True)
def today() -> Iterator[date]:
    """The day of processing in these tests, unless one moves it: 令和8年4月10日."""
    with clock.at(date(2026, 4, 10)):
        yield date(2026, 4, 10)
