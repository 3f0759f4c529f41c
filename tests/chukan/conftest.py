"""中間サーバーの試験の支度 — the network core of this installation, and officers.

Nothing of daicho is imported before a fixture is used: this file is read before Django has its settings.
"""

from dataclasses import replace

import pytest


@pytest.fixture
def outside(tmp_path):
    """The network core, with the keys of the tests' installation."""
    from tests.chukan.core import network_core

    with network_core(tmp_path / "outside") as core:
        yield core


@pytest.fixture
def wired(outside, settings, monkeypatch):
    """This system speaks with that core."""
    from daicho.outbox import courier

    peers = {**settings.DAICHO.peers, "network_core": replace(settings.DAICHO.peers["network_core"], url=outside.url + "/wire/v1/messages")}
    settings.DAICHO = replace(settings.DAICHO, peers=peers)
    monkeypatch.setattr(courier, "_couriers", {})
    return outside


@pytest.fixture
def officer():
    from daicho import audit
    from daicho.chukan.permissions import LABELS_JA

    return audit.Actor(7, "chukan1", "番号\u3000葵", "0105", "デジタル推進課", "main", "C-01", frozenset(str(permission) for permission in LABELS_JA))


@pytest.fixture
def nobody(officer):
    return replace(officer, login="nobody", grants=frozenset())
