"""一度きりの知らせ — what the next page says about what was just done. Kept in the session; never a person's name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.http import HttpRequest

Level = Literal["info", "success", "warning", "error"]
_KEY = "flash"


@dataclass(frozen=True)
class Flash:
    level: Level
    text: str


def say(request: HttpRequest, level: Level, text: str) -> None:
    """Say it on the next page that is drawn."""
    request.session[_KEY] = [*request.session.get(_KEY, []), [level, text]]


def take(request: HttpRequest | None) -> tuple[Flash, ...]:
    """What is to be said, once."""
    session = getattr(request, "session", None)
    if session is None or _KEY not in session:
        return ()
    return tuple(Flash(level, text) for level, text in session.pop(_KEY))
