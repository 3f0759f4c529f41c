"""待ち合わせ — waits until another connection of this database waits for a lock that we hold: then the two really meet."""

from __future__ import annotations

import time
from concurrent.futures import Future

from django.db import connection


def wait_until_it_waits(other: Future[object], seconds: float = 20) -> None:
    """Return once somebody waits for us; or, where nothing made them wait, once `other` is through."""
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())"
    until = time.monotonic() + seconds
    while not other.done() and time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
