"""注意の印 — what must be known of people before anything else is said: their 抑止, their 支援措置, and that they are the other side of one. 標準仕様3.1, 2.2.4; domain §7.

For those who may know; for the others these people are not there at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import connection

from daicho.residents.queries.blocks import blocks_of_rows
from daicho.residents.queries.current import CurrentRow
from daicho.residents.queries.support import Protected, opponents_among, protected
from daicho.residents.rules.blocks import Block, BlockKind


@dataclass(frozen=True)
class Mark:
    """Of one person. `opponent_of`: the case whose other side they are. False when there is nothing to be said."""

    blocks: tuple[Block, ...] = ()
    supports: tuple[Protected, ...] = ()
    opponent_of: str = ""

    def __bool__(self) -> bool:
        return bool(self.blocks or self.supports or self.opponent_of)


NOTHING = Mark()

_MARKED = """
    WITH asked AS (SELECT id FROM residents_person WHERE municipality_code = %(code)s AND public_id = ANY(%(people)s))
    SELECT a.id FROM asked a JOIN residents_block b ON b.person_id = a.id AND b.released_at IS NULL
     UNION SELECT c.person_id FROM asked a JOIN residents_sheetcurrent c ON c.person_id = a.id
             JOIN residents_block b ON b.municipality_code = c.municipality_code AND b.household_no = c.household_no AND b.released_at IS NULL
     UNION SELECT o.person_id FROM asked a JOIN residents_supportopponent o ON o.person_id = a.id
"""


def marked_among(people: Sequence[UUID]) -> list[int]:
    """Person ids of those of whom there may be something to be said: nearly always none. The caller recorded their reading. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_MARKED, {"code": settings.INSTALLATION.municipality_code, "people": list(people)})
        return [person for (person,) in cursor.fetchall()]


def marks_of(rows: Sequence[CurrentRow]) -> Mapping[UUID, Mark]:
    """By opaque id, of those of whom there is something to be said. Two statements, one more where somebody is protected; none for nobody."""
    if not rows:
        return {}
    found, opponents = blocks_of_rows(rows), opponents_among(row.person_id for row in rows)
    blocks = {row.person_id: found.of(row) for row in rows}
    supported = [person for person, mine in blocks.items() if any(block.kind is BlockKind.SUPPORT for block in mine)]
    supports = protected(supported) if supported else {}
    marks = {row.public_id: Mark(blocks[row.person_id], supports.get(row.person_id, ()), opponents.get(row.person_id, "")) for row in rows}
    return {person: mark for person, mark in marks.items() if mark}
