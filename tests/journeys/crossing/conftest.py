"""通知の旅の支度 — one town for all tests of this folder, and households of which each test takes its own. Issue step 5."""

import itertools
import os

import pytest


@pytest.fixture(scope="session")
def town():
    if os.environ.get("DAICHO_SYSTEM") == "juki_net":
        pytest.skip("the town runs both systems itself; once is enough")
    from tests.journeys.crossing.town import town

    with town() as standing:
        yield standing


@pytest.fixture(scope="session")
def _numbers():
    return itertools.count(1000, 10)


@pytest.fixture
def household(_numbers):
    """Where the made-up numbers of a household of up to ten begin."""
    return next(_numbers)
