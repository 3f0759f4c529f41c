"""一括登録の書込み — made blocks of lines into tables by COPY. design §4."""

from __future__ import annotations

from django.db import connection

from daicho.residents.commands.bulk_lines import COLUMNS


def copy_block(table: str, lines: bytes, columns: str = "") -> None:
    """COPY made lines into a table, all constraints judged as for INSERT. IntegrityError."""
    if not lines:
        return
    statement = f"COPY {table} ({columns or COLUMNS[table]}) FROM STDIN"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(lines)
