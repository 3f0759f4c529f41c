"""一括登録の書込み — lines into tables by COPY, ids taken beforehand. design §4."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection

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
