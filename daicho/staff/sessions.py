"""利用中の控え — what a session keeps (a word to say on the next page, the words of the last search) is no record: it does not wait for the disk.

Who signed in and off is on record elsewhere (SignIn, the trail), durably. A power cut may cost the last half second of sessions; the officer signs in again.
Every request asks for it, so both statements are written by hand (決定0007).
"""

from __future__ import annotations

from typing import Any  # a session holds JSON values

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection

_FIND = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > now()"
_KEEP = "UPDATE django_session SET session_data = %s, expire_date = %s WHERE session_key = %s"
# The setting holds for the one transaction that is this statement.
_KEEP_UNHURRIED = """
    UPDATE django_session SET session_data = %s, expire_date = %s FROM (SELECT set_config('synchronous_commit', 'off', true)) AS unhurried
     WHERE session_key = %s
"""


class SessionStore(db.SessionStore):
    """Django's sessions in the database, saved without a durable commit. Beginning and ending one (`flush`) is durable."""

    def load(self) -> dict[str, Any]:
        with connection.cursor() as cursor:
            cursor.execute(_FIND, [self.session_key])
            found = cursor.fetchone()
        if found is None:
            self._session_key = None
            return {}
        kept: dict[str, Any] = self.decode(found[0])
        return kept

    def save(self, must_create: bool = False) -> None:
        if must_create or self.session_key is None:
            super().save(must_create)
            return
        statement = _KEEP if connection.in_atomic_block else _KEEP_UNHURRIED  # never weaken a transaction of somebody else
        data = self.encode(self._get_session(no_load=False))
        with connection.cursor() as cursor:
            cursor.execute(statement, [data, self.get_expiry_date(), self.session_key])
            if cursor.rowcount != 1:
                raise UpdateError
