"""職員の試験の支度 — a day, terminals, and the urls of the staff screens. Imports daicho only inside fixtures."""

import pytest


@pytest.fixture
def today():
    from daicho import clock
    from tests.staff.people import TODAY

    with clock.at(TODAY):
        yield TODAY


@pytest.fixture
def terminals(settings):
    settings.STAFF_TERMINALS = "tests.staff.people.terminals_on"
