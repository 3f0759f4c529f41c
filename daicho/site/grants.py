"""表ごとの権限 — what the web role may do with each table: exactly what the model says, and nothing with any other. F-1-14.

A model says it in `web_grants`, e.g. "SELECT, INSERT" for a table that only grows. INSERT-only is thus kept by the
database, not by our good intentions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db import connection
from psycopg import sql

CHECK_ENTRY = "check_entry(text, text)"
PRIVILEGES = ("SELECT", "INSERT", "UPDATE", "DELETE")

# Tables of Django's own, which carry no `web_grants`.
DJANGO_TABLES: Mapping[str, str] = {
    "django_migrations": "SELECT",
    "django_session": "SELECT, INSERT, UPDATE, DELETE",
}


@dataclass(frozen=True)
class Declared:
    """What the models ask for: privileges by table, and what is wrong with the asking."""

    tables: Mapping[str, frozenset[str]]
    problems: tuple[str, ...]


def declared() -> Declared:
    """Read `web_grants` of every concrete model installed. Asks no database."""
    tables = {table: _parse(text) for table, text in DJANGO_TABLES.items()}
    problems = []
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if table in DJANGO_TABLES or model._meta.proxy:
            continue
        text = getattr(model, "web_grants", None)
        if not isinstance(text, str):
            problems.append(f"{model._meta.label} says no web_grants")
            continue
        tables[table] = _parse(text)
        if strange := tables[table] - set(PRIVILEGES):
            problems.append(f"{model._meta.label}: web_grants knows no {', '.join(sorted(strange))}")
    return Declared(tables, tuple(problems))


def apply() -> tuple[str, ...]:
    """As the owner: take every privilege of the web role away and give exactly the declared ones. Returns what is wrong."""
    said = declared()
    web = sql.Identifier(settings.DAICHO.database.web)
    problems = list(said.problems)
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        run = cursor.execute
        for kind in ("TABLES", "SEQUENCES"):
            run(sql.SQL(f"REVOKE ALL ON ALL {kind} IN SCHEMA public FROM PUBLIC, {{}}").format(web))
        for table, privileges in said.tables.items():
            if table not in present:
                if table not in DJANGO_TABLES:
                    problems.append(f"{table}: no such table; is its migration written?")
                continue
            allowed = [privilege for privilege in PRIVILEGES if privilege in privileges]
            if allowed:
                run(sql.SQL("GRANT " + ", ".join(allowed) + " ON {} TO {}").format(sql.Identifier(table), web))
        for table, sequence in sequences():
            if "INSERT" in said.tables.get(table, ()):
                run(sql.SQL("GRANT USAGE ON SEQUENCE {} TO {}").format(sql.Identifier(sequence), web))
        for function in _open_functions():  # a new function is everybody's: it becomes the web role's alone
            run(sql.SQL(f"GRANT EXECUTE ON FUNCTION {function} TO {{}}").format(web))
            run(sql.SQL(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC"))
        if settings.DAICHO.database.check is not None:
            _check_page(run, sql.Identifier(settings.DAICHO.database.check))
    return tuple(problems)


def _open_functions() -> list[str]:
    """Our functions that anybody may call, as PostgreSQL writes them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.oid::regprocedure::text FROM pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a"
            " WHERE p.pronamespace = 'public'::regnamespace AND a.grantee = 0 AND p.proname <> 'check_entry' ORDER BY 1"
        )
        return [name for (name,) in cursor.fetchall()]


def _check_page(run: Callable[[sql.Composable], object], role: sql.Identifier) -> None:
    """The public's page may call one function, which answers for one code, and read no table (decision 0046)."""
    run(sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}").format(role))
    run(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(role))
    run(sql.SQL(f"REVOKE ALL ON FUNCTION {CHECK_ENTRY} FROM PUBLIC"))
    run(sql.SQL(f"GRANT EXECUTE ON FUNCTION {CHECK_ENTRY} TO {{}}").format(role))


def sequences() -> list[tuple[str, str]]:
    """(table, sequence) of every serial or identity column in this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.relname, s.relname FROM pg_class s JOIN pg_depend d ON d.objid = s.oid AND d.classid = 'pg_class'::regclass"
            " AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i') JOIN pg_class t ON t.oid = d.refobjid"
            " WHERE s.relkind = 'S' AND s.relnamespace = 'public'::regnamespace ORDER BY 1, 2"
        )
        return list(cursor.fetchall())


def _parse(text: str) -> frozenset[str]:
    return frozenset(word.strip().upper() for word in text.split(",") if word.strip())
