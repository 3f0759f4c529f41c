"""交付の可否 — whether a certificate may be handed out at a shop, judged by what the register told and by the city's terms. domain §4.6; std 3.1, 3.4, 4.0.8."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from daicho.konbini.rules.life import Life
from daicho.konbini.rules.refusal import Refusal
from daicho.values.ages import surely_attained
from daicho.values.dates import JapaneseDate


@dataclass(frozen=True)
class Terms:
    """The city's dated settings of this day, and the moment."""

    now: datetime
    today: date
    silent_after: timedelta
    refuses_provisional: bool
    serves_leaving: bool
    youngest_age: int
    per_card_per_day: int


@dataclass(frozen=True)
class Standing:
    """How one person stands: 消除日 (also one that lies ahead), 発行禁止 (item 95, or 抑止), held by a 仮登録, news on the way."""

    closes_on: date | None
    is_prohibited: bool
    is_held: bool
    is_waited_for: bool

    def is_removed(self, on: date) -> bool:
        return self.closes_on is not None and self.closes_on <= on

    def is_leaving(self, on: date) -> bool:
        return self.closes_on is not None and self.closes_on > on


def refusal_of_service(is_stopped: bool, life: Life | None, terms: Terms) -> Refusal | None:
    """Why nobody at all gets anything now."""
    if is_stopped:
        return Refusal.STOPPED
    if life is None or life.is_silent(terms.now, terms.silent_after):
        return Refusal.SILENT
    return Refusal.LAGGING if life.all_wait else None


def refusal_of_people(holder: Standing, others: Sequence[Standing], terms: Terms) -> Refusal | None:
    """Why these people get nothing: of the card's holder, or of anybody whom the paper would show. 発行禁止 goes before all else."""
    everybody = (holder, *others)
    if any(one.is_prohibited for one in everybody):
        return Refusal.PROHIBITED
    if holder.is_removed(terms.today):
        return Refusal.REMOVED
    if not terms.serves_leaving and any(one.is_leaving(terms.today) for one in everybody):
        return Refusal.LEAVING
    if terms.refuses_provisional and any(one.is_held for one in everybody):
        return Refusal.PROVISIONAL
    return Refusal.LAGGING if any(one.is_waited_for for one in everybody) else None


def refusal_of_age(birth: JapaneseDate | None, terms: Terms) -> Refusal | None:
    """15歳未満 of the holder. An uncertain birth that may be old enough is: the card's own PIN was set by somebody who might use it."""
    too_young = birth is not None and surely_attained(birth, terms.youngest_age, terms.today) is False
    return Refusal.TOO_YOUNG if too_young else None
