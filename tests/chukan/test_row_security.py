"""団体ごとの区分管理 — in one database no municipality sees, changes, counts or meets another's rows, in any table. F-1-60.

One row of each of two municipalities is put into every table there is, alike in all but the code. What is tried is tried as the web
role, on connections of its own, with the statements that anybody could write who got hold of one.
"""

import uuid
from contextlib import contextmanager
from dataclasses import replace

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import ForeignKey
from psycopg import sql

from daicho.site import row_security
from daicho.site.row_security import SESSIONS
from tests import harness
from tests.contracts.chukan_samples import CITY

OTHER = "011002"
MODELS = [model for model in apps.get_models(include_auto_created=True) if model._meta.db_table not in ("django_migrations",)]
TABLES = [model._meta.db_table for model in MODELS]
ADMISSIONS = "chukan_servedmunicipality"
FILLED = [table for table in TABLES if table != ADMISSIONS]
KEYS = [(model._meta.db_table, field) for model in MODELS for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]
# A value for a column that must have one, by type. The same for both, so that every natural key is the same too.
VALUES = {
    "text": "x", "character varying": "x", "integer": 1, "smallint": 1, "bigint": 1, "boolean": False, "timestamp with time zone": "2026-04-10T00:00:00Z",
    "date": "2026-04-10", "time without time zone": "03:30", "jsonb": "{}", "ARRAY": "{}", "bytea": b"x", "uuid": uuid.UUID(int=7),
}  # fmt: skip


def as_web(name, municipality=None, **more):
    """A connection of the web role, as whoever holds its password could open it."""
    at = settings.DAICHO.database
    options = f"-c daicho.municipality={municipality}" if municipality else ""
    return psycopg.connect(host=at.host, port=at.port, dbname=name, user=at.web, password=at.web_password, autocommit=True, options=options, **more)


class Filling:
    """One row for each municipality in every table."""

    def __init__(self, name):
        self.name = name
        self.ids = {}

    def columns(self, cursor, table):
        cursor.execute(
            "SELECT column_name, data_type, is_nullable = 'YES', column_default IS NOT NULL FROM information_schema.columns"
            " WHERE table_schema = 'public' AND table_name = %s ORDER BY ordinal_position", [table],
        )  # fmt: skip
        return cursor.fetchall()

    def values(self, cursor, table, code):
        model = MODELS[TABLES.index(table)]
        key = model._meta.pk.column
        parents = {field.column: field.related_model._meta.db_table for field in model._meta.concrete_fields if isinstance(field, ForeignKey)}
        found = {}
        for column, kind, nullable, has_default in self.columns(cursor, table):
            if column == "municipality_code":
                found[column] = code
            elif column in parents:
                found[column] = self.ids[parents[column], code]
            elif column == key and column not in parents:
                if kind == "uuid":
                    found[column] = uuid.uuid4()
                elif not has_default and kind in ("integer", "bigint") and table not in ("audit_leaf",):
                    continue  # an identity column: the database's own
                elif table == "audit_leaf":
                    found[column] = 1 if code == CITY else 2
                elif kind not in ("integer", "bigint"):
                    found[column] = f"key-{code}"
            elif not nullable and not has_default:
                found[column] = VALUES[kind]
        return key, found

    def insert(self, connection, table, code, **changes):
        with connection.cursor() as cursor:
            key, values = self.values(cursor, table, code)
            values |= changes
            names = sql.SQL(", ").join(map(sql.Identifier, values))
            places = sql.SQL(", ").join(sql.Placeholder() * len(values))
            statement = sql.SQL("INSERT INTO {} ({}) VALUES ({}) RETURNING {}").format(sql.Identifier(table), names, places, sql.Identifier(key))
            (row_id,) = cursor.execute(statement, list(values.values())).fetchone()
        return row_id


@pytest.fixture(scope="module")
def filled():
    """Both municipalities' rows: the other's by the superuser, ours by the web role itself wherever it may insert. Shapes of values are not asked.

    One database for all these tests: what they try is refused, or taken back.
    """
    with harness.clone("chukan") as clone:
        yield _filled(clone)


def _filled(clone):
    filling = Filling(clone.name)
    with harness.cluster().connect(clone.name) as superuser:
        for table, name in superuser.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace AND coninhcount = 0"
        ).fetchall():
            superuser.execute(sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(sql.Identifier(table), sql.Identifier(name)))
        superuser.execute("DELETE FROM vault_key")
        with as_web(clone.name, CITY) as web:
            for table in in_order():
                filling.ids[table, OTHER] = filling.insert(superuser, table, OTHER)
                filling.ids[table, CITY] = filling.insert(web if may(web, table, "INSERT") else superuser, table, CITY)
    return filling


