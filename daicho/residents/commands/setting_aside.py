"""索引と参照の取置き — for a load into empty tables: their indexes and foreign keys are laid aside, and made again at the end. design §4.

One pass over a whole table judges every row as the index or key would have judged each; only the pass is many times cheaper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection
from django.db.backends.utils import CursorWrapper

# What the tables' own keys hold stays: other tables refer to them, and ids that rise cost an index little.
_CONSTRAINTS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
 WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('f', 'u') AND conparentid = 0 ORDER BY contype DESC, conrelid, conname
"""
_INDEXES = """
SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
 WHERE i.indrelid = ANY(%s::regclass[]) AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u')) ORDER BY c.relname
"""
_OWNS = "SELECT bool_and(pg_has_role(current_user, relowner, 'USAGE')) FROM pg_class WHERE oid = ANY(%s::regclass[])"


@contextmanager
def set_aside(tables: Sequence[str]) -> Iterator[None]:
    """Without the tables' indexes and foreign keys meanwhile; at the end they are the same as before, and hold for every row.

    Only the owner can; for others nothing changes. Inside the caller's transaction, which holds the tables alone from here
    on. IntegrityError at the end, when the rows do not fit.
    """
    with connection.cursor() as cursor:
        names = list(tables)
        cursor.execute(_OWNS, [names])
        if not cursor.fetchone()[0]:
            yield
            return
        constraints, indexes = (_rows(cursor, query, names) for query in (_CONSTRAINTS, _INDEXES))
        for table, name, _ in reversed(constraints):  # a reference goes before the key it may refer to
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for _, definition in indexes:
            cursor.execute(definition)
        for table, name, definition in constraints:
            cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')


def _rows(cursor: CursorWrapper, query: str, tables: list[str]) -> list[tuple[str, ...]]:
    cursor.execute(query, [tables])
    return list(cursor.fetchall())
