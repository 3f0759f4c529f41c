"""庁内連携の試験の支度 — the day, envelopes as the register and the departments send them, officers, and the counterparts of this installation.

Nothing of daicho is imported before a fixture is used: this file is read before Django has its settings.
"""

from dataclasses import replace
from datetime import date

import pytest


@pytest.fixture(autouse=True)
def today(request):
    """The day of processing in these tests, unless one moves it: 令和8年4月10日. On the wire the time is the machine's: signatures are young."""
    from daicho import clock

    if "wired" in request.fixturenames:
        yield clock.today()
        return
    with clock.at(date(2026, 4, 10)):
        yield date(2026, 4, 10)


@pytest.fixture
def outside(tmp_path):
    """The departments' systems, with the keys of the tests' installation."""
    from tests import harness
    from tests.transfers.world import departments_world

    with departments_world(harness.state_dir() / "keys", tmp_path / "outside") as departments:
        yield departments


@pytest.fixture
def wired(outside, settings, monkeypatch):
    """This system speaks with them."""
    from daicho.outbox import courier

    peer = replace(settings.DAICHO.peers["departments"], url=outside.url + "/wire/v1/messages")
    settings.DAICHO = replace(settings.DAICHO, peers={**settings.DAICHO.peers, "departments": peer})
    monkeypatch.setattr(courier, "_couriers", {})
    return outside