def in_order():
    """Parents before those that point at them."""
    left, done = list(FILLED), []
    while left:
        for table in left:
            if all(field.related_model._meta.db_table in (*done, table) for owner, field in KEYS if owner == table):
                done.append(table)
                left.remove(table)
                break
    return done


def may(connection, table, privilege):
    return connection.execute("SELECT has_table_privilege(%s, %s)", [table, privilege]).fetchone()[0]


def codes_seen(connection, table):
    return sorted(code for (code,) in connection.execute(sql.SQL("SELECT municipality_code FROM {}").format(sql.Identifier(table))))


def test_全ての表に二団体の行を入れて試す(filled):
    """The ground of the tests below: as superuser every table has both, and two alike rows did not meet in any unique key."""
    with harness.cluster().connect(filled.name) as superuser:
        seen = {table: codes_seen(superuser, table) for table in FILLED}
    assert {table: codes for table, codes in seen.items() if codes != [OTHER, CITY]} == {}
    assert len(FILLED) >= 35


def test_自団体の行だけが見え数えられる(filled):
    """F-1-60."""
    with as_web(filled.name, CITY) as web:
        assert {table: codes for table in FILLED if (codes := codes_seen(web, table)) != [CITY]} == {}
        counts = {table: web.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()[0] for table in FILLED}
    assert set(counts.values()) == {1}


def test_団体を名乗らない接続には一行も見えない(filled):
    """A handler cannot forget the setting; were it forgotten, every table would be empty."""
    with as_web(filled.name) as web:
        assert {table: codes for table in FILLED if (codes := codes_seen(web, table))} == {}
        web.execute("SET daicho.municipality = ''")
        assert {table: codes for table in FILLED if (codes := codes_seen(web, table))} == {}


def test_担当していない団体を名乗っても一行も見えない(filled):
    """The setting alone opens nothing: the role must be admitted, and only the owner's migration admits."""
    with as_web(filled.name, CITY) as web:
        web.execute(sql.SQL("SET daicho.municipality = {}").format(sql.Literal(OTHER)))
        assert {table: codes for table in FILLED if (codes := codes_seen(web, table))} == {}
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute(f"INSERT INTO {ADMISSIONS} (municipality_code, role) VALUES (%s, %s)", [OTHER, settings.DAICHO.database.web])
        assert codes_seen(web, ADMISSIONS) == [CITY]


def test_担当に加えられた団体を名乗ればその団体の行だけが見える(filled):
    """One role may serve several, one at a time."""
    with harness.cluster().connect(filled.name) as superuser:
        superuser.execute(f"INSERT INTO {ADMISSIONS} (municipality_code, role) VALUES (%s, %s)", [OTHER, settings.DAICHO.database.web])
        try:
            for code in (OTHER, CITY):
                with as_web(filled.name, code) as web:
                    assert {table: codes for table in FILLED if (codes := codes_seen(web, table)) != [code]} == {}
        finally:
            superuser.execute(f"DELETE FROM {ADMISSIONS} WHERE municipality_code = %s", [OTHER])


def test_他団体の行は変えられず消せない(filled):
    with as_web(filled.name, CITY) as web:
        for table in FILLED:
            for privilege, statement in (("UPDATE", "UPDATE {} SET municipality_code = municipality_code"), ("DELETE", "DELETE FROM {}")):
                if may(web, table, privilege):
                    with web.transaction(force_rollback=True):
                        touched = web.execute(sql.SQL(statement + " WHERE municipality_code = {}").format(sql.Identifier(table), sql.Literal(OTHER)))
                        assert touched.rowcount == 0, (table, privilege)
                        everything = web.execute(sql.SQL(statement).format(sql.Identifier(table))) if table in LEAVES else None
                        assert everything is None or everything.rowcount <= 1, (table, privilege)


LEAVES = [table for table in FILLED if not any(field.related_model._meta.db_table == table for _, field in KEYS)]


NO = (psycopg.errors.InsufficientPrivilege, psycopg.errors.CheckViolation)  # a counter's own trigger speaks before the policy


def test_他団体の行は書けず自団体の行を他団体の行にできない(filled):
    with as_web(filled.name, CITY) as web:
        for table in FILLED:
            if may(web, table, "INSERT"):
                leaf = {"entry_id": 3} if table == "audit_leaf" else {}
                with pytest.raises(NO, match="row-level security"):
                    filled.insert(web, table, OTHER, **leaf)
            if may(web, table, "UPDATE"):
                with pytest.raises(NO, match=r"row-level security|never goes back"):
                    web.execute(sql.SQL("UPDATE {} SET municipality_code = {}").format(sql.Identifier(table), sql.Literal(OTHER)))


