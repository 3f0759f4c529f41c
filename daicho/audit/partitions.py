"""操作履歴の月割り — months of the trail, made ahead by the owner. 標準10.2（保管期間）."""

from datetime import date

from django.db import connection

from daicho import clock

MONTHS_AHEAD = 24


def ensure_partitions(until: date | None = None) -> int:
    """Make the partitions that are missing from this month to `until` (24 months ahead when None); returns how many.

    For the owner alone: the web role may not call the function. Harmless to repeat. What lies outside any month is kept in the
    default partition meanwhile, and moves when its month is made. Each new month holds the trail's table for a moment.
    """
    today = clock.today()
    last = until or date(today.year + MONTHS_AHEAD // 12, today.month, 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_ensure_partitions(%s, %s)", [today, last])
        return int(cursor.fetchone()[0])
