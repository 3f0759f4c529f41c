"""操作履歴の最初の表 — trail (partitioned, by SQL), leaves and seals. 標準10.2, F-1-14."""

import django.contrib.postgres.fields
from django.db import migrations, models

from daicho.audit.migrations import _partitioned as partitioned


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.RunSQL(
            [partitioned.TABLE, partitioned.TRIGGER, partitioned.FUNCTION],
            partitioned.DROP,
            state_operations=[
                migrations.CreateModel(
                    name="AuditEntry",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("municipality_code", models.CharField(max_length=6, verbose_name="全国地方公共団体コード")),
                        ("at", models.DateTimeField(verbose_name="日時")),
                        ("system", models.CharField(max_length=20, verbose_name="システム")),
                        ("account_id", models.BigIntegerField(null=True, verbose_name="職員アカウント")),
                        ("login", models.TextField(verbose_name="操作者ID")),
                        ("actor_name", models.TextField(verbose_name="操作者氏名")),
                        ("unit_code", models.TextField(verbose_name="所属コード")),
                        ("unit_name", models.TextField(verbose_name="所属")),
                        ("office_code", models.TextField(verbose_name="処理・交付場所")),
                        ("terminal", models.TextField(verbose_name="端末名")),
                        ("visit_no", models.TextField(verbose_name="受付番号")),
                        ("action", models.TextField(verbose_name="機能名")),
                        ("purpose", models.TextField(verbose_name="目的")),
                        ("outcome", models.CharField(max_length=7, verbose_name="結果")),
                        ("screen", models.TextField(verbose_name="画面名・処理名")),
                        ("request_id", models.TextField(verbose_name="要求ID")),
                        ("subjects", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None, verbose_name="対象者")),
                        ("subject_count", models.IntegerField(verbose_name="対象者数")),
                        ("shows_numbers", models.BooleanField(verbose_name="個人番号へのアクセス")),
                        ("digests", models.JSONField(verbose_name="版の要約値")),
                        ("detail", models.JSONField(verbose_name="詳細")),
                    ],
                    options={
                        "verbose_name": "操作履歴",
                        "db_table": "audit_entry",
                    },
                ),
            ],
        ),
        migrations.CreateModel(
            name="AuditLeaf",
            fields=[
                ("municipality_code", models.CharField(max_length=6, verbose_name="全国地方公共団体コード")),
                ("entry_id", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="履歴ID")),
                ("seal_no", models.BigIntegerField(verbose_name="封印番号")),
                ("position", models.IntegerField(verbose_name="順番")),
                ("salt", models.BinaryField(verbose_name="塩")),
                ("digest", models.BinaryField(verbose_name="要約値")),
            ],
            options={
                "verbose_name": "葉",
                "db_table": "audit_leaf",
                "constraints": [models.UniqueConstraint(fields=("municipality_code", "seal_no", "position"), name="audit_leaf_place")],
            },
        ),
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6, verbose_name="全国地方公共団体コード")),
                ("no", models.BigIntegerField(verbose_name="封印番号")),
                ("made_at", models.DateTimeField(verbose_name="封印日時")),
                ("layout", models.SmallIntegerField(verbose_name="様式")),
                ("cluster", models.TextField(verbose_name="データベースの識別")),
                (
                    "sealed_below",
                    models.TextField(help_text="xid8 as text: every row written in a transaction below it is sealed", verbose_name="封印済みの境"),
                ),
                ("entries", models.IntegerField(verbose_name="件数")),
                ("first_entry", models.BigIntegerField(verbose_name="最小の履歴ID")),
                ("last_entry", models.BigIntegerField(verbose_name="最大の履歴ID")),
                ("root", models.BinaryField(verbose_name="要約値の根")),
                ("previous", models.BinaryField(verbose_name="前の封印")),
                ("digest", models.BinaryField(verbose_name="封印値")),
            ],
            options={
                "verbose_name": "封印",
                "db_table": "audit_seal",
                "constraints": [
                    models.UniqueConstraint(fields=("municipality_code", "no"), name="audit_seal_no"),
                    models.CheckConstraint(condition=models.Q(("municipality_code__regex", "^[0-9]{6}$")), name="audit_seal_municipality"),
                    models.CheckConstraint(condition=models.Q(("entries__gte", 1), ("no__gte", 1)), name="audit_seal_counts"),
                ],
            },
        ),
    ]
