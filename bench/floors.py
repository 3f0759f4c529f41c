"""下限 — the least that each act could take on this machine: the same rows by plain SQL on a psycopg connection, with the same durable commit.

What the product does beside (rights, forms, rules, pages, HTTP) is absent here; its share is the ratio.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any  # rows are JSON, SQL parameters of many types

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from bench.loading import FLOOR, tables
from daicho.values.search_key import Match, SearchKind, expand, like_pattern, query_grams

_SHOWN = "p.public_id, p.atena_no, c.name_kanji, c.name_kana, c.birth_date, c.sex_code, c.address, c.address_building, c.householder_name, c.closed_on"
_FOUND = "FROM residents_searchterm t JOIN residents_sheetcurrent c ON c.sheet_id = t.sheet_id JOIN residents_person p ON p.id = t.person_id"
_ORDER = "ORDER BY t.sort_kana, t.birth_first, p.atena_no LIMIT 51"
_BY_KANA = f"SELECT {_SHOWN} {_FOUND} WHERE t.kind = 'nf' AND t.key LIKE %s {_ORDER}"
_BY_TWO_KEYS = f"SELECT {_SHOWN} {_FOUND} WHERE t.kind = 'nf' AND t.birth_first = %s AND t.key LIKE %s {_ORDER}"
_BY_PART = f"SELECT {_SHOWN} {_FOUND} WHERE t.grams @> %s AND t.key LIKE %s {_ORDER}"
_RECORD = """
    INSERT INTO audit_entry (municipality_code, at, system, account_id, login, actor_name, unit_code, unit_name, office_code, terminal, visit_no, action,
                             purpose, outcome, screen, request_id, subjects, subject_count, shows_numbers, digests, detail)
    VALUES ('012033', now(), 'residents', 1, 'bench', '計測', '1201', '戸籍住民課', '', '', '1', 'bench:floor', '', 'done', '', '', %s, %s, false, '{}', '{}')
"""
_LEFT_OUT = {"django_session", "staff_signin", "staff_account", "numbering_counter"}  # changed, not written anew
COMMITS = 5  # one for each of the five requests of a 転入


class Floor:
    """The floor of one city, on a connection of the web role."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.connection = connection

    def search(self, kana: str = "", kanji: str = "", birth: object = None) -> float:
        """The first 51 by kana, kana and birth date, or a part of a kanji name; with the record of who was shown."""
        if kanji:
            key = expand(kanji, SearchKind.NAME)[0]
            asked: tuple[str, list[Any]] = (_BY_PART, [[f"nk{gram}" for gram in query_grams(key)], like_pattern(key, Match.PART)])
        else:
            prefix = like_pattern(expand(kana, SearchKind.KANA)[0], Match.PREFIX)
            asked = (_BY_TWO_KEYS, [birth, prefix]) if birth else (_BY_KANA, [prefix])
        began = time.perf_counter()
        with self.connection.transaction():
            rows = self.connection.execute(*asked).fetchall()  # type: ignore[arg-type]  # the text is ours
            self._record([row[0] for row in rows])
        return time.perf_counter() - began

    def card(self, person: str) -> float:
        """The person's sheets and the household's, whole rows; with the record."""
        began = time.perf_counter()
        with self.connection.transaction():
            own = self.connection.execute(
                "SELECT c.*, p.public_id FROM residents_sheetcurrent c JOIN residents_person p ON p.id = c.person_id WHERE p.public_id = %s", [person]
            )
            names = [column.name for column in own.description or ()]
            household_no = own.fetchall()[0][names.index("household_no")]
            members = self.connection.execute(
                "SELECT p.public_id, c.* FROM residents_sheetcurrent c JOIN residents_person p ON p.id = c.person_id WHERE c.household_no = %s", [household_no]
            ).fetchall()
            self._record([row[0] for row in members])
        return time.perf_counter() - began

    def write(self, rows: Mapping[str, Sequence[Any]]) -> float:
        """The rows that one 転入 left, into the floor's tables: a durable commit for each request, the register's rows in the last."""
        began = time.perf_counter()
        audit = list(rows["audit_entry"])
        for one in audit[: COMMITS - 1]:
            with self.connection.transaction():
                self._insert("audit_entry", [one])
        with self.connection.transaction():
            for table, some in rows.items():
                self._insert(table, audit[COMMITS - 1 :] if table == "audit_entry" else some)
        return time.perf_counter() - began

    def _insert(self, table: str, rows: Sequence[Any]) -> None:
        into = sql.Identifier(FLOOR, table)
        if rows:
            self.connection.execute(sql.SQL("INSERT INTO {0} SELECT * FROM jsonb_populate_recordset(NULL::{0}, %s)").format(into), [Jsonb(list(rows))])

    def _record(self, persons: list[Any]) -> None:
        self.connection.execute(_RECORD, [persons, len(persons)])


class Ledger:
    """Which rows were written since a moment, table by table, in the order of their writing."""

    def __init__(self, superuser: psycopg.Connection) -> None:
        self.connection = superuser
        self.since = self._now()

    def _now(self) -> int:
        row = self.connection.execute("SELECT pg_current_xact_id()::text::bigint").fetchone()
        assert row is not None
        return int(row[0])

    def written(self, acts: int) -> list[dict[str, list[Any]]]:
        """The rows of each of `acts` equal acts since the last call. Rows that an act does not leave every time are left out."""
        since, self.since = self.since, self._now()
        shares: list[dict[str, list[Any]]] = [{} for _ in range(acts)]
        for table in tables(self.connection):
            if table in _LEFT_OUT:
                continue
            found = self.connection.execute(
                sql.SQL("SELECT to_jsonb(t) FROM public.{} t WHERE xmin::text::bigint > %s ORDER BY ctid").format(sql.Identifier(table)), [since]
            ).fetchall()
            share = len(found) // acts
            for at in range(acts if share else 0):
                shares[at][table] = [row for (row,) in found[at * share : (at + 1) * share]]
        return shares
