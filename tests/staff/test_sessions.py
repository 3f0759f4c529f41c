"""利用中の控え — kept without waiting for the disk, and never at the cost of another's transaction."""

from __future__ import annotations

import base64
import contextlib
import re
import zlib
from datetime import date, timedelta

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone

from daicho.jobs import registry
from daicho.staff import sessions
from daicho.staff.sessions import SessionStore
from daicho.values.closed_days import ClosedDays

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


def stored(store: SessionStore) -> str:
    return str(Session.objects.get(session_key=store.session_key).session_data)


def readable(data: str) -> bytes:
    """What somebody gets out of a stored row who has no key: each part of it, unpacked where it can be."""
    found = data.encode()
    for part in re.split("[.:]", data):
        found += (raw := base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
        with contextlib.suppress(zlib.error):
            found += zlib.decompress(raw)
    return found


def test_探した言葉は表から読めない() -> None:
    """Design §6: the words of the last search name people."""
    store = kept(name="hanazono hanako")
    assert b"hanazono" not in readable(stored(store))
    assert SessionStore(store.session_key)["name"] == "hanazono hanako"


def test_他人の控えに移された中身は開かない() -> None:
    """Whoever can write the table does not become another officer by it."""
    officer, thief = kept(sign_in_token="officer's"), kept(sign_in_token="thief's")
    Session.objects.filter(session_key=thief.session_key).update(session_data=stored(officer))
    assert SessionStore(thief.session_key).load() == {}
    Session.objects.filter(session_key=thief.session_key).update(session_data="壊れた")
    assert SessionStore(thief.session_key).load() == {}
    assert SessionStore(officer.session_key)["sign_in_token"] == "officer's"


def test_鍵が替われば控えは開かず利用を始め直す(settings) -> None:
    store = kept(said="x")
    settings.SECRET_KEY = "another"
    assert SessionStore(store.session_key).load() == {}


def test_期限の切れた控えは毎日の処理で消える() -> None:
    """What a closed browser left behind; a session in use stays."""
    job = registry.get("expired_sessions")
    old, used = kept(name="花園"), kept(name="花園")
    Session.objects.filter(session_key=old.session_key).update(expire_date=timezone.now() - timedelta(seconds=1))
    assert job.run(date(2026, 7, 1), {}) == {"控え": 1, "認証の問い": 0}
    assert list(Session.objects.values_list("session_key", flat=True)) == [used.session_key]
    assert job.run(date(2026, 7, 1), {}) == {"控え": 0, "認証の問い": 0}
    assert job.schedule is not None and job.schedule.falls_on(date(2026, 7, 4), ClosedDays())  # on a Saturday too


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
