"""外の世界の支度 — マイナポータル and the city's 戸籍 in threads of this process, with the keys of the tests' installation; they know where residents listens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from daicho.site.launch.keys import PartyFiles
from simulators.config import REPOSITORY_LAYOUTS, Config, CounterpartConfig, PeerConfig
from simulators.outside import running
from tests import harness
from tests.simulators.world import Outside

NAMES = ("mynaportal", "family_register")


@contextmanager
def outside_of_residents(store: Path, wire_port: int = 9) -> Iterator[dict[str, Outside]]:
    keys = harness.state_dir() / "keys"
    peer = {"residents": PeerConfig(PartyFiles(keys / "residents").public_key, f"https://127.0.0.1:{wire_port}")}
    chosen = {}
    for name in NAMES:
        files = PartyFiles(keys / name)
        chosen[name] = CounterpartConfig(name, 0, files.signing_key, files.tls_cert, files.tls_key, files.trusted, peer)
    with running(Config(store, REPOSITORY_LAYOUTS, None, chosen)) as listeners:
        yield {name: Outside(listener, PartyFiles(keys / name).authority) for name, listener in listeners.items()}
