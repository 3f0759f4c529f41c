"""情報提供ネットワークシステムの支度 — the simulator of the core in threads of this process, with the tests' keys, leading to a chukan that listens or not."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from simulators.config import REPOSITORY_LAYOUTS, Config, CounterpartConfig, PeerConfig
from simulators.outside import running
from tests.chukan.sending import files
from tests.simulators.world import Outside

NOBODY = "https://127.0.0.1:9"


@contextmanager
def network_core(store: Path, chukan_url: str = NOBODY) -> Iterator[Outside]:
    """The core; it reaches chukan at `chukan_url`."""
    own = files("network_core")
    peer = PeerConfig(files("chukan").public_key, chukan_url)
    config = CounterpartConfig("network_core", 0, own.signing_key, own.tls_cert, own.tls_key, own.trusted, {"chukan": peer})
    with running(Config(store, REPOSITORY_LAYOUTS, None, {"network_core": config})) as listeners:
        yield Outside(listeners["network_core"], own.authority)
