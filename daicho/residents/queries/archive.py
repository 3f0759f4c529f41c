"""除票用データベースにあるもの — which sheets lie in the store of old 除票, and which are to be moved there. 標準1.1.5, 9.3; decision 0033."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import connection

_DUE = """
    SELECT p.atena_no, p.public_id, array_agg(c.sheet_id) FROM ONLY residents_sheetcurrent c JOIN residents_person p ON p.id = c.person_id
     WHERE c.municipality_code = %s AND c.closed_on <= %s GROUP BY p.id ORDER BY p.id LIMIT %s
"""


def is_archived(alias: str) -> str:
    """Whether a row of a current sheet lies there, for a SELECT. The web role knows of the living tables alone, and reads both through them."""
    return f"{alias}.tableoid <> 'residents_sheetcurrent'::regclass"


def five_years_over(closed_by: date, at_once: int) -> list[tuple[str, UUID, list[int]]]:
    """Some of those who have sheets removed on or before that day in the living store: 宛名番号, id and the sheets. Locks nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_DUE, [settings.INSTALLATION.municipality_code, closed_by, at_once])
        return list(cursor.fetchall())
