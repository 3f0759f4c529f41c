"""記載事項の列 — the typed columns of a sheet, made from the one list of entries. design §4; rules/entries.py."""

from __future__ import annotations

from django.db import models

from daicho.residents.rules.entries import ENTRIES, Entry, Kind, SheetEntries
from daicho.values.dates import JapaneseDate


def of_a_city(table: str) -> models.CheckConstraint:
    """Every row carries its municipality's code, in its UNIQUE keys, under this constraint (design §2)."""
    return models.CheckConstraint(condition=models.Q(municipality_code__regex=r"^[0-9]{6}$"), name=f"{table}_municipality")


class JapaneseDateField(models.TextField):
    """A day as written, certain or not, in one text column (std 1.1.8)."""

    def from_db_value(self, value: str | None, expression: object, connection: object) -> JapaneseDate | None:
        return None if value is None else JapaneseDate.decode(value)

    def to_python(self, value: object) -> object:
        return JapaneseDate.decode(value) if isinstance(value, str) else value

    def get_prep_value(self, value: object) -> str | None:
        return value.encode() if isinstance(value, JapaneseDate) else value


_COLUMNS: dict[Kind, type[models.Field]] = {
    Kind.TEXT: models.TextField,
    Kind.KANA: models.TextField,
    Kind.CODE: models.TextField,
    Kind.DIGITS: models.TextField,
    Kind.GROUP: models.TextField,
    Kind.DATE: models.DateField,
    Kind.UNCERTAIN_DATE: JapaneseDateField,
    Kind.FLAG: models.BooleanField,
    Kind.INT: models.IntegerField,
    Kind.NUMBER: models.BigIntegerField,
}


def column(entry: Entry) -> models.Field:
    return _COLUMNS[entry.kind](entry.ja, null=True, editable=False)


class EntryColumns(models.Model):
    """Mixin: one column for each entry. NULL is 空欄; an empty text is never stored."""

    class Meta:
        abstract = True

    def to_entries(self) -> SheetEntries:
        return SheetEntries(**{name: getattr(self, name) for name in ENTRIES})


for _name, _entry in ENTRIES.items():
    EntryColumns.add_to_class(_name, column(_entry))
