"""行ごとの区分 — many municipalities in one database: of every table a role sees the rows of the municipality it works for. 番号法第19条第8号; F-1-60.

A system whose settings name `ROWS_BY_MUNICIPALITY` (the table of who works for whom) has this on every table of its database,
shared rooms' too. What holds is PostgreSQL's row-level security, FORCED, so that it binds the owner as well:

- a row is there for a role that is admitted to the row's municipality, in a connection that says it works for it (`daicho.municipality`,
  given with each connection by the settings). Without the setting, and with that of a municipality the role is not admitted to,
  every table is empty. `daicho migrate` admits the two roles of its installation, each municipality's own;
- a row may be written only with that code, and may point only at rows that the writer can see: the database itself would follow a
  foreign key into another's rows, because its own checks are not bound by row security.

`daicho migrate` applies it after the grants, `daicho roles verify` reads it back from the catalogue and tries it.
"""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import ForeignKey, Model
from psycopg import sql

from daicho.site.config import Database
from daicho.site.reach import Finding, open_as

SETTING = "daicho.municipality"
POLICY = "of_its_municipality"
CODE = "municipality_code"
# A table of Django's own without a code: it gets one that fills itself. Whose migration it is tells nothing of anybody.
SESSIONS, WITHOUT = "django_session", frozenset({"django_migrations"})

_TABLES = """
    SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity,
           EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'municipality_code' AND NOT a.attisdropped),
           array(SELECT p.polname::text FROM pg_policy p WHERE p.polrelid = c.oid AND p.polpermissive ORDER BY 1),
           array(SELECT p.polname::text FROM pg_policy p WHERE p.polrelid = c.oid AND NOT p.polpermissive ORDER BY 1)
      FROM pg_class c WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace ORDER BY 1
"""


def apply() -> None:
    """As the owner, in the migration's transaction: put every table under its policy, and admit both roles to their municipality."""
    if settings.ROWS_BY_MUNICIPALITY is None:
        return
    admissions = _admissions()
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {SESSIONS} ADD COLUMN IF NOT EXISTS {CODE} varchar(6) NOT NULL DEFAULT current_setting('{SETTING}')")
        for model in _models():
            _put_under(cursor, model._meta.db_table, _condition(admissions), _pointing(model), _restrictions(model))
        _put_under(cursor, SESSIONS, _condition(admissions), [], {})
        _put_under(cursor, admissions, "role = current_user", [], {})
        cursor.execute(f"DROP POLICY IF EXISTS admitting ON {admissions}")
        cursor.execute(
            sql.SQL(f"CREATE POLICY admitting ON {admissions} FOR INSERT TO {{}} WITH CHECK (true)").format(sql.Identifier(settings.DAICHO.database.owner))
        )
        database = settings.DAICHO.database
        for role in (database.web, database.owner):
            cursor.execute(f"INSERT INTO {admissions} ({CODE}, role) VALUES (%s, %s) ON CONFLICT DO NOTHING", [settings.INSTALLATION.municipality_code, role])


def _admissions() -> str:
    return str(apps.get_model(settings.ROWS_BY_MUNICIPALITY)._meta.db_table)


def _models() -> list[type[Model]]:
    """Every model that carries the code, but for the table of admissions itself."""
    mine = [model for model in apps.get_models(include_auto_created=True) if any(field.name == CODE for field in model._meta.concrete_fields)]
    return [model for model in mine if model._meta.db_table != _admissions()]


def _condition(admissions: str) -> str:
    """Asked once for each statement, not for each row: it depends on none."""
    return f"{CODE} = (SELECT s.{CODE} FROM {admissions} s WHERE s.role = current_user AND s.{CODE} = current_setting('{SETTING}', true))"


def _pointing(model: type[Model]) -> list[str]:
    """For each foreign key: there is no other row, or one that the writer can see."""
    found = []
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey):
            to, column = field.related_model._meta, f"{model._meta.db_table}.{field.column}"
            found.append(f"({column} IS NULL OR EXISTS (SELECT 1 FROM {to.db_table} r WHERE r.{to.pk.column} = {column}))")
    return found


