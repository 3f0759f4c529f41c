"""見える境 — waits until the relay may see what was posted: other tests' transactions on the same server hold it back as well."""

import time

from django.db import connection


def wait_until_visible(seconds: float = 120) -> None:
    """Return once no transaction older than now is open anywhere on the server (xmin is the whole server's, not a database's)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text")
        wanted = cursor.fetchone()[0]
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot()) >= %s::xid8", [wanted])
            if cursor.fetchone()[0]:
                return
            time.sleep(0.02)
    raise TimeoutError("another test holds a transaction open on this server, so the relay must wait")
