"""役割の取決め — what each database role can really do and reach, asked of the database. 設計1章・2章, F-1-14."""

from dataclasses import replace

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg import sql

from daicho.site import grants, reach, row_security
from tests import harness


@pytest.fixture
def ours():
    """This process's own database, as `daicho roles verify` sees it."""
    return replace(settings.DAICHO.database, name=connection.settings_dict["NAME"])


@pytest.fixture
def alone():
    """One process at a time: every other, of whatever system, would see the database that is opened to everybody here."""
    with harness.locked("privileges"):
        yield


def own(name: str) -> bool:
    """The test databases of this system count as its own; there are as many as test processes."""
    return name.startswith((f"test_{settings.DAICHO.name}_", f"template_{settings.DAICHO.name}_"))


@pytest.mark.django_db
def test_役割は自分の表に宣言どおり届き_他には届かない(ours, alone):
    assert reach.verify(ours, grants.declared().tables, own) == []


def test_余計な権限は見つかる(committed_db, ours, alone):
    """A verifier that finds nothing proves nothing: give too much, and it must say so."""
    with harness.cluster().connect(committed_db.name) as superuser:
        web = sql.Identifier(ours.web)
        superuser.execute(sql.SQL("GRANT DELETE ON django_migrations TO {}").format(web))
        superuser.execute(sql.SQL("GRANT UPDATE (session_data) ON django_session TO {}").format(web))
        superuser.execute(sql.SQL("GRANT CREATE ON SCHEMA public TO {}").format(web))
        superuser.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO PUBLIC").format(sql.Identifier(committed_db.name)))
        superuser.execute(sql.SQL("REVOKE INSERT ON django_session FROM {}").format(web))
        superuser.execute("CREATE TABLE stray (id int)")
        superuser.execute(sql.SQL("ALTER TABLE stray OWNER TO {}").format(web))
    said = {finding.text for finding in reach.verify(ours, grants.declared().tables, own)}
    assert "django_migrations: may DELETE, which is not declared" in said
    assert "django_session.session_data: a privilege on a single column, which nothing declares" in said
    assert "may create or use things in the schema public" in said
    assert f"has privileges on the database {committed_db.name}" in said
    assert "django_session: may not INSERT, which is declared" in said
    assert "owns 1 objects; the web role owns nothing" in said


@pytest.mark.parametrize("other", [name for name in harness.SYSTEMS if name != settings.DAICHO.name])
def test_他のシステムのデータベースにはつながらない(other):
    """設計2章: each system's roles reach only their own database."""
    with harness.clone(other) as theirs:
        for role, password in (
            (settings.DAICHO.database.web, settings.DAICHO.database.web_password),
            (settings.DAICHO.database.owner, settings.DAICHO.database.owner_password),
        ):
            with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
                psycopg.connect(host=settings.DAICHO.database.host, port=settings.DAICHO.database.port, dbname=theirs.name, user=role, password=password)


@pytest.mark.django_db
def test_一つのデータベースに多くの団体があるときは行が分かれている(ours):
    """F-1-60: every table of such a system is under row security, for its owner too; other systems have one municipality each."""
    assert row_security.verify(ours) == []