def _restrictions(model: type[Model]) -> dict[str, str]:
    """What a table allows of a privilege that its `web_grants` give: privilege → condition on the row, e.g. DELETE of what is past its keeping."""
    return dict(getattr(model, "web_only_where", {}))


def _restriction(privilege: str) -> str:
    return f"{privilege.lower()}_only_where"


def _put_under(cursor, table: str, mine: str, pointing: list[str], restrictions: dict[str, str]) -> None:  # type: ignore[no-untyped-def]  # Django's wrapper
    cursor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    cursor.execute(f"DROP POLICY IF EXISTS {POLICY} ON {table}")
    cursor.execute(f"CREATE POLICY {POLICY} ON {table} USING ({mine}) WITH CHECK ({' AND '.join([mine, *pointing])})")
    for privilege, condition in restrictions.items():
        name = _restriction(privilege)
        cursor.execute(f"DROP POLICY IF EXISTS {name} ON {table}")
        cursor.execute(f"CREATE POLICY {name} ON {table} AS RESTRICTIVE FOR {privilege} USING ({condition})")


def environment() -> dict[str, str]:
    """What PostgreSQL's own programs are told by environment, so that they work for this municipality (backup, restore)."""
    return {} if settings.ROWS_BY_MUNICIPALITY is None else {"PGOPTIONS": f"-c {SETTING}={settings.INSTALLATION.municipality_code}"}


def dump_words() -> tuple[str, ...]:
    """pg_dump reads under the policies, where there are any: a municipality's backup is of its own rows."""
    return () if settings.ROWS_BY_MUNICIPALITY is None else ("--enable-row-security",)


def also_served() -> list[str]:
    """The other municipalities whose rows lie in this database, as far as the owner was ever admitted to them. As the owner."""
    if settings.ROWS_BY_MUNICIPALITY is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {CODE} FROM {_admissions()} WHERE {CODE} <> %s ORDER BY 1", [settings.INSTALLATION.municipality_code])
        return [code for (code,) in cursor.fetchall()]


def verify(database: Database) -> list[Finding]:
    """What is wrong with it, as the catalogue has it and as the web role finds it; nothing for a system of one municipality."""
    if settings.ROWS_BY_MUNICIPALITY is None:
        return []
    with open_as(database, database.web, database.web_password) as web:
        tables = web.execute(_TABLES).fetchall()
        return [*_of_catalogue(database, tables), *_as_nobody(web, database, [table for table, *_ in tables if table not in WITHOUT])]


def _of_catalogue(database: Database, tables: list[tuple[str, bool, bool, list[str], list[str]]]) -> Iterator[Finding]:
    admissions = _admissions()
    wanted = {model._meta.db_table: sorted(map(_restriction, _restrictions(model))) for model in _models()}
    for table, forced, coded, policies, restricting in tables:
        if table in WITHOUT:
            continue
        if not coded:
            yield Finding(database.web, f"{table}: carries no {CODE}, and its rows cannot be told apart")
        if not forced:
            yield Finding(database.owner, f"{table}: row security is not forced")
        if set(policies) - ({"admitting"} if table == admissions else set()) != {POLICY}:
            yield Finding(database.web, f"{table}: its policies are {', '.join(policies) or 'none'}, and not {POLICY} alone")
        if restricting != wanted.get(table, []):
            yield Finding(database.web, f"{table}: its restrictions are {', '.join(restricting) or 'none'}, and not those that its model says")


def _as_nobody(web: psycopg.Connection, database: Database, tables: list[str]) -> Iterator[Finding]:
    """A connection that does not say for whom it works sees no row; but which municipalities its own role is admitted to is no secret."""
    for table in tables:
        if table == _admissions() or not _may_read(web, table):
            continue
        seen = web.execute(sql.SQL("SELECT EXISTS (SELECT 1 FROM {})").format(sql.Identifier(table))).fetchone()
        if seen is None or seen[0]:
            yield Finding(database.web, f"{table}: rows are seen by a connection that works for no municipality")


def _may_read(web: psycopg.Connection, table: str) -> bool:
    row = web.execute("SELECT has_table_privilege(%s, 'SELECT')", [table]).fetchone()
    return bool(row and row[0])
