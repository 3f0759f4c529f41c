"""検索語の書込み — the terms of changed sheets: new ones added, those no longer so marked past. std 2.1.3-27, 2.1.3-31."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db import connection

from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.terms import TermKind, sort_kana, terms_of
from daicho.values.search_key import grams

Change = tuple[int, int, SheetEntries | None, SheetEntries]
"""(sheet id, person id, entries before or None, entries after)."""
Row = tuple[int, int, str, str, bool, date | None, str, str]

_UPSERT = """
    INSERT INTO residents_searchterm (municipality_code, sheet_id, person_id, kind, key, is_past, birth_first, sort_kana, grams)
    SELECT %s, t.sheet_id, t.person_id, t.kind, t.key, t.is_past, t.birth_first, t.sort_kana, string_to_array(t.grams, chr(31))
      FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::boolean[], %s::date[], %s::text[], %s::text[])
        AS t (sheet_id, person_id, kind, key, is_past, birth_first, sort_kana, grams)
    ON CONFLICT (sheet_id, kind, key) DO UPDATE SET is_past = EXCLUDED.is_past, birth_first = EXCLUDED.birth_first, sort_kana = EXCLUDED.sort_kana
"""


def term_grams(kind: TermKind, key: str) -> list[str]:
    """The grams of a key, each led by its kind. They are parted by U+001F, which no key holds."""
    return [f"{kind}{gram}" for gram in grams(key)]


def write_terms(changes: Sequence[Change]) -> None:
    """One statement for all sheets of an event; none when no term changes."""
    rows = [row for change in changes for row in term_rows(*change)]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_UPSERT, [settings.INSTALLATION.municipality_code, *map(list, zip(*rows, strict=True))])


def term_rows(sheet_id: int, person_id: int, before: SheetEntries | None, after: SheetEntries) -> list[Row]:
    """The terms that this change adds, marks past, or orders anew."""
    old, new = terms_of(before) if before else set(), terms_of(after)
    birth = after.birth_date.first if after.birth_date else None
    sort = sort_kana(after)
    all_anew = before is None or before.birth_date != after.birth_date or sort_kana(before) != sort
    touched = (old | new) if all_anew else (old ^ new)
    return [(sheet_id, person_id, kind.value, key, (kind, key) not in new, birth, sort, "\x1f".join(term_grams(kind, key))) for kind, key in sorted(touched)]
