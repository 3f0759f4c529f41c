"""外の世界の受信 — what the simulators of the prefecture and of the other city have received, asked over HTTPS."""

from __future__ import annotations

import json
import ssl
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any  # a message is JSON of another's layout

from scenarios.day.city import Counterpart

WAIT = 60.0


def received(counterpart: Counterpart) -> dict[str, Any]:
    """Everything taken and everything refused, as the counterpart tells it."""
    trust = ssl.create_default_context(cafile=str(counterpart.authority))
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=trust))
    with opener.open(f"{counterpart.address}/_received", timeout=10) as answer:
        found: dict[str, Any] = json.loads(answer.read())
    return found


def wait_for(counterpart: Counterpart, enough: Callable[[list[dict[str, Any]]], bool]) -> dict[str, Any]:
    """Ask until the items of the messages are `enough`, at most WAIT seconds; returns the last answer either way."""
    until = time.monotonic() + WAIT
    while True:
        told = received(counterpart)
        if enough([message["items"] for message in told["messages"]]) or time.monotonic() > until:
            return told
        time.sleep(0.5)


def keep(told: dict[str, Any], file: Path) -> None:
    file.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
