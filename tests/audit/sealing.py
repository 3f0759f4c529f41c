"""封印の支度 — what tests of seals wait for and compare."""

import time

import pytest
from django.db import connection

from daicho import audit


def ready():
    """Wait until every row lies below the transactions that still run, also those of other tests' databases: they share one counter."""
    for _ in range(1200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT coalesce(max(written_in) < pg_snapshot_xmin(pg_current_snapshot()), true) FROM audit_entry WHERE written_in < '99999999999'")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.1)
    pytest.fail("some transaction of this cluster has been open for two minutes")


def seal_everything():
    ready()
    return audit.seal_all()


def found(report):
    return {(finding.what, finding.entry_id) for finding in report.findings}


def copy_row(owner, entry_id, columns, values):
    """Insert a copy of a row with some columns changed; returns the copy's id."""
    kept = "municipality_code, system, login, actor_name, unit_code, unit_name, office_code, terminal, visit_no, action, purpose, outcome"
    kept += ", screen, request_id, subjects, subject_count, shows_numbers, digests, detail"
    sql = f"INSERT INTO audit_entry ({kept}, {columns}) SELECT {kept}, {values} FROM audit_entry WHERE id = %s ORDER BY at LIMIT 1 RETURNING id"
    return owner.execute(sql, [entry_id]).fetchone()[0]
