"""入管庁の支度 — the simulator of 出入国在留管理庁 with the keys of the tests' installation; residents of these tests speaks with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from simulators.config import REPOSITORY_LAYOUTS, Config, CounterpartConfig, PeerConfig
from simulators.outside import running
from tests import harness
from tests.simulators.world import Outside, PartyFiles


@contextmanager
def immigration_office(settings, store: Path, wire_url: str = "https://127.0.0.1:9") -> Iterator[Outside]:
    """Within the block the peer `immigration` listens; it finds residents at `wire_url`."""
    keys = harness.state_dir() / "keys"
    files = PartyFiles(keys / "immigration")
    residents = PeerConfig(PartyFiles(keys / "residents").public_key, wire_url)
    one = CounterpartConfig("immigration", 0, files.signing_key, files.tls_cert, files.tls_key, files.trusted, {"residents": residents})
    with running(Config(store, REPOSITORY_LAYOUTS, None, {"immigration": one})) as listeners:
        office = Outside(listeners["immigration"], files.authority)
        peer = replace(settings.DAICHO.peers["immigration"], url=office.url + "/wire/v1/messages")
        settings.DAICHO = replace(settings.DAICHO, peers={**settings.DAICHO.peers, "immigration": peer})
        yield office
