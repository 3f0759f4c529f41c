"""回数の上限 — how often one address, and everybody together, may ask. Addresses are forgotten with the process and never written down."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

PER_ADDRESS, PER_EVERYBODY = 30, 1200  # questions a minute
MOST_ADDRESSES = 20_000


class Limit:
    """Leaky buckets: what was asked flows off evenly within a minute."""

    def __init__(self, now: Callable[[], float] = time.monotonic, per_address: int = PER_ADDRESS, per_everybody: int = PER_EVERYBODY) -> None:
        self._now, self._per_address, self._per_everybody = now, per_address, per_everybody
        self._lock = threading.Lock()
        self._filled: dict[str, tuple[float, float]] = {}
        self._all = (0.0, now())

    def lets(self, address: str) -> bool:
        """Whether this address may ask now; if so, it is counted."""
        with self._lock:
            now = self._now()
            mine = self._level(self._filled.get(address, (0.0, now)), self._per_address, now)
            everybody = self._level(self._all, self._per_everybody, now)
            if mine + 1 > self._per_address or everybody + 1 > self._per_everybody:
                return False
            if len(self._filled) >= MOST_ADDRESSES:
                self._filled = {each: seen for each, seen in self._filled.items() if self._level(seen, self._per_address, now) > 0}
            self._filled[address], self._all = (mine + 1, now), (everybody + 1, now)
            return True

    @staticmethod
    def _level(bucket: tuple[float, float], per_minute: int, now: float) -> float:
        filled, since = bucket
        return max(0.0, filled - (now - since) * per_minute / 60)
