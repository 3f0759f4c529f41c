"""再構築 — the current table and the search terms made anew from the history, by the owner of the tables. design §4; `daicho rebuild`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, islice

from django.conf import settings
from django.db import connection, transaction

from daicho.residents.commands.terms import COLUMNS, Row, rows_of_history
from daicho.residents.models import SheetCurrent, SheetVersion
from daicho.residents.models.archive import ARCHIVE
from daicho.residents.queries.notes_laid import UPON
from daicho.residents.rules.entries import ENTRIES, NOTED

_CHUNK = 2000
_TERM_COLUMNS = f"municipality_code, {COLUMNS}"

_LAY_NOTES = f"""
    UPDATE residents_sheetcurrent c SET {", ".join(f"{name} = CASE WHEN u.texts ? '{name}' THEN u.texts ->> '{name}' ELSE c.{name} END" for name in NOTED)}
      FROM ({UPON}) u
     WHERE u.sheet_id = c.sheet_id AND u.history_no = c.history_no AND c.municipality_code = %s
"""
"""What officers wrote upon the newest versions (decision 0032)."""


@transaction.atomic
def rebuild() -> dict[str, int]:
    """Empty both tables and fill them again; readers see the old rows until it commits. Returns what was written."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(array_agg(sheet_id), '{{}}') FROM {ARCHIVE}.residents_sheetcurrent")
        archived = cursor.fetchone()[0]
        cursor.execute("DELETE FROM residents_searchterm WHERE municipality_code = %s", [settings.INSTALLATION.municipality_code])
        cursor.execute("DELETE FROM residents_sheetcurrent WHERE municipality_code = %s", [settings.INSTALLATION.municipality_code])
        entries = ", ".join(f'"{name}"' for name in ENTRIES)
        cursor.execute(
            f"""
            INSERT INTO residents_sheetcurrent (sheet_id, municipality_code, person_id, spell_id, history_no, sheet_history_no, recorded_at, {entries})
            SELECT DISTINCT ON (sheet_id) sheet_id, municipality_code, person_id, spell_id, history_no, sheet_history_no, recorded_at, {entries}
              FROM residents_sheetversion WHERE municipality_code = %s ORDER BY sheet_id, history_no DESC
            """,
            [settings.INSTALLATION.municipality_code],
        )
        cursor.execute(_LAY_NOTES, [settings.INSTALLATION.municipality_code] * 2)
        births = _fill_births()
        terms = _fill_terms()
        cursor.execute("SELECT residents_archive_sheets(%s)", [archived])
    return {"sheets": births, "terms": terms}


def _fill_births() -> int:
    """The bounds of the birth dates, which SQL cannot read from an uncertain date."""
    ours = SheetCurrent.objects.filter(municipality_code=settings.INSTALLATION.municipality_code)
    rows = list(ours.only("sheet_id", "birth_date", "birth_first", "birth_last"))
    for row in rows:
        row.birth_first, row.birth_last = (row.birth_date.first, row.birth_date.last) if row.birth_date else (None, None)
    SheetCurrent.objects.bulk_update(rows, ["birth_first", "birth_last"], batch_size=_CHUNK)
    return len(rows)


def _fill_terms() -> int:
    """Portion by portion: a COPY and the reading of the versions cannot use one connection at the same time."""
    count, terms = 0, _term_rows()
    while portion := list(islice(terms, _CHUNK * 10)):
        with connection.cursor() as cursor, cursor.copy(f"COPY residents_searchterm ({_TERM_COLUMNS}) FROM STDIN") as copy:
            for *columns, grams in portion:
                copy.write_row((settings.INSTALLATION.municipality_code, *columns, grams.split("\x1f") if grams else []))
        count += len(portion)
    return count


def _term_rows() -> Iterator[Row]:
    """Every term of every sheet, once: past when only an older row has it."""
    rows = SheetVersion.objects.filter(municipality_code=settings.INSTALLATION.municipality_code).order_by("sheet_id", "history_no")
    for _, versions in groupby(rows.iterator(chunk_size=_CHUNK), key=lambda v: v.sheet_id):
        of_sheet = list(versions)
        yield from rows_of_history(of_sheet[-1].sheet_id, of_sheet[-1].person_id, [version.to_entries() for version in of_sheet])
