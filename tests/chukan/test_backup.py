"""控えと復元 — under row security a municipality's own rows are backed up and come back; a database that others share is not undone for one. F-1-60, F-1-85; decision 0015."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

from daicho.chukan.commands.replicas import opened
from daicho.chukan.models import Person, Replica
from tests import harness
from tests.chukan.sending import deliver, obtain_code, other, replica
from tests.site.test_backup import daicho, restore


@pytest.fixture
def kept(committed_db, tmp_path):
    deliver(replica())
    obtain_code()
    made = daicho(committed_db, "backup", "chukan", "--to", str(tmp_path))
    assert made.returncode == 0, made.stderr
    return committed_db, Path(made.stdout.split()[0])


def test_復元すると副本が戻り行の区分も戻る(kept):
    clone, file = kept
    deliver(other())
    done = restore(clone, file)
    assert done.returncode == 0, done.stderr
    assert opened(Replica.objects.get()).name_kanji == replica().name_kanji  # the one of before, readable by its key
    assert Person.objects.get().codes.get().acquired_at is not None
    assert deliver(other()).status == "unavailable"  # the door is closed until atena has resynced (decision 0019)
    verified = daicho(clone, "roles", "verify", "--system", "chukan")
    assert "row security" not in verified.stdout and "policies" not in verified.stdout, verified.stdout


def test_他団体も使うデータベースは一団体のために控えも復元もしない(kept, tmp_path):
    clone, file = kept
    with harness.cluster().connect(clone.name) as superuser:
        superuser.execute("INSERT INTO chukan_servedmunicipality (municipality_code, role) VALUES ('011002', %s)", [settings.DAICHO.database.owner])
    connections.close_all()
    refused = restore(clone, file)
    assert (refused.returncode, "011002" in refused.stderr) == (1, True)
    again = daicho(clone, "backup", "chukan", "--to", str(tmp_path))
    assert (again.returncode != 0, "011002" in again.stderr) == (True, True)
    assert Person.objects.count() == 1
