"""外の世界 — what the simulators have received, and what whoever runs the demo tells them to do, over HTTPS (simulators/README.md)."""

from __future__ import annotations

import json
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar  # Any: a message is JSON of another's layout

from scenarios.day.city import Counterpart

WAIT = 60.0
T = TypeVar("T")


class NotDone(Exception):
    """A counterpart did not do as it was told; says why."""


def received(counterpart: Counterpart) -> dict[str, Any]:
    """Everything taken and everything refused, as the counterpart tells it."""
    return get(counterpart, "/_received")


def get(counterpart: Counterpart, path: str) -> dict[str, Any]:
    return _ask(urllib.request.Request(counterpart.address + path), counterpart)


def order(counterpart: Counterpart, path: str, what: Mapping[str, Any]) -> dict[str, Any]:
    """Tell it to do something: /_send, /_scenario, and its own. Raises NotDone."""
    return _ask(urllib.request.Request(counterpart.address + path, data=json.dumps(what).encode()), counterpart)


def _ask(request: urllib.request.Request, counterpart: Counterpart) -> dict[str, Any]:
    trust = ssl.create_default_context(cafile=str(counterpart.authority))
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=trust))
    try:
        with opener.open(request, timeout=60) as answer:
            found: dict[str, Any] = json.loads(answer.read())
    except urllib.error.HTTPError as refused:
        with refused:
            raise NotDone(f"{refused.code} {refused.read().decode('utf-8', 'replace')[:300]}") from None
    return found


def wait_for(counterpart: Counterpart, enough: Callable[[list[dict[str, Any]]], bool]) -> dict[str, Any]:
    """Ask until the items of the messages are `enough`, at most WAIT seconds; returns the last answer either way."""
    until = time.monotonic() + WAIT
    while True:
        told = received(counterpart)
        if enough([message["items"] for message in told["messages"]]) or time.monotonic() > until:
            return told
        time.sleep(0.5)


def until(look: Callable[[], T], right: Callable[[T], bool], patience: float = WAIT) -> T:
    """Look again and again until it is right, at most `patience` seconds; returns what was seen last either way."""
    end = time.monotonic() + patience
    while True:
        seen = look()
        if right(seen) or time.monotonic() > end:
            return seen
        time.sleep(0.4)


def keep(told: dict[str, Any], file: Path) -> None:
    file.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
