"""発行番号 — the number of a copy at this terminal, by the names that terminal and printer have that day. 標準仕様5.5 (N-5.5-03…-06)."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from daicho.audit.actor import Actor
from daicho.certificates.city_texts import IssueNumber
from daicho.city.queries import find_terminal


def issue_number(actor: Actor, serial: int, on: date) -> IssueNumber:
    """`serial`: drawn before. Two statements."""
    here = find_terminal(actor.terminal, on)
    name, printer = (here.name, here.printer) if here else (actor.terminal, "")
    return IssueNumber(settings.INSTALLATION.municipality_name, name, printer, serial, on.strftime("%Y%m%d"))
