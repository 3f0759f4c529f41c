"""職員の記載と除票用データベース — officers' notes, and the store of 除票 whose five years are over. 標準1.1.14, 1.1.15, 9.3; decisions 0032, 0033."""

import django.db.models.deletion
from django.db import migrations, models

SCHEMA = "removed_sheets"
TABLES = ("residents_sheetversion", "residents_annulment", "residents_sheetcurrent", "residents_searchterm")
_TO = {"person_id": "residents_person", "sheet_id": "residents_sheet", "spell_id": "residents_spell", "event_id": "residents_civilevent"}
REFERENCES = {
    "residents_sheetversion": _TO,
    "residents_annulment": {"version_id": f"{SCHEMA}.residents_sheetversion", "event_id": _TO["event_id"]},
    "residents_sheetcurrent": {name: _TO[name] for name in ("person_id", "sheet_id", "spell_id")},
    "residents_searchterm": {name: _TO[name] for name in ("person_id", "sheet_id")},
}


def _table(name: str) -> str:
    """A table of the store: as the living one, with indexes of its own, and read with it."""
    keys = "".join(
        f"ALTER TABLE {SCHEMA}.{name} ADD FOREIGN KEY ({column}) REFERENCES {to} DEFERRABLE INITIALLY DEFERRED;" for column, to in REFERENCES[name].items()
    )
    return f"""
        CREATE TABLE {SCHEMA}.{name} (LIKE public.{name} INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES INCLUDING STORAGE);
        ALTER TABLE {SCHEMA}.{name} INHERIT public.{name};
        {keys}
    """


def _move(name: str, source: str, target: str) -> str:
    """Out of one store into the other in one statement: nothing is lost, nothing lies twice."""
    of_sheets = "sheet_id = ANY(wanted)"
    if name == "residents_annulment":
        of_sheets = "version_id IN (SELECT v.id FROM public.residents_sheetversion v WHERE v.sheet_id = ANY(wanted))"
    return f"WITH moved AS (DELETE FROM ONLY {source}.{name} WHERE {of_sheets} RETURNING *) INSERT INTO {target}.{name} SELECT * FROM moved;"


def _function(name: str, source: str, target: str) -> str:
    """The one right that whoever works the database has in this: to move whole sheets. To delete a row is nobody's."""
    moves = "\n".join(_move(table, source, target) for table in TABLES)
    return f"""
        CREATE FUNCTION public.{name}(wanted bigint[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        BEGIN
            {moves}
        END $$;
    """


STORE = "".join(
    [
        f"CREATE SCHEMA {SCHEMA};",
        *(_table(name) for name in TABLES),
        _function("residents_archive_sheets", "public", SCHEMA),
        _function("residents_bring_back_sheets", SCHEMA, "public"),
    ]
)
BACK = f"DROP FUNCTION residents_archive_sheets; DROP FUNCTION residents_bring_back_sheets; DROP SCHEMA {SCHEMA} CASCADE;"


class Migration(migrations.Migration):
    dependencies = [
        ("residents", "0012_history_issues_doubles"),
    ]

    operations = [
        migrations.AddField(
            model_name="sheetversion",
            name="remark_tie",
            field=models.JSONField(null=True),
        ),
        migrations.CreateModel(
            name="OfficerNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6)),
                ("history_no", models.IntegerField(null=True, verbose_name="履歴番号")),
                (
                    "kind",
                    models.CharField(
                        choices=[("warning_info", "警告情報"), ("sticky_note", "付箋"), ("memo", "メモ"), ("remarks", "備考"), ("summary_note", "摘要")],
                        max_length=12,
                        verbose_name="種類",
                    ),
                ),
                ("note_no", models.IntegerField(verbose_name="番号")),
                ("wording_no", models.IntegerField(verbose_name="版")),
                ("before", models.TextField(verbose_name="前の内容")),
                ("text", models.TextField(verbose_name="内容")),
                ("recorded_by", models.CharField(max_length=80, verbose_name="入力者")),
                ("recorded_by_id", models.CharField(max_length=64, verbose_name="入力者のユーザID")),
                ("recorded_at", models.DateTimeField(verbose_name="入力日時")),
                ("terminal", models.CharField(max_length=40, verbose_name="入力端末")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="officer_notes", to="residents.person")),
                ("sheet", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="residents.sheet")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person", "sheet", "kind", "note_no", "wording_no"), name="officer_note_wording", nulls_distinct=False),
                    models.CheckConstraint(condition=models.Q(("municipality_code__regex", "^[0-9]{6}$")), name="officer_note_municipality"),
                ],
            },
        ),
        migrations.RunSQL(STORE, BACK),
    ]
