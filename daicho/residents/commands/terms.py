"""検索語の書込み — the terms of changed sheets: new ones added, those no longer so marked past. std 2.1.3-27, 2.1.3-31."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db import connection

from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.terms import Terms, sort_kana, term_grams, terms_of, terms_of_history

Change = tuple[int, int, SheetEntries | None, SheetEntries]
"""(sheet id, person id, entries before or None, entries after)."""
Row = tuple[int, int, str, str, bool, date | None, date | None, str, int, str]
COLUMNS = "sheet_id, person_id, kind, key, is_past, birth_first, birth_last, sort_kana, surname_length, grams"

_UPSERT = f"""
    INSERT INTO residents_searchterm (municipality_code, {COLUMNS})
    SELECT %s, t.sheet_id, t.person_id, t.kind, t.key, t.is_past, t.birth_first, t.birth_last, t.sort_kana, t.surname_length, string_to_array(t.grams, chr(31))
      FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::boolean[], %s::date[], %s::date[], %s::text[], %s::smallint[], %s::text[])
        AS t ({COLUMNS})
    ON CONFLICT (sheet_id, kind, key) DO UPDATE SET is_past = EXCLUDED.is_past, birth_first = EXCLUDED.birth_first, birth_last = EXCLUDED.birth_last,
       sort_kana = EXCLUDED.sort_kana, surname_length = EXCLUDED.surname_length
"""

_ORDER_ANEW = """
    UPDATE residents_searchterm t SET birth_first = s.birth_first, birth_last = s.birth_last, sort_kana = s.sort_kana
      FROM unnest(%s::bigint[], %s::date[], %s::date[], %s::text[]) AS s (sheet_id, birth_first, birth_last, sort_kana) WHERE t.sheet_id = s.sheet_id
"""


def write_terms(changes: Sequence[Change]) -> None:
    """One statement for all sheets of an event; none when no term changes. One more when 生年月日 or the order in lists does."""
    rows = [row for change in changes for row in term_rows(*change)]
    anew = [_ordered(sheet_id, after) for sheet_id, _, before, after in changes if before is not None and _is_ordered_anew(before, after)]
    if anew:  # past terms, too, are found by the birth date of today
        with connection.cursor() as cursor:
            cursor.execute(_ORDER_ANEW, list(map(list, zip(*anew, strict=True))))
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_UPSERT, [settings.INSTALLATION.municipality_code, *map(list, zip(*rows, strict=True))])


def term_rows(sheet_id: int, person_id: int, before: SheetEntries | None, after: SheetEntries) -> list[Row]:
    """The terms that this change adds, marks past, or orders anew."""
    old, new = terms_of(before) if before else {}, terms_of(after)
    all_anew = before is None or _is_ordered_anew(before, after)
    standings = {term: new.get(term) or standing._replace(is_past=True) for term, standing in {**old, **new}.items()}
    return _rows(sheet_id, person_id, after, {term: standing for term, standing in standings.items() if all_anew or old.get(term) != standing})


def rows_of_history(sheet_id: int, person_id: int, rows: Sequence[SheetEntries]) -> list[Row]:
    """Every term of a sheet, from its rows, oldest first."""
    return _rows(sheet_id, person_id, rows[-1], terms_of_history(rows))


def _is_ordered_anew(before: SheetEntries, after: SheetEntries) -> bool:
    return before.birth_date != after.birth_date or sort_kana(before) != sort_kana(after)


def _ordered(sheet_id: int, entries: SheetEntries) -> tuple[int, date | None, date | None, str]:
    first, last = (entries.birth_date.first, entries.birth_date.last) if entries.birth_date else (None, None)
    return sheet_id, first, last, sort_kana(entries)


def _rows(sheet_id: int, person_id: int, newest: SheetEntries, terms: Terms) -> list[Row]:
    _, first, last, sort = _ordered(sheet_id, newest)
    return [
        (sheet_id, person_id, kind.value, key, is_past, first, last, sort, surname_length, "\x1f".join(term_grams(kind, key)))
        for (kind, key), (is_past, surname_length) in sorted(terms.items())
    ]
