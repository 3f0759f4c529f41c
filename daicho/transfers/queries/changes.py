"""変わった者 — the persons in the order in which they changed, as far as nothing earlier can still come. 標準7.2.3 異動差分."""

from __future__ import annotations

from django.db import connection

from daicho.rows import Columns
from daicho.transfers.models import Person, municipality_code

_PERSON = Columns(Person, "p")
_CHANGED = f"""
    SELECT {_PERSON.sql} FROM transfers_person p
     WHERE p.municipality_code = %s AND (p.changed_xid, p.id) > (%s::text::xid8, %s) AND p.changed_xid < %s::text::xid8
     ORDER BY p.changed_xid, p.id LIMIT %s
"""
_EVERYBODY = f"SELECT {_PERSON.sql} FROM transfers_person p WHERE p.municipality_code = %s AND p.id > %s AND p.is_subject ORDER BY p.id LIMIT %s"


def changed_since(xid: int, row_id: int, until: int, limit: int) -> list[Person]:
    """Behind (`xid`, `row_id`) and before the transaction `until`. One statement."""
    return _people(_CHANGED, [municipality_code(), str(xid), row_id, str(until), limit])


def everybody_after(row_id: int, limit: int) -> list[Person]:
    """The subjects in the order of their rows. One statement."""
    return _people(_EVERYBODY, [municipality_code(), row_id, limit])


def _people(statement: str, parameters: list[object]) -> list[Person]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [_PERSON.instance(row) for row in cursor.fetchall()]
