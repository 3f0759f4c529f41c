"""接続の健否 — a connection that the server ended is found before a request uses it, without asking. 設計2章."""

from __future__ import annotations

import time

import pytest
from django.db import DataError, ProgrammingError, connection, transaction

from daicho import rows
from tests.harness import Clone, cluster


def test_立っている接続は問わずに使える(db: None, django_assert_num_queries) -> None:
    connection.ensure_connection()
    with django_assert_num_queries(0):
        assert connection.is_usable()


def test_サーバーが切った接続は次の要求の前に開き直される(committed_db: Clone) -> None:
    connection.ensure_connection()
    before = connection.connection.info.backend_pid
    with cluster().connect() as superuser:
        superuser.execute("SELECT pg_terminate_backend(%s)", [before])
    until = time.monotonic() + 10
    while connection.is_usable() and time.monotonic() < until:
        time.sleep(0.01)
    assert not connection.is_usable()
    connection.close_if_unusable_or_obsolete()  # as Django does between requests
    connection.health_check_done = False
    connection.close_if_health_check_failed()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)
    assert connection.connection.info.backend_pid != before


def test_誤りで止まった取引の接続は使えない(db: None) -> None:
    """As Django's own check finds it: the tests' teardown relies on it."""
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT nobody")
    assert connection.is_usable()  # the savepoint was given up
    with connection.cursor() as cursor, pytest.raises(ProgrammingError):
        cursor.execute("SELECT nobody")
    assert not connection.is_usable()


def test_閉じた接続は使えない(committed_db: Clone) -> None:
    connection.ensure_connection()
    connection.connection.close()
    assert not connection.is_usable()


def test_言葉ごとに計画する文は用意しておかず_ほかの文の用意は続く(db: None) -> None:
    """決定0007: also after such a statement failed."""

    def prepared(text: str) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", [f"%{text}%"])
            return int(cursor.fetchone()[0])

    def ask(text: str, *parameters: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT %s::int / %s::int AS {text}", list(parameters))

    with pytest.raises(DataError), transaction.atomic(), rows.planned_for_their_words():
        ask("of_words", 1, 0)
    for _ in range(4):
        with rows.planned_for_their_words():
            ask("of_words", 1, 1)
        ask("of_none", 1, 1)
    assert (prepared("AS of_words"), prepared("AS of_none")) == (0, 1)
