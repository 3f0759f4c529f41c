"""外の世界を動かす — `python -m simulators --config FILE`; ends on SIGTERM or Ctrl-C."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import threading
from pathlib import Path

from simulators.config import ConfigError, read
from simulators.outside import running

log = logging.getLogger("simulators")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m simulators", description="The outside world of daicho, over the real wire.")
    parser.add_argument("--config", type=Path, required=True, help="TOML file, see simulators/config.py")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    ended = threading.Event()
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_: ended.set())
    try:
        with running(read(options.config)) as listeners:
            for name, listener in listeners.items():
                log.info("%s listens on %s:%s", name, *listener.server_address[:2])
            ended.wait()
    except ConfigError as error:
        print(f"simulators: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
