"""コンビニ交付の試験の支度 — the city's words and certifier, the register's sign of life, officers.

Nothing of daicho is imported before a fixture is used: this file is read before Django has its settings.
"""

from datetime import UTC, datetime

import pytest

NOON = datetime(2026, 4, 10, 3, 0, tzinfo=UTC)  # 令和8年4月10日12時


@pytest.fixture(autouse=True)
def today():
    from daicho import clock

    with clock.at(NOON):
        yield NOON


@pytest.fixture(scope="package")
def furnished(django_db_blocker):
    """The name of a database with the made-up city in it, filled once."""
    from daicho import clock
    from daicho.city import demo
    from tests import copies

    def fill():
        with django_db_blocker.unblock(), clock.at(NOON):
            demo.fill()

    with copies.furnished("konbini", fill) as name:
        yield name


@pytest.fixture(scope="package")
def django_db_setup(furnished):
    """In place of that of all other tests: a clone of the furnished one."""
    from tests import harness
    from tests.copies import turned_to

    with harness.clone("konbini", furnished) as clone, turned_to(clone):
        yield


@pytest.fixture
def city(db):
    """The made-up city as this room has it: offices, certifier, codes."""


@pytest.fixture
def family(city):
    """太郎, 花子 and 一郎, told by a register that lives."""
    from tests.contracts.convenience_samples import FAMILY
    from tests.konbini.sending import beat, tell

    tell(*FAMILY)
    beat()
    return FAMILY


@pytest.fixture
def officer():
    from daicho import audit
    from daicho.konbini.permissions import LABELS_JA

    return audit.Actor(7, "konbini1", "小川　直樹", "1201", "戸籍住民課", "honcho", "H01", frozenset(str(permission) for permission in LABELS_JA))


@pytest.fixture
def another(officer):
    from dataclasses import replace

    return replace(officer, account_id=8, login="konbini2", name="本間　隆")
