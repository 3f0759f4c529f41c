"""画面の写し — that somebody took a copy of a screen and printed it, tied to the reading by which it was shown. 標準10.7 (N-10.7-07, -08)."""

from __future__ import annotations

import re

from django.db import transaction

from daicho.audit.actor import Actor
from daicho.audit.records import record

STEPS = frozenset({"copy", "print"})
_ID = re.compile(r"[0-9a-f]{32}")
_SCREEN = re.compile(r"[a-z_]{1,40}:[a-z_]{1,60}")


class NotAScreen(ValueError):
    """What was sent names no screen of ours."""


def record_screen_copy(actor: Actor, screen: str, page: str, step: str) -> None:
    """One row. `screen`: the name of its route; `page`: the request by which it was shown, whose own row names everybody on it. NotAScreen."""
    if step not in STEPS or not _ID.fullmatch(page) or not _SCREEN.fullmatch(screen):
        raise NotAScreen(step)
    with transaction.atomic():
        record(actor, "audit:screen:copy", detail={"screen": screen, "page": page, "step": step})
