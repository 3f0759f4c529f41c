"""データベースの役割 — each system's database with its two roles: the owner migrates, the web role works and owns nothing. 設計2章."""

from __future__ import annotations

from collections.abc import Sequence

import psycopg
from psycopg import sql

from daicho.site.config import Database, Installation

NO_POWER = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"


def close_to_public(superuser: psycopg.Connection) -> None:
    """PUBLIC may connect nowhere: PostgreSQL grants CONNECT and TEMPORARY on every new database, so take them back."""
    for (name,) in superuser.execute("SELECT datname FROM pg_database WHERE datallowconn").fetchall():
        superuser.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))


def ensure_roles(superuser: psycopg.Connection, database: Database) -> None:
    """The roles with the passwords of the configuration (scram)."""
    if database.owner_password is None:
        raise ValueError(f"the configuration holds no password for {database.owner}")
    known = [(database.owner, database.owner_password), (database.web, database.web_password)]
    if database.check is not None and database.check_password is not None:
        known.append((database.check, database.check_password))
    for role, password in known:
        verb = "ALTER" if superuser.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone() else "CREATE"
        superuser.execute(sql.SQL(verb + " ROLE {} WITH " + NO_POWER + " PASSWORD {}").format(sql.Identifier(role), sql.Literal(password)))


def ensure_database(superuser: psycopg.Connection, database: Database) -> bool:
    """The database, empty and closed to all but its two roles. True when it was made now."""
    known = superuser.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database.name]).fetchone()
    if not known:
        create_database(superuser, database, template="template0")
    return not known


def create_database(superuser: psycopg.Connection, database: Database, template: str) -> None:
    """A database like `template`, closed to PUBLIC. Its files are copied, which is eight times faster than writing them to the log."""
    superuser.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY FILE_COPY ALLOW_CONNECTIONS false").format(
            sql.Identifier(database.name), sql.Identifier(database.owner), sql.Identifier(template)
        )
    )
    # The template's database privileges are not copied with it: until PUBLIC is out, nobody comes in.
    superuser.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(database.name)))
    for role in filter(None, (database.web, database.check)):
        superuser.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(database.name), sql.Identifier(role)))
    superuser.execute(sql.SQL("ALTER DATABASE {} WITH ALLOW_CONNECTIONS true").format(sql.Identifier(database.name)))


def close_schema(inside: psycopg.Connection, database: Database) -> None:
    """As superuser, inside the new database: its schema belongs to the owner, and the web role may only use it."""
    owner, web = sql.Identifier(database.owner), sql.Identifier(database.web)
    inside.execute(sql.SQL("ALTER SCHEMA public OWNER TO {}").format(owner))
    inside.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    inside.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(web))  # the check page's role gets its own by `daicho migrate`


def as_script(installation: Installation, names: Sequence[str]) -> str:
    """What a city's administrator runs on a server of its own to prepare it, with psql variables for the passwords."""
    lines = ["REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC;", ""]  # a new server lets everybody in there
    for name in names:
        database = installation.system(name).database
        lines += [
            f"CREATE ROLE {database.owner} WITH {NO_POWER} PASSWORD :'{database.owner}_password';",
            f"CREATE ROLE {database.web} WITH {NO_POWER} PASSWORD :'{database.web}_password';",
            f"CREATE DATABASE {database.name} OWNER {database.owner} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';",
            f"REVOKE ALL ON DATABASE {database.name} FROM PUBLIC;",
            f"GRANT CONNECT ON DATABASE {database.name} TO {database.web};",
            *_check_role(database),
            f"\\connect {database.name}",
            f"ALTER SCHEMA public OWNER TO {database.owner};",
            "REVOKE ALL ON SCHEMA public FROM PUBLIC;",
            f"GRANT USAGE ON SCHEMA public TO {database.web};",
            "",
        ]
    return "\n".join(lines)


def _check_role(database: Database) -> list[str]:
    if database.check is None:
        return []
    return [
        f"CREATE ROLE {database.check} WITH {NO_POWER} PASSWORD :'{database.check}_password';",
        f"GRANT CONNECT ON DATABASE {database.name} TO {database.check};",
    ]
