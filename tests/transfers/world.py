"""庁内各課の支度 — the departments' systems in a thread of this process, with keys as an installation makes them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from daicho.site.launch.keys import PartyFiles
from simulators.config import REPOSITORY_LAYOUTS, Config, CounterpartConfig, PeerConfig
from simulators.outside import running
from tests.simulators.world import Outside

TRANSFERS_WIRE = "https://127.0.0.1:9"


@contextmanager
def departments_world(keys: Path, store: Path) -> Iterator[Outside]:
    files = PartyFiles(keys / "departments")
    peers = {"transfers": PeerConfig(PartyFiles(keys / "transfers").public_key, TRANSFERS_WIRE)}
    config = CounterpartConfig("departments", 0, files.signing_key, files.tls_cert, files.tls_key, files.trusted, peers)
    with running(Config(store, REPOSITORY_LAYOUTS, None, {"departments": config})) as listeners:
        yield Outside(listeners["departments"], files.authority)
