"""接続の健否 — a kept connection is looked at before each request. Its socket tells: asking the server `SELECT 1` would cost each request a question.

A server that ended the connection has left its last word or the end of the stream in the socket; where nothing waits to be
read, the connection stands. What happens in the middle of a request breaks that request, as it would after `SELECT 1`.
"""

from __future__ import annotations

import select

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

_OF_NO_USE = (TransactionStatus.INERROR, TransactionStatus.UNKNOWN)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own; only the health check differs."""

    def is_usable(self) -> bool:
        """Whether the connection of this thread still stands and takes statements. Asks nobody."""
        if self.connection is None or self.connection.closed or self.connection.info.transaction_status in _OF_NO_USE:
            return False
        waiting = select.poll()
        waiting.register(self.connection.fileno(), select.POLLIN | select.POLLERR | select.POLLHUP)
        return not waiting.poll(0)
