"""読取り — how statements that read are sent: all of one moment, or each planned for the words it asks for. 決定0007, 0044."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from psycopg import IsolationLevel


@contextmanager
def of_one_moment() -> Iterator[None]:
    """A durable transaction in which every statement sees the database as it was at the first: nothing is seen half done. For reading, and new rows.

    RuntimeError inside another transaction. What changes a row that another changed meanwhile fails in it: commands do not use it.
    """
    connection.ensure_connection()
    driver, is_free = connection.connection, not connection.in_atomic_block  # a test's own transaction is open already
    if is_free:
        driver.isolation_level = IsolationLevel.REPEATABLE_READ
    try:
        with transaction.atomic(durable=True):
            yield
    finally:
        if is_free and not driver.closed:
            driver.isolation_level = None


@contextmanager
def planned_for_their_words() -> Iterator[None]:
    """Statements inside are not prepared: which index serves them, the words searched for say, and a plan kept for any would read the whole table for some."""
    connection.ensure_connection()
    driver = connection.connection
    kept, driver.prepare_threshold = driver.prepare_threshold, None
    try:
        yield
    finally:
        driver.prepare_threshold = kept
