"""利用中の控え — kept without waiting for the disk, and never at the cost of another's transaction."""

from __future__ import annotations

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection, transaction

from daicho.staff import sessions
from daicho.staff.sessions import SessionStore

pytestmark = pytest.mark.django_db


def kept(**words: str) -> SessionStore:
    store = SessionStore()
    store.update(words)
    store.save()
    return store


def test_控えは次の要求で読める() -> None:
    store = kept(said="交付しました")
    again = SessionStore(store.session_key)
    assert again["said"] == "交付しました"
    again["said"] = "ほか"
    again.save()
    assert SessionStore(store.session_key)["said"] == "ほか"
    assert SessionStore("nobody").load() == {}


def test_終わった利用の控えは書き直せない() -> None:
    store = kept(said="x")
    late = SessionStore(store.session_key)
    late["said"] = "y"
    store.delete()
    with pytest.raises(UpdateError):
        late.save()


def synchronous_commit(statement: str, store: SessionStore) -> str:
    """The setting with which the transaction of that statement commits."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = on")
        cursor.execute(statement, ["", store.get_expiry_date(), store.session_key])
        assert cursor.rowcount == 1
        cursor.execute("SHOW synchronous_commit")
        return str(cursor.fetchone()[0])


def test_控えの保存だけがディスクを待たない() -> None:
    """Inside another's transaction the plain statement is used, which leaves that transaction as durable as it was."""
    store = kept(said="x")
    assert (synchronous_commit(sessions._KEEP_UNHURRIED, store), synchronous_commit(sessions._KEEP, store)) == ("off", "on")
