"""庁内連携の処理 — the turn of the day, and the rounds of the batches. 標準7.2.3, 9.1; domain §2 (転出予定日の到来)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from daicho import jobs
from daicho.audit.actor import Actor
from daicho.jobs.registry import Parameters
from daicho.transfers.commands.batches import send_due
from daicho.transfers.commands.people import turn_day
from daicho.transfers.permissions import TransfersPermission

ROUND_SECONDS = 20
"""The rest between two looks for due batches; with the longest interval (9 minutes) no difference waits for more than ten."""


def turn_of_day_job() -> jobs.Job:
    return jobs.Job("transfers_turn_of_day", "消除日が来た者の庁内連携", jobs.daily("00:05"), _turn)


def _turn(for_date: date, parameters: Parameters) -> Mapping[str, int]:
    return {"対象者": turn_day(Actor.system("transfers.turn_of_day", TransfersPermission.FEED_SEND), for_date)}


def batch_round() -> bool:
    """One look for due batches; whether there may be more at once (never: what is due was sent)."""
    send_due(Actor.system("transfers.batches", TransfersPermission.FEED_SEND))
    return False
