"""外の世界の試験の支度 — keys made once, counterparts for each test."""

import pytest

from tests.simulators.world import SigningPeer, make_keys, outside_world


@pytest.fixture(scope="session")
def keys(tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys")
    make_keys(folder)
    return folder


@pytest.fixture
def outside(keys, tmp_path):
    with outside_world(keys, tmp_path / "store") as world:
        yield world


@pytest.fixture
def juki_net(keys):
    return SigningPeer(keys)
