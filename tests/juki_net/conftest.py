"""住基ネットの試験の支度 — envelopes as residents sends them, the counterparts of this installation, and officers.

Nothing of daicho is imported before a fixture is used: this file is read before Django has its settings.
"""

from dataclasses import replace

import pytest


@pytest.fixture
def deliver():
    """Hands a message over as if residents had sent it; returns the post room's reply."""
    from tests.juki_net.sending import deliver

    return deliver


@pytest.fixture
def outside(tmp_path):
    """The counterparts, with the keys of the tests' installation."""
    from tests import harness
    from tests.simulators.world import outside_world

    with outside_world(harness.state_dir() / "keys", tmp_path / "outside") as world:
        yield world


@pytest.fixture
def wired(outside, settings, monkeypatch):
    """This system speaks with those counterparts."""
    from daicho.outbox import courier

    peers = {**settings.DAICHO.peers, **{name: replace(settings.DAICHO.peers[name], url=one.url + "/wire/v1/messages") for name, one in outside.items()}}
    settings.DAICHO = replace(settings.DAICHO, peers=peers)
    monkeypatch.setattr(courier, "_couriers", {})
    return outside


@pytest.fixture
def officer():
    from daicho import audit
    from daicho.juki_net.permissions import LABELS_JA

    return audit.Actor(7, "juki1", "住基\u3000網子", "20", "住基ネット担当", "main", "J-01", frozenset(str(permission) for permission in LABELS_JA))


@pytest.fixture
def nobody(officer):
    return replace(officer, login="nobody", grants=frozenset())
