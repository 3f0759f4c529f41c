"""計測の一生 — what happens in households that live in the city already, one act after another on the same households. Issue 3, Measured.

A child leaves the household with somebody and comes back, plans to move out, which is cancelled, has a sibling, and dies.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

import psycopg

from bench import filings
from bench.counter import Desk, Times
from bench.people import Household
from daicho.values.dates import wareki

ACTS = ("split", "change", "move_out", "cancel", "birth", "death")
"""In this order in every round."""


class Lives:
    """The households of one city whose lives are played. `connection` reads which row of a history is the newest."""

    def __init__(self, clerk: Desk, examiner: Desk, homes: Iterator[Household], connection: psycopg.Connection) -> None:
        self.clerk, self.examiner, self.homes, self.connection = clerk, examiner, homes, connection
        self.living: list[Household] = []

    def act(self, key: str, count: int, today: date) -> list[Times]:
        """One act in `count` households; the first act of a round turns to new ones."""
        if key == ACTS[0]:
            self.living = list(islice(self.homes, count))
        return [self._act(key, home, today) for home in self.living]

    def _act(self, key: str, home: Household, today: date) -> Times:
        clerk, examiner, day = self.clerk, self.examiner, wareki(today)
        if key == "move_out":
            return filings.move_out(clerk, examiner, home, wareki(today + timedelta(days=10)))
        if key == "cancel":
            return filings.cancel(clerk, examiner, home, day, self._newest(home))
        filed = {"split": filings.split, "change": filings.change, "birth": filings.birth, "death": filings.death}[key]
        return filed(clerk, examiner, home, day)

    def _newest(self, home: Household) -> int:
        asked = "SELECT max(c.history_no) FROM residents_sheetcurrent c JOIN residents_person p ON p.id = c.person_id WHERE p.public_id = %s"
        row = self.connection.execute(asked, [home.child]).fetchone()
        assert row is not None
        return int(row[0])
