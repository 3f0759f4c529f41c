"""利用中の控え — what a session keeps (a word to say on the next page, the words of the last search) is no record: it does not wait for the disk.

Who signed in and off is on record elsewhere (SignIn, the trail), durably. A power cut may cost the last half second of sessions; the officer signs in again.
Every request asks for it, so both statements are written by hand (決定0007).

What is kept lies sealed (AES-256-GCM) under a key made from the system's SECRET_KEY, which no database holds: the words of a search name people.
It is bound to its row: whoever can write the table cannot lay one officer's session into another's.
"""

from __future__ import annotations

import base64
import binascii
import logging
import secrets
from functools import lru_cache
from typing import Any  # a session holds JSON values

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
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
_NONCE_BYTES = 12
_log = logging.getLogger(__name__)


def delete_expired() -> int:
    """Delete the rows that no request can find any more; returns how many. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_session WHERE expire_date <= now()")
        return int(cursor.rowcount)


@lru_cache(maxsize=1)
def _sealing(secret_key: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=b"daicho.staff.session").derive(secret_key.encode("utf-8")))


class SessionStore(db.SessionStore):
    """Django's sessions in the database, saved without a durable commit. Beginning and ending one (`flush`) is durable."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        text = self.serializer().dumps(session_dict)
        sealed = _sealing(settings.SECRET_KEY).encrypt(nonce, text, str(self.session_key).encode("ascii"))
        return base64.b64encode(nonce + sealed).decode("ascii")

    def decode(self, session_data: str) -> dict[str, Any]:
        """What was sealed into this very row; of anything else nothing, so that its holder signs in again."""
        try:
            sealed = base64.b64decode(session_data, validate=True)
            text = _sealing(settings.SECRET_KEY).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], str(self.session_key).encode("ascii"))
        except (binascii.Error, ValueError, InvalidTag):
            _log.warning("a session's row is not what was sealed into it")
            return {}
        kept: dict[str, Any] = self.serializer().loads(text)
        return kept

    def load(self) -> dict[str, Any]:
        with connection.cursor() as cursor:
            cursor.execute(_FIND, [self.session_key])
            found = cursor.fetchone()
        if found is None:
            self._session_key = None
            return {}
        return self.decode(found[0])

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
