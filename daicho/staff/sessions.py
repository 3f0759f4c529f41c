"""利用中の控え — what a session keeps (a word to say on the next page, the words of the last search) is no record: it does not wait for the disk.

Who signed in and off is on record elsewhere (SignIn, the trail), durably. A power cut may cost the last half second of sessions; the officer signs in again.
"""

from __future__ import annotations

from django.contrib.sessions.backends import db
from django.db import connections, router, transaction


class SessionStore(db.SessionStore):
    """Django's sessions in the database, saved without a durable commit. Ending one (`flush`) is durable."""

    def save(self, must_create: bool = False) -> None:
        using = router.db_for_write(self.model)
        with transaction.atomic(using=using):
            if len(connections[using].atomic_blocks) == 1:  # never weaken a transaction of somebody else
                connections[using].cursor().execute("SET LOCAL synchronous_commit = off")
            super().save(must_create)
