"""送達の設定 — what may be decided about the wire. requirements F-2-21."""

from datetime import timedelta

from daicho import city, clock

MAX_BYTES = 2 * 1024 * 1024  # of one message; what is larger is a file


def freshness() -> timedelta:
    """How old a signed message may be, and how far the clocks may lie apart, by the city's dated setting. One query."""
    return timedelta(seconds=int(city.setting("outbox_freshness_seconds", clock.today())))
