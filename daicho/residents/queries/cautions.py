"""留意事項を読む — the remarks of spells, as a certificate prints them. std 1.1.14."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from daicho.certificates.record import Note
from daicho.residents.rules.cautions import RemarkedVersion, caution_notes

# Every live version of the spells that have a remark at all: which of their entries still stand hangs on the later ones. Of the whole spell, since
# what is said of an entry goes over to the next sheet with it (改製, 帰化).
_VERSIONS = """
    SELECT v.spell_id, v.asserts IS NOT NULL, v.key, v.anchor, v.history_no, ARRAY(SELECT jsonb_object_keys(coalesce(v.asserts, '{}'))), coalesce(v.remark, '')
      FROM residents_sheetversion v
     WHERE v.spell_id = ANY(%s) AND NOT EXISTS (SELECT FROM residents_annulment a WHERE a.version_id = v.id)
       AND EXISTS (SELECT FROM residents_sheetversion w WHERE w.spell_id = v.spell_id AND w.remark IS NOT NULL)
"""


def cautions_of(spell_ids: Sequence[int]) -> dict[int, tuple[Note, ...]]:
    """By spell. One statement; the caller records the reading."""
    rows: dict[int, list[RemarkedVersion]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_VERSIONS, [list(spell_ids)])
        for spell_id, is_later, key, anchor, history_no, names, remark in cursor.fetchall():
            version = RemarkedVersion((is_later, key, anchor, history_no), frozenset(names) if is_later else None, remark)
            rows.setdefault(spell_id, []).append(version)
    return {spell_id: caution_notes(versions) for spell_id, versions in rows.items()}
