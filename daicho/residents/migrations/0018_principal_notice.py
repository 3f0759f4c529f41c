"""本人通知の登録、事案ごとの通知書の索引. 標準8.1; decision 0050."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("residents", "0017_called_in"),
    ]

    operations = [
        migrations.CreateModel(
            name="PrincipalNoticeEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6)),
                ("public_id", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("entry_no", models.IntegerField(verbose_name="番号")),
                ("kind", models.CharField(max_length=12, verbose_name="申出")),
                ("on", models.DateField(verbose_name="申出の日")),
                ("starts_on", models.DateField(verbose_name="登録の始まり")),
                ("ends_on", models.DateField(null=True, verbose_name="登録の終わり")),
                ("filer", models.CharField(max_length=24, verbose_name="申出をした人")),
                ("filer_name", models.TextField(default="", verbose_name="代理人の氏名")),
                ("sent_to_name", models.TextField(default="", verbose_name="送付先の氏名")),
                ("sent_to_postal_code", models.CharField(default="", max_length=7, verbose_name="送付先の郵便番号")),
                ("sent_to_address", models.TextField(db_comment="empty = 住所 of the 住民票", default="", verbose_name="送付先の住所")),
                ("note", models.TextField(default="", verbose_name="備考")),
                ("recorded_by", models.CharField(max_length=80, verbose_name="記録した職員")),
                ("recorded_at", models.DateTimeField(verbose_name="記録日時")),
                ("office_code", models.CharField(max_length=20)),
                ("terminal", models.CharField(max_length=40)),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="principal_notices", to="residents.person")),
                ("visit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="principal_notices", to="residents.visit")),
            ],
            options={
                "indexes": [models.Index(fields=["municipality_code", "ends_on"], name="principal_notice_ends")],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "entry_no"), name="principal_notice_entry"),
                    models.CheckConstraint(condition=models.Q(("municipality_code__regex", "^[0-9]{6}$")), name="principal_notice_municipality"),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="certificateissue",
            index=models.Index(condition=models.Q(("case", ""), _negated=True), fields=["municipality_code", "case"], name="certificate_case"),
        ),
        migrations.AlterField(
            model_name="bundle",
            name="kind",
            field=models.CharField(
                choices=[("copies", "複数部"), ("reprint", "印刷し直し"), ("bulk", "まとめて交付"), ("letters", "通知書")],
                max_length=8,
                verbose_name="束の種類",
            ),
        ),
    ]
