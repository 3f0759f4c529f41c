"""道中の支度 — one throwaway city and one browser for the journeys of this folder. Imports daicho only inside fixtures."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="package")
def town() -> Iterator[object]:
    from tests.journeys.browser.town import town as city

    with city() as up:
        yield up


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    from tests.journeys.browser.chromium import browser as chromium

    with chromium() as opened:
        yield opened
