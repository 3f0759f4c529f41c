"""待受け — one listener of one system: `python -m daicho.site.launch.serve screens|wire|check SYSTEM`. 設計2章.

granian and WSGI. The wire listener speaks TLS only and asks its client for a certificate of an allowed peer's authority;
without that authority it refuses to start (granian alone would quietly stop asking).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from granian.constants import Interfaces
from granian.server import MPServer as Server

from daicho.check_page import config as check_page
from daicho.check_page.config import CheckPageError
from daicho.site import config
from daicho.site.config import ConfigError, Installation, System

SCREEN_THREADS = 8  # each holds one connection to the database
WIRE_THREADS = 4
CHECK_THREADS = 4
ONE_YEAR = 31_536_000  # the files' names carry a digest


def server_for(listener: str, installation: Installation, system: System) -> Server:
    if missing := system.missing_files():
        raise ConfigError(f"{system.name} does not start without its authority and keys; missing: {', '.join(map(str, missing))}")
    return Server(**(_wire(system) if listener == "wire" else _screens(installation, system)))


def _screens(installation: Installation, system: System) -> dict[str, Any]:  # Any: granian's own arguments
    static = installation.var_dir / "static" / system.name
    shared = _shared("screens", system.screens.host, system.screens.port, SCREEN_THREADS)
    return {**shared, "static_path_route": ["/static"], "static_path_mount": [static], "static_path_expires": ONE_YEAR}


def _wire(system: System) -> dict[str, Any]:  # Any: as above
    return {
        **_shared("wire", system.wire.host, system.wire.port, WIRE_THREADS),
        "ssl_cert": system.tls_cert_file,
        "ssl_key": system.tls_key_file,
        "ssl_ca": system.tls_ca_file,
        "ssl_client_verify": True,
    }


def _shared(listener: str, host: str, port: int, threads: int) -> dict[str, Any]:  # Any: as above
    return {
        "target": f"daicho.site.wsgi_{listener}:application",
        "address": host,
        "port": port,
        "interface": Interfaces.WSGI,
        "workers": 1,
        "blocking_threads": threads,
        "websockets": False,
        "log_access": False,
        "workers_kill_timeout": 3,
    }


def main(listener: str, name: str) -> int:
    if listener == "check":
        page = check_page.read()
        Server(**_shared("check", page.host, page.port, CHECK_THREADS)).serve()
        return 0
    installation = config.read()
    os.environ["DAICHO_SYSTEM"] = name
    if listener == "screens":
        Path(installation.var_dir / "static" / name).mkdir(parents=True, exist_ok=True)
    server_for(listener, installation, installation.system(name)).serve()
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1], sys.argv[2]))
    except (ConfigError, CheckPageError) as error:
        sys.exit(f"daicho: {error}")
