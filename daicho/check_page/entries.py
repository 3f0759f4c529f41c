"""照合の問い — what the database says of one check code, through the one function that this role may call. decision 0046."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import psycopg

from daicho.check_page.config import CheckPage

_ASK = "SELECT issued_on, pages, tally, unsigned_digest, delivered_digest, standing FROM check_entry(%s, %s)"
NO_CODE = "0" * 15 + "!"  # what cannot be a code is asked for too, and found nowhere: both answers take the same way


@dataclass(frozen=True)
class Entry:
    """One copy, without a word about a person. `standing`: valid, cancelled or replaced. Digests are SHA-256 in hex."""

    issued_on: date
    pages: int
    tally: str
    unsigned_digest: str
    delivered_digest: str
    standing: str


Find = Callable[[str | None], Entry | None]


class Entries:
    """The way to the database: one connection a thread, kept, opened again when it broke."""

    def __init__(self, page: CheckPage) -> None:
        self._page = page
        self._here = threading.local()

    def find(self, code: str | None) -> Entry | None:
        """The entry of a code; None for an unknown one and for what is none. One statement in either case. Raises psycopg.Error."""
        asked = (self._page.municipality_code, code or NO_CODE)
        try:
            row = self._connection().execute(_ASK, asked).fetchone()
        except psycopg.OperationalError:
            self._here.connection = None
            row = self._connection().execute(_ASK, asked).fetchone()
        return Entry(*row) if row else None

    def close(self) -> None:
        """This thread's connection."""
        found: psycopg.Connection | None = getattr(self._here, "connection", None)
        if found is not None:
            found.close()

    def _connection(self) -> psycopg.Connection:
        found: psycopg.Connection | None = getattr(self._here, "connection", None)
        if found is None or found.closed:
            page = self._page
            found = psycopg.connect(
                host=page.database_host, port=page.database_port, dbname=page.database_name, user=page.role, password=page.password,
                autocommit=True, connect_timeout=5, application_name="daicho check page", options="-c statement_timeout=5s",
            )  # fmt: skip
            self._here.connection = found
        return found
