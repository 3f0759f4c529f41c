"""市の決定 — a setting as two officers make it."""

from datetime import date

from daicho.audit.actor import Actor
from daicho.city import commands
from daicho.city.kinds import Value
from daicho.city.rules import About, Change


def decide_setting(proposer: Actor, approver: Actor, key: str, value: Value, on: date) -> None:
    """Proposed by one and approved by the other; it holds from `on`."""
    commands.approve(approver, commands.propose(proposer, Change(About.SETTING, key, {"value": value}, on, reason="市の決定")))
