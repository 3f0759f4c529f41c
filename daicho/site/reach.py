"""役割の実際の届く範囲 — asks the database itself what each role can do and reach. 設計1章・2章, F-1-14.

Nothing here trusts what we meant to grant: every statement is read from the catalogue, or tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import psycopg

from daicho.site.config import Database

TABLE_PRIVILEGES = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")

POWERS = "SELECT rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls FROM pg_roles WHERE rolname = %s"
MEMBERSHIPS = "SELECT g.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = %s"
DATABASES = "SELECT datname FROM pg_database WHERE datallowconn AND has_database_privilege(%s, oid, 'CONNECT')"  # by oid: one may be dropped meanwhile
PUBLIC_DATABASES = (
    "SELECT datname FROM pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a WHERE datallowconn AND a.grantee = 0"
    " AND a.privilege_type IN ('CONNECT', 'TEMPORARY')"
)
OWNED = (
    "SELECT count(*) FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid WHERE d.refclassid = 'pg_authid'::regclass AND d.deptype = 'o' AND r.rolname = %s"
)
SCHEMAS = (
    "SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%%' AND nspname <> 'information_schema'"
    " AND (has_schema_privilege(%(web)s, oid, 'CREATE') OR (nspname <> 'public' AND has_schema_privilege(%(web)s, oid, 'USAGE')))"
)
TABLES = "SELECT relname, oid FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND relnamespace = 'public'::regnamespace ORDER BY 1"
FUNCTIONS = "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND has_function_privilege(%s, oid, 'EXECUTE') ORDER BY 1"
COLUMN_GRANTS = (
    "SELECT c.relname || '.' || a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid, aclexplode(a.attacl) x"
    " WHERE c.relnamespace = 'public'::regnamespace AND a.attacl IS NOT NULL"
)


@dataclass(frozen=True)
class Finding:
    role: str
    text: str


def verify(database: Database, tables: Mapping[str, frozenset[str]], own: Callable[[str], bool] | None = None) -> list[Finding]:
    """All that is wrong with the roles of `database`; empty when nothing is.

    `tables` are the declared privileges by table; `own` tells which databases count as the system's (its one, by default).
    """
    is_own = own or (lambda name: name == database.name)
    with open_as(database, database.web, database.web_password) as web:
        findings = [
            *_powers(web, database, is_own),
            *_schema(web, database),
            *_tables(web, database, tables),
            *_check_page(web, database),
        ]
    return findings + list(_password(database))


def open_as(database: Database, role: str, password: str) -> psycopg.Connection:
    """A connection as that role, and nothing said beyond who it is."""
    return psycopg.connect(host=database.host, port=database.port, dbname=database.name, user=role, password=password, autocommit=True, connect_timeout=10)


def _powers(web: psycopg.Connection, database: Database, is_own: Callable[[str], bool]) -> Iterator[Finding]:
    for role in filter(None, (database.owner, database.web, database.check)):
        powers = web.execute(POWERS, [role]).fetchone()
        if powers is None:
            yield Finding(role, "no such role")
            continue
        if any(powers):
            yield Finding(role, "has power over the server (superuser, createdb, createrole, replication or bypassrls)")
        for (group,) in web.execute(MEMBERSHIPS, [role]):
            yield Finding(role, f"is a member of {group}")
        for (name,) in web.execute(DATABASES, [role]):
            if not is_own(name):
                yield Finding(role, f"may connect to the database {name}, which is not its own")
    for (name,) in web.execute(PUBLIC_DATABASES):
        yield Finding("PUBLIC", f"has privileges on the database {name}")
    (owned,) = web.execute(OWNED, [database.web]).fetchone() or (0,)
    if owned:
        yield Finding(database.web, f"owns {owned} objects; the web role owns nothing")


def _schema(web: psycopg.Connection, database: Database) -> Iterator[Finding]:
    for (name,) in web.execute(SCHEMAS, {"web": database.web}):
        yield Finding(database.web, f"may create or use things in the schema {name}")
    for privilege in ("CREATE", "TEMPORARY"):
        (may,) = web.execute("SELECT has_database_privilege(%s, current_database(), %s)", [database.web, privilege]).fetchone() or (True,)
        if may:
            yield Finding(database.web, f"has {privilege} on the database")


def _tables(web: psycopg.Connection, database: Database, declared: Mapping[str, frozenset[str]]) -> Iterator[Finding]:
    present = web.execute(TABLES).fetchall()
    for table, oid in present:
        held = {privilege for privilege in TABLE_PRIVILEGES if _has(web, database.web, oid, privilege)}
        wanted = declared.get(table, frozenset())
        if extra := held - wanted:
            yield Finding(database.web, f"{table}: may {', '.join(sorted(extra))}, which is not declared")
        if lacking := wanted - held:
            yield Finding(database.web, f"{table}: may not {', '.join(sorted(lacking))}, which is declared")
    for table in sorted(set(declared) - {name for name, _ in present}):
        yield Finding(database.web, f"{table}: declared, but there is no such table")
    for (column,) in web.execute(COLUMN_GRANTS):
        yield Finding(database.web, f"{column}: a privilege on a single column, which nothing declares")


def _check_page(web: psycopg.Connection, database: Database) -> Iterator[Finding]:
    """The public's page: no table at all, no function of ours but one, and nothing that it owns (decision 0046)."""
    if database.check is None:
        return
    for table, oid in web.execute(TABLES):
        if held := [privilege for privilege in TABLE_PRIVILEGES if _has(web, database.check, oid, privilege)]:
            yield Finding(database.check, f"{table}: may {', '.join(held)}; it may read no table")
    functions = [name for (name,) in web.execute(FUNCTIONS, [database.check])]
    if functions != ["check_entry"]:
        yield Finding(database.check, f"may call {', '.join(functions) or 'nothing'}, and not check_entry alone")
    (owned,) = web.execute(OWNED, [database.check]).fetchone() or (0,)
    if owned:
        yield Finding(database.check, f"owns {owned} objects")


def _has(web: psycopg.Connection, role: str, oid: int, privilege: str) -> bool:
    row = web.execute("SELECT has_table_privilege(%s, %s::oid, %s)", [role, oid, privilege]).fetchone()
    return bool(row and row[0])


def _password(database: Database) -> Iterator[Finding]:
    """Try both roles with a wrong password and with none: wherever that works, trust authentication is in use."""
    for role in filter(None, (database.owner, database.web, database.check)):
        for password in ("", "not-the-password"):
            try:
                open_as(database, role, password).close()
            except psycopg.OperationalError:
                continue
            yield Finding(role, "was let in without its password (trust authentication)")
            break
