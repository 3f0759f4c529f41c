"""統合宛名の試験の支度 — what stands before each test: a day, the list of departments, officers.

Nothing of daicho is imported before a fixture is used: this file is read before Django has its settings.
"""

from datetime import UTC, datetime

import pytest

NOW = datetime(2026, 4, 3, 1, 30, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now():
    """令和8年4月3日 10時30分30秒, unless a test moves it."""
    from daicho import clock

    with clock.at(NOW):
        yield NOW


@pytest.fixture
def allowed(db):
    """保険年金課 may use 個人番号 for 国民健康保険, 市民税課 for 個人住民税, since 令和8年4月1日."""
    from tests.atena.departments import load

    load()
