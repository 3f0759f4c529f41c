"""抑止の照会 — the blocks that stand for people and households, and of whom somebody may not know. 標準仕様3.1; domain §3, §7.

Whom a block hides is asked of the few blocks there are, never of the city, and by the same statement whoever is looked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any  # SQL parameters and keys are of many types

from django.conf import settings
from django.db import connection

from daicho import clock
from daicho.audit.actor import Actor
from daicho.residents.permissions import may_know
from daicho.residents.queries.current import CurrentRow
from daicho.residents.rules.blocks import Block, BlockKind, Process, Strength, Term
from daicho.residents.rules.check_blocks import BlocksOn

_TERMS = """
    SELECT b.id, b.public_id::text, b.kind, b.reason, b.person_id, p.atena_no, b.household_no, t.process, t.strength, t.starts_on, t.ends_on,
           (SELECT max(l.until) FROM residents_blocklift l WHERE l.block_id = b.id AND (l.visit_id IS NULL OR l.visit_id = %s))
      FROM residents_block b LEFT JOIN residents_person p ON p.id = b.person_id
      JOIN LATERAL (SELECT DISTINCT ON (process) * FROM residents_blockterm t WHERE t.block_id = b.id ORDER BY process, t.id DESC) t ON true
     WHERE b.municipality_code = %s AND b.released_at IS NULL AND (b.person_id = ANY({people}) OR b.household_no = ANY(%s))
     ORDER BY b.id, t.process
"""
_BY_ID = _TERMS.format(people="%s")
# The persons' ids come first: an OR over two tables is answered by reading the whole city.
_BY_ATENA_NO = _TERMS.format(people="ARRAY(SELECT p.id FROM residents_person p WHERE p.municipality_code = %s AND p.atena_no = ANY(%s))")


@dataclass(frozen=True)
class BlocksFound:
    """Blocks by whom they were set on: person id, or 世帯番号."""

    of_person: Mapping[int, tuple[Block, ...]]
    of_household: Mapping[str, tuple[Block, ...]]

    def of(self, row: CurrentRow) -> tuple[Block, ...]:
        """All that stand for somebody: their own, and those of the household of their sheet."""
        return self.of_person.get(row.person_id, ()) + self.of_household.get(row.entries.household_no or "", ())


def blocks_of(person_ids: Iterable[int], household_nos: Iterable[str] = (), visit_id: int | None = None) -> BlocksFound:
    """Blocks nobody released, also those that begin later. `visit_id`: lifts for that 受付 count too. One statement."""
    rows = _rows(_BY_ID, [visit_id, settings.INSTALLATION.municipality_code, sorted(set(person_ids)), sorted(set(household_nos))])
    return BlocksFound(_grouped(rows, "person_id"), _grouped(rows, "household_no"))


def blocks_on(atena_nos: Iterable[str], household_nos: Iterable[str]) -> BlocksOn:
    """Blocks of these persons and of these households. One statement."""
    code = settings.INSTALLATION.municipality_code
    rows = _rows(_BY_ATENA_NO, [None, code, code, sorted(set(atena_nos)), sorted(set(household_nos))])
    return BlocksOn(_grouped(rows, "atena_no"), _grouped(rows, "household_no"))


@dataclass(frozen=True)
class _Row:
    """One term of one block, with whose it is."""

    block: int
    public_id: str
    kind: str
    reason: str
    person_id: int | None
    atena_no: str | None
    household_no: str | None
    process: str
    strength: str
    starts_on: date
    ends_on: date | None
    lifted_until: datetime | None


def _rows(statement: str, parameters: list[Any]) -> list[_Row]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [_Row(*row) for row in cursor.fetchall()]


def _grouped(rows: Sequence[_Row], by: str) -> dict[Any, tuple[Block, ...]]:
    """The blocks by what they were set on."""
    found: dict[Any, tuple[Block, ...]] = {}
    for _, of_block in groupby(rows, key=lambda row: row.block):
        terms = list(of_block)
        whose = getattr(terms[0], by)
        if whose is not None:
            found[whose] = (*found.get(whose, ()), _block(terms))
    return found


def _block(rows: Sequence[_Row]) -> Block:
    terms = tuple(Term(Process(row.process), Strength(row.strength), row.starts_on, row.ends_on) for row in rows)
    return Block(rows[0].public_id, BlockKind(rows[0].kind), rows[0].reason, terms, rows[0].lifted_until)


def blocks_of_rows(rows: Sequence[CurrentRow], visit_id: int | None = None) -> BlocksFound:
    """Of the people whose current sheets these are. One statement, none for nobody."""
    if not rows:
        return BlocksFound({}, {})
    return blocks_of([row.person_id for row in rows], [no for row in rows if (no := row.entries.household_no)], visit_id)


_HIDDEN = """
    WITH hiding AS (
        SELECT b.person_id, b.household_no FROM residents_block b
          JOIN LATERAL (SELECT * FROM residents_blockterm t WHERE t.block_id = b.id AND t.process = 'inquiry' ORDER BY t.id DESC LIMIT 1) t ON true
         WHERE b.municipality_code = %s AND b.released_at IS NULL AND t.strength = 'error' AND t.starts_on <= %s
           AND NOT EXISTS (SELECT FROM residents_blocklift l WHERE l.block_id = b.id AND l.visit_id IS NULL AND l.until > %s)
    )
    SELECT person_id FROM hiding WHERE person_id IS NOT NULL
     UNION SELECT c.person_id FROM hiding h JOIN residents_sheetcurrent c ON c.municipality_code = %s AND c.household_no = h.household_no
"""


def hidden_from(actor: Actor) -> list[int]:
    """Person ids of whom this officer may not know: for them, these people are not there (domain §7). One statement, none for who may know."""
    if may_know(actor):
        return []
    return hidden_people(clock.today(), clock.now())


def hidden_people(on: date, now: datetime) -> list[int]:
    """Everybody whose 照会 is stopped that day. One statement, whoever is asked for."""
    code = settings.INSTALLATION.municipality_code
    with connection.cursor() as cursor:
        cursor.execute(_HIDDEN, [code, on, now, code])
        return [person for (person,) in cursor.fetchall()]
