"""道順の一覧 — every address of a system's screens, from Django's own resolver, asked in a process of that system. 設計8章.

python -m tests.journeys.browser.routes     (in the environment of one system) prints them as JSON
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any  # URL patterns

from tests.journeys.browser.town import ROOT, Town

_SAMPLES = {"uuid": "00000000-0000-0000-0000-000000000000", "int": "1", "slug": "x", "str": "x"}
_SHAPES = {"uuid": "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", "int": r"\d+", "slug": r"[-\w]+", "str": "[^/]+"}
_PART = re.compile(r"<(?:(\w+):)?\w+>")


@dataclass(frozen=True)
class Route:
    name: str  # with its namespace
    pattern: str  # /person/<uuid:public_id>/

    @property
    def sample(self) -> str:
        """An address of this shape that leads to nothing."""
        return _PART.sub(lambda part: _SAMPLES[part[1] or "str"], self.pattern)

    def leads(self, path: str) -> bool:
        pieces = _PART.split(self.pattern)  # text, converter, text, …
        shape = "".join(_SHAPES[piece or "str"] if place % 2 else re.escape(piece) for place, piece in enumerate(pieces))
        return re.fullmatch(shape, path) is not None


def routes_of(town: Town, system: str) -> list[Route]:
    command = [sys.executable, "-m", "tests.journeys.browser.routes"]
    told = subprocess.run(command, cwd=ROOT, env=town.environment(system), stdout=subprocess.PIPE, check=True, text=True)
    return [Route(**each) for each in json.loads(told.stdout)]


def _walk(patterns: list[Any], prefix: str, namespace: str) -> Iterator[Route]:
    for entry in patterns:
        pattern = prefix + str(entry.pattern)
        if hasattr(entry, "url_patterns"):
            yield from _walk(entry.url_patterns, pattern, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
        else:
            yield Route(f"{namespace}{entry.name}", f"/{pattern}")


def main() -> int:
    import django
    from django.urls import get_resolver

    django.setup()
    print(json.dumps([asdict(route) for route in _walk(get_resolver().url_patterns, "", "")]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
