"""途切れた書出し — a city's worth of rows is never on a disk without a word of it in the trail. F-1-13, F-1-17, F-2-13."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from daicho.audit.models import AuditEntry
from daicho.residents.permissions import Permission
from daicho.residents.queries.exporting import What, export_register
from tests.cast import ALL, officer

ROOT = Path(__file__).resolve().parents[2]
OPERATOR = officer(9, "取込　担当", ALL)

_KILLED = """
import os, sys
from pathlib import Path
import django
django.setup()
from daicho.residents.queries import exporting
from tests.cast import ALL, officer

def rows(what):
    yield ["x" * 100_000]
    os._exit(9)

exporting.export_rows = rows
exporting.export_register(officer(9, "取込　担当", ALL), Path(sys.argv[1]), exporting.What(), purpose="移行の試験")
"""


def test_書いている途中で殺されても始めたことは残る(committed_db, tmp_path):
    environment = {**committed_db.environment(), "PYTHONPATH": str(ROOT)}
    ended = subprocess.run([sys.executable, "-c", _KILLED, str(tmp_path / "out.csv")], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert ended.returncode == 9, ended.stderr
    (left,) = tmp_path.iterdir()  # what a killed process leaves, only its owner reads; the trail says whose it is
    assert left.stat().st_mode & 0o077 == 0 and left.stat().st_size > 0
    entry = AuditEntry.objects.get(action=Permission.REGISTER_EXPORT)
    assert (entry.login, entry.purpose, entry.detail["step"], entry.detail["scope"]) == ("officer9", "移行の試験", "begin", "住民記録の全員")
    assert entry.detail["numbers"] is False
    assert entry.detail["os_user"]
    assert left.name == f".out.csv.{entry.detail['draft']}.partial"


@pytest.mark.django_db
def test_植えられた近道の先には書かない(tmp_path, monkeypatch):
    """Neither under the name asked for nor under that of the draft, even when somebody guessed it."""
    elsewhere = tmp_path / "elsewhere"
    (tmp_path / "out.csv").symlink_to(elsewhere)
    with pytest.raises(FileExistsError):
        export_register(OPERATOR, tmp_path / "out.csv", What(), purpose="試験")
    monkeypatch.setattr(secrets, "token_hex", lambda count: "guessed")
    planted = tmp_path / ".in.csv.guessed.partial"
    planted.symlink_to(elsewhere)
    with pytest.raises(FileExistsError):
        export_register(OPERATOR, tmp_path / "in.csv", What(), purpose="試験")
    assert planted.is_symlink() and not elsewhere.exists() and not os.path.lexists(tmp_path / "in.csv")
