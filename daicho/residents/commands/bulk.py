"""一括登録の書込み — made blocks of lines into tables by COPY, ids taken beforehand. design §4."""

from __future__ import annotations

from django.db import connection

from daicho.residents.commands.bulk_lines import COLUMNS


def take_ids(table: str, count: int) -> list[int]:
    """`count` ids of a table. What is not used leaves a hole, which an id may."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT array(SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s))", [table, count])
        return list(cursor.fetchone()[0])


def copy_block(table: str, lines: bytes, columns: str = "") -> None:
    """COPY made lines into a table, all constraints judged as for INSERT. IntegrityError."""
    if not lines:
        return
    statement = f"COPY {table} ({columns or COLUMNS[table]}) FROM STDIN"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(lines)
