"""一括登録の書込み — lines into tables by COPY, ids taken beforehand. design §4."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import connection
from django.db.backends.utils import CursorWrapper

from daicho.residents.commands.bulk_lines import COLUMNS


def take_ids(table: str, count: int) -> list[int]:
    """`count` ids of a table. What is not used leaves a hole, which an id may."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
        return [row_id for (row_id,) in cursor.fetchall()]


def copy_lines(table: str, lines: Sequence[str], columns: str = "") -> None:
    """COPY made lines into a table, all constraints judged as for INSERT. IntegrityError."""
    if not lines:
        return
    statement = f"COPY {table} ({columns or COLUMNS[table]}) FROM STDIN"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for portion in _joined(lines):
            copy.write(portion)


def _joined(lines: Sequence[str], at_once: int = 500) -> Iterable[bytes]:
    for begin in range(0, len(lines), at_once):
        yield ("\n".join(lines[begin : begin + at_once]) + "\n").encode()


_CONSTRAINTS = """
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('f', 'u') ORDER BY contype DESC, conname
"""
_INDEXES = """
SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
 WHERE i.indrelid = %s::regclass AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u')) ORDER BY c.relname
"""
_OWNS = "SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class WHERE oid = %s::regclass"


@contextmanager
def set_aside(table: str) -> Iterator[None]:
    """For a load into an empty table: without its indexes and foreign keys, which are made again at the end and judge every row.

    Only the owner can; for others nothing changes. Inside the caller's transaction, which holds the table alone meanwhile.
    """
    with connection.cursor() as cursor:
        cursor.execute(_OWNS, [table])
        owns = cursor.fetchone()[0]
        constraints, indexes = (_rows(cursor, query, table) for query in (_CONSTRAINTS, _INDEXES)) if owns else ([], [])
        for name, _ in constraints:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        if owns:
            cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for _, definition in indexes:
            cursor.execute(definition)
        for name, definition in constraints:
            cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')


def _rows(cursor: CursorWrapper, query: str, table: str) -> list[tuple[str, str]]:
    cursor.execute(query, [table])
    return list(cursor.fetchall())
