"""列 — a model's columns as a statement names them, and its instances from what the statement brought."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar  # values of a row are of many types

from django.db import connection
from django.db.models import Model

M = TypeVar("M", bound=Model)


class Columns(Generic[M]):
    """`sql`: all columns of the model under an alias, for a SELECT. `instance`: the row back, converted as Django would."""

    def __init__(self, model: type[M], alias: str) -> None:
        self.model = model
        fields = model._meta.concrete_fields
        self.names = [field.attname for field in fields]
        self.sql = ", ".join(f'{alias}."{field.column}"' for field in fields)
        self._converted = [(at, field) for at, field in enumerate(fields) if field.get_db_converters(connection)]

    def instance(self, row: Sequence[Any], begin: int = 0) -> M:
        """The instance whose columns begin at `begin`. More columns may follow."""
        values = list(row[begin : begin + len(self.names)])
        for at, field in self._converted:
            for convert in field.get_db_converters(connection):
                values[at] = convert(values[at], None, connection)
        made: M = self.model.from_db(connection.alias, self.names, values)
        return made
