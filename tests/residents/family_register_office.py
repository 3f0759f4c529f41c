"""戸籍附票システムの支度 — the simulator with the keys of the tests' installation; residents of these tests speaks with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from simulators.config import REPOSITORY_LAYOUTS, Config, CounterpartConfig, PeerConfig
from simulators.outside import running
from tests import harness
from tests.simulators.world import Outside, PartyFiles

NAME = "family_register"


@contextmanager
def family_register_office(settings, store: Path) -> Iterator[Outside]:
    """Within the block the peer `family_register` listens."""
    keys = harness.state_dir() / "keys"
    files = PartyFiles(keys / NAME)
    residents = PeerConfig(PartyFiles(keys / "residents").public_key, "https://127.0.0.1:9")
    one = CounterpartConfig(NAME, 0, files.signing_key, files.tls_cert, files.tls_key, files.trusted, {"residents": residents})
    with running(Config(store, REPOSITORY_LAYOUTS, None, {NAME: one})) as listeners:
        office = Outside(listeners[NAME], files.authority)
        peer = replace(settings.DAICHO.peers[NAME], url=office.url + "/wire/v1/messages")
        settings.DAICHO = replace(settings.DAICHO, peers={**settings.DAICHO.peers, NAME: peer})
        yield office