@pytest.mark.parametrize(("table", "field"), KEYS, ids=lambda each: getattr(each, "name", each))
def test_他団体の行を指す行は書けず_ない行を指すのと区別がつかない(filled, table, field):
    """The database follows a foreign key into rows that row security hides; the policy does not let it come to that."""
    parent = field.related_model._meta
    nowhere = uuid.uuid4() if parent.pk.get_internal_type() == "UUIDField" else 999_999
    said = []
    with as_web(filled.name, CITY) as web:
        if not may(web, table, "INSERT"):
            return
        for target in (filled.ids[parent.db_table, OTHER], nowhere):
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security") as refused:
                filled.insert(web, table, CITY, **{field.column: target})
            said.append(refused.value.diag.message_primary)
    assert said[0] == said[1]


@pytest.mark.parametrize(("municipality", "seen"), [("", []), (OTHER, []), (CITY, [CITY])])
def test_所有者も名乗る団体の行しか見えない(filled, municipality, seen):
    """FORCED: who works as the owner of the tables (migrations, backups) is bound as the web role is."""
    at, options = settings.DAICHO.database, f"-c daicho.municipality={municipality}" if municipality else ""
    with psycopg.connect(host=at.host, port=at.port, dbname=filled.name, user=at.owner, password=at.owner_password, options=options) as owner:
        assert {table: codes for table in FILLED if (codes := codes_seen(owner, table)) != seen} == {}


def test_この部屋の行の番号は他団体の書込みの数を語らない():
    """No serial in the room's own tables."""
    serial = [model.__name__ for model in apps.get_app_config("chukan").get_models() if model._meta.pk.get_internal_type() != "UUIDField"]
    assert serial == ["ServedMunicipality"]  # written by migrations alone


@pytest.mark.django_db
def test_画面と受付の接続は常にこの団体を名乗る():
    with connection.cursor() as cursor:
        cursor.execute("SHOW daicho.municipality")
        assert cursor.fetchone() == (settings.INSTALLATION.municipality_code,)
        cursor.execute("SET daicho.municipality = '011002'")
        cursor.execute("RESET ALL")
        cursor.execute("SHOW daicho.municipality")
        assert cursor.fetchone() == (settings.INSTALLATION.municipality_code,)


@contextmanager
def spoilt(committed_db, *statements):
    with harness.cluster().connect(committed_db.name) as superuser:
        for statement in statements:
            superuser.execute(statement)
    yield {finding.text for finding in row_security.verify(replace(settings.DAICHO.database, name=committed_db.name))}


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("ALTER TABLE chukan_person NO FORCE ROW LEVEL SECURITY", "chukan_person: row security is not forced"),
        ("ALTER TABLE outbox_receipt DISABLE ROW LEVEL SECURITY", "outbox_receipt: row security is not forced"),
        ("DROP POLICY of_its_municipality ON chukan_replica", "chukan_replica: its policies are none, and not of_its_municipality alone"),
        ("CREATE POLICY all_of_it ON vault_payload USING (true)", "vault_payload: its policies are all_of_it, of_its_municipality, and not of_its_municipality alone"),
        ("DROP POLICY delete_only_where ON chukan_inquiry", "chukan_inquiry: its restrictions are none, and not those that its model says"),
        ("CREATE TABLE stray (id int)", "stray: carries no municipality_code, and its rows cannot be told apart"),
    ],
)  # fmt: skip
def test_綻びは見つかる(committed_db, statement, finding):
    """A verifier that finds nothing proves nothing."""
    with spoilt(committed_db, statement) as found:
        assert finding in found


def test_行の見える綻びは試して見つかる(committed_db):
    with spoilt(
        committed_db,
        "ALTER TABLE city_office DISABLE ROW LEVEL SECURITY",
        "INSERT INTO city_office (municipality_code, code, name, counter_name, postal_code, address, \"order\", valid_from)"
        " VALUES ('011002', 'a', 'b', '', '', '', 0, '2026-04-01')",
    ) as found:  # fmt: skip
        assert "city_office: rows are seen by a connection that works for no municipality" in found


def test_利用の控えも団体ごとに分かれる(filled):
    """django_session has no code of its own: it got one that fills itself."""
    with as_web(filled.name, CITY) as web, web.transaction(force_rollback=True):
        web.execute(f"INSERT INTO {SESSIONS} (session_key, session_data, expire_date) VALUES ('k', 'd', now())")
        assert codes_seen(web, SESSIONS) == [CITY, CITY]
