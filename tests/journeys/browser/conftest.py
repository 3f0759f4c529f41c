"""道中の支度 — one throwaway city and one browser for the journeys of this folder. Imports daicho only inside fixtures."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="package")
def town() -> Iterator[object]:
    from tests.journeys.browser.town import town as city

    with city() as up:
        yield up


@pytest.fixture(scope="session")
def printing() -> None:
    """The certificate's font and poppler; without one of them the test fails, or does not run where ALLOW_MISSING says so."""
    from tests.paper import tools

    tools.fonts()
    for name in ("pdftotext", "pdffonts"):
        tools.tool(name)


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    from tests.journeys.browser.chromium import browser as chromium

    with chromium() as opened:
        yield opened
