"""書込み — instances of one model into the database in one statement. The rows travel as one JSON text, which PostgreSQL spreads over the columns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import lru_cache
from typing import Any  # values of a column are of many types
from uuid import UUID

from django.db import connection
from django.db.models import AutoField, Field, Model
from psycopg.pq import PipelineStatus

_DRAW = """
    SELECT array(SELECT nextval(pg_get_serial_sequence(w.name, w.key)) FROM generate_series(1, w.count))
      FROM unnest(%s::text[], %s::text[], %s::int[]) WITH ORDINALITY AS w (name, key, count, place) ORDER BY w.place
"""


@contextmanager
def together() -> Iterator[None]:
    """Statements inside go to the database without waiting for one another's answers; what is fetched waits for all before it.

    Errors come at the next fetch or at the end of the outermost block. Inside the caller's transaction. COPY cannot run inside.
    """
    if are_together():
        yield
        return
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


def are_together() -> bool:
    """Whether a block of `together` is open."""
    return connection.connection is not None and connection.connection.info.pipeline_status != PipelineStatus.OFF


def draw_ids(counts: Mapping[type[Model], int]) -> dict[type[Model], Iterator[int]]:
    """So many new ids of each model, for rows that name one another before they are written. One statement. What is not used leaves a hole."""
    with connection.cursor() as cursor:
        cursor.execute(_DRAW, [[model._meta.db_table for model in counts], [_key(model) for model in counts], list(counts.values())])
        return {model: iter(ids) for model, (ids,) in zip(counts, cursor.fetchall(), strict=True)}


def insert(instances: Sequence[Model]) -> None:
    """Insert them, in their order. Those without an id get the one that the database gives. One statement, none for none. IntegrityError."""
    if not instances:
        return
    has_ids = instances[0].pk is not None
    statement, fields = _inserting(type(instances[0]), has_ids)
    rows = json.dumps([_filled(instance, fields) for instance in instances], ensure_ascii=False)
    with connection.cursor() as cursor:
        cursor.execute(statement, [rows])
        if not has_ids:
            for instance, (key,) in zip(instances, cursor.fetchall(), strict=True):
                instance.pk = key
    for instance in instances:
        instance._state.adding, instance._state.db = False, connection.alias


def as_text(lines: Sequence[Mapping[str, object]]) -> str:
    """Rows told by column, in values that JSON has, as `insert_text` takes them. What is NULL need not be told."""
    return json.dumps(lines, ensure_ascii=False)


def insert_text(model: type[Model], text: str, *, replacing: bool = False) -> None:
    """Insert the rows of a text, of which each table takes the columns that it has. `replacing`: a row with the same key is written over.

    One statement, whose own text never changes. IntegrityError.
    """
    with connection.cursor() as cursor:
        cursor.execute(_inserting_text(model, replacing), [text])


def update(instance: Model, *names: str) -> None:
    """Write these fields of an instance that is in the database. One statement."""
    statement, fields = _updating(type(instance), names)
    row = json.dumps(_filled(instance, fields), ensure_ascii=False)
    with connection.cursor() as cursor:
        cursor.execute(statement, [row, instance.pk])


@lru_cache(maxsize=256)
def _inserting(model: type[Model], with_ids: bool) -> tuple[str, tuple[Field[Any, Any], ...]]:
    """The statement, and the fields it fills: all but those that the database fills itself."""
    fields = tuple(f for f in model._meta.concrete_fields if not f.has_db_default() and (with_ids or not isinstance(f, AutoField)))
    back = "" if with_ids else f' RETURNING "{_key(model)}"'
    return _insert(model, [field.column for field in fields]) + back, fields


@lru_cache(maxsize=256)
def _inserting_text(model: type[Model], replacing: bool) -> str:
    key, columns = _key(model), [field.column for field in model._meta.concrete_fields if not isinstance(field, AutoField) and not field.has_db_default()]
    over = ", ".join(f'"{column}" = EXCLUDED."{column}"' for column in columns if column != key)
    return _insert(model, columns) + (f' ON CONFLICT ("{key}") DO UPDATE SET {over}' if replacing else "")


def _insert(model: type[Model], columns: Sequence[str]) -> str:
    names, table = ", ".join(f'"{column}"' for column in columns), model._meta.db_table
    return f"INSERT INTO {table} ({names}) SELECT {names} FROM jsonb_populate_recordset(NULL::{table}, %s::jsonb)"


@lru_cache(maxsize=256)
def _updating(model: type[Model], names: tuple[str, ...]) -> tuple[str, tuple[Field[Any, Any], ...]]:
    fields = tuple(model._meta.get_field(name) for name in names)
    columns, table = ", ".join(f'"{field.column}"' for field in fields), model._meta.db_table
    row = f"SELECT {columns} FROM jsonb_populate_record(NULL::{table}, %s::jsonb)"
    return f'UPDATE {table} SET ({columns}) = ({row}) WHERE "{_key(model)}" = %s', fields


def _key(model: type[Model]) -> str:
    return str(model._meta.pk.column)


def _filled(instance: Model, fields: Iterable[Field[Any, Any]]) -> dict[str, Any]:
    """The values of these fields by column as JSON has them, those that are not NULL."""
    return {field.column: _json(field, value) for field in fields if (value := getattr(instance, field.attname)) is not None}


def _json(field: Field[Any, Any], value: object) -> Any:
    if isinstance(value, str | int | float | dict | list):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, bytes):
        return f"\\x{value.hex()}"
    return field.get_prep_value(value)  # a type of ours
