"""送達の設定 — what may be decided about the wire. requirements F-2-21."""

from datetime import timedelta

from daicho import clock
from daicho.city.queries import UnknownSetting, setting

FRESHNESS = "outbox_freshness_seconds"  # how old a signed message may be, and how far the clocks may lie apart
FRESHNESS_SECONDS = 300  # where the city's settings do not know the key
MAX_BYTES = 2 * 1024 * 1024  # of one message; what is larger is a file


def freshness() -> timedelta:
    """How long a signature is good, by the city's dated setting. One query."""
    try:
        return timedelta(seconds=int(setting(FRESHNESS, clock.today())))
    except UnknownSetting:
        return timedelta(seconds=FRESHNESS_SECONDS)
