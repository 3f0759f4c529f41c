"""操作履歴の試験の道具 — the owner's hand: whoever runs the database, and would rather that something had not happened."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings

from daicho import audit
from daicho.audit import readings
from daicho.site import config
from tests import harness
from tests.audit.cast import CLERK
from tests.audit.sealing import ready
from tests.copies import become, turned_to


@pytest.fixture
def owner(committed_db) -> Iterator[psycopg.Connection]:
    """A connection as the owner of the test's own database, in autocommit."""
    database = config.read(committed_db.config_file).system(committed_db.system).database
    with psycopg.connect(
        host=database.host, port=database.port, dbname=committed_db.name, user=database.owner, password=database.owner_password, autocommit=True
    ) as connection:
        yield connection


TABLES = ("audit_entry", "audit_leaf", "audit_seal")


@contextmanager
def undone(owner: psycopg.Connection) -> Iterator[None]:
    """What the owner does inside is put back afterwards, so that one trail serves many attempts."""
    for table in TABLES:
        owner.execute(f"CREATE TEMPORARY TABLE saved_{table} AS TABLE {table}")
    try:
        yield
    finally:
        owner.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_name_transaction")
        for table in TABLES:
            owner.execute(f"DELETE FROM {table}")  # of a few rows; emptying a hundred partitions takes long
            owner.execute(f"INSERT INTO {table} SELECT * FROM saved_{table}")
            owner.execute(f"DROP TABLE saved_{table}")
        owner.execute("ALTER TABLE audit_entry ENABLE TRIGGER audit_entry_name_transaction")


@pytest.fixture(scope="session")
def trail_of_nine(django_db_setup: None, django_db_blocker: object) -> Iterator[tuple[str, list[int]]]:
    """A database with nine rows under three seals, to be copied: its name, and their ids."""
    with harness.clone(settings.DAICHO.name) as clone:
        with django_db_blocker.unblock(), turned_to(clone):  # type: ignore[attr-defined]
            ids = []
            for _ in range(3):
                ids += [audit.record(CLERK, "residents:event:accept", [uuid4()], digests={"v": "00"}, detail={"n": n}) for n in range(3)]
                ready()
                assert audit.seal_once().entries == 3
        yield clone.name, ids


@pytest.fixture
def trail(committed_db, trail_of_nine):
    """Nine rows under three seals; their ids."""
    source, ids = trail_of_nine
    become(committed_db, source)
    assert audit.verify().ok
    return list(ids)


@pytest.fixture(autouse=True)
def nobody_guards(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a room adds to every reading (residents' queries/sight.py) is tried in its own tests."""
    monkeypatch.setattr(readings, "_guards", [])
