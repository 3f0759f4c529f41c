"""再構築 — `daicho rebuild` gives the same current rows and search terms again, of this city and no other. design §2, §4."""

from __future__ import annotations

import subprocess
import sys

import psycopg
from django.conf import settings

from tests.harness import ROOT
from tests.residents.register_files import write
from tests.residents.test_first_load import daicho_import, townspeople

_CURRENT = "SELECT tableoid::regclass::text, to_jsonb(c)::text FROM residents_sheetcurrent c ORDER BY sheet_id"
_TERMS = "SELECT (to_jsonb(t) - 'id')::text FROM residents_searchterm t ORDER BY sheet_id, kind, key"
_NOTED = """
    WITH note AS (
      INSERT INTO residents_officernote (municipality_code, person_id, sheet_id, history_no, kind, note_no, wording_no, before, text, recorded_by,
             recorded_by_id, recorded_at, terminal)
      SELECT municipality_code, person_id, sheet_id, history_no, 'remarks', 1, 1, '', '窓口の備考', '職員', 's', now(), 'H01'
        FROM residents_sheetcurrent ORDER BY sheet_id LIMIT 1 RETURNING sheet_id, text
    ) UPDATE residents_sheetcurrent c SET remarks = note.text FROM note WHERE note.sheet_id = c.sheet_id
"""
_ARCHIVED = "SELECT residents_archive_sheets(ARRAY[max(sheet_id)]) FROM residents_sheetcurrent"
_OTHER_CITY = "SELECT sheet_id, birth_first, birth_last FROM residents_sheetcurrent WHERE municipality_code = '011002'"
_TO_OTHER_CITY = "UPDATE {} SET municipality_code = '011002' WHERE sheet_id = (SELECT min(sheet_id) FROM residents_sheetcurrent)"


def owner(committed_db) -> psycopg.Connection:
    at = settings.DAICHO.database
    return psycopg.connect(host=at.host, port=at.port, dbname=committed_db.name, user=at.owner, password=at.owner_password, autocommit=True)


def rebuild(committed_db) -> str:
    done = subprocess.run([sys.executable, "-m", "daicho.site.cli", "rebuild"], cwd=ROOT, env=committed_db.environment(), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_再構築しても表は同じで他の市の行には触れない(committed_db, tmp_path):
    """With what an officer wrote without a 異動 (decision 0032), and each sheet in the store where it lay (0033)."""
    assert daicho_import(committed_db, write(tmp_path, townspeople(4))).returncode == 0
    with owner(committed_db) as database:
        database.execute(_NOTED)
        database.execute(_ARCHIVED)
        before = [database.execute(query).fetchall() for query in (_CURRENT, _TERMS)]
        assert "4 sheets" in rebuild(committed_db)
        assert [database.execute(query).fetchall() for query in (_CURRENT, _TERMS)] == before

        for table in ("residents_sheetversion", "residents_searchterm", "residents_sheetcurrent"):
            database.execute(_TO_OTHER_CITY.format(table))
        database.execute("UPDATE residents_sheetcurrent SET birth_first = NULL, birth_last = NULL WHERE municipality_code = '011002'")
        [theirs] = database.execute(_OTHER_CITY).fetchall()
        assert "3 sheets" in rebuild(committed_db)
        assert database.execute(_OTHER_CITY).fetchall() == [theirs]
