"""表の取決め — no key into another room, grants on every table, the municipality on what a city fills. 設計1章・2章・4章."""

import io
import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from daicho.site import grants

OURS = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("daicho.")]


def label(model):
    return model._meta.label


@pytest.mark.parametrize("model", OURS, ids=label)
def test_他の部屋への外部キーがない(model):
    """A room may point at itself; shared rooms too only at themselves."""
    foreign = [
        field.name
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model._meta.app_label != model._meta.app_label
    ]
    assert foreign == []


def test_どの表にも画面側の権限が書いてある():
    assert grants.declared().problems == ()


def belongs_to_a_row(model) -> bool:
    """Whether a mandatory key leads to a row of the same room, which carries the code itself."""
    return any(field.is_relation and field.concrete and not field.null for field in model._meta.get_fields())


@pytest.mark.parametrize("model", [model for model in OURS if not belongs_to_a_row(model)], ids=label)
def test_市が満たす表には団体コードがある(model):
    """設計2章: every table that a city fills carries the municipality code, in its UNIQUE keys."""
    names = {field.name for field in model._meta.get_fields()}
    assert "municipality_code" in names
    for constraint in model._meta.total_unique_constraints:
        assert "municipality_code" in constraint.fields, constraint.name


@pytest.mark.django_db
def test_移行が表の定義に追いついている():
    said = io.StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=said, stderr=said)
    assert "No changes" in said.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("model", OURS, ids=label)
def test_画面側は許された操作しかできない(model):
    """F-1-14: INSERT-only is kept by the database. A statement that touches no row asks for the privilege all the same."""
    table, column = model._meta.db_table, model._meta.pk.column
    statements = {
        "SELECT": f'SELECT 1 FROM "{table}" WHERE false',
        "UPDATE": f'UPDATE "{table}" SET "{column}" = "{column}" WHERE false',
        "DELETE": f'DELETE FROM "{table}" WHERE false',
        "TRUNCATE": f'TRUNCATE "{table}"',
    }
    allowed = set(re.split(r"\s*,\s*", model.web_grants)) & set(statements)
    if "SELECT" not in allowed:
        allowed -= {"UPDATE", "DELETE"}  # naming a column reads it
    assert {privilege for privilege, statement in statements.items() if may(statement)} == allowed


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["CREATE TABLE mine (id int)", "CREATE SCHEMA mine", "CREATE TEMPORARY TABLE mine (id int)", "CREATE ROLE mine"])
def test_画面側は何も作れない(statement):
    assert not may(statement)


def may(statement: str) -> bool:
    """Whether the web role may do it; tried, and rolled back."""
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT tried")
        try:
            cursor.execute(statement)
        except Exception as error:
            if getattr(error.__cause__, "sqlstate", None) != "42501":  # insufficient_privilege
                raise
            return False
        finally:
            cursor.execute("ROLLBACK TO SAVEPOINT tried")
    return True
