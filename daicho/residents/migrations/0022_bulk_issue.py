"""まとめて交付の申請・名簿・ファイル. F-2-17; decision 0052."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("residents", "0021_credential"),
    ]

    operations = [
        migrations.CreateModel(
            name="BulkIssue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6)),
                ("public_id", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("kind", models.CharField(max_length=40, verbose_name="証明書")),
                ("by_household", models.BooleanField(verbose_name="世帯ごとに1通")),
                ("request", models.JSONField(verbose_name="記載する事項など")),
                ("purpose", models.TextField(verbose_name="使用目的")),
                ("source", models.CharField(choices=[("list", "宛名番号の一覧"), ("search", "検索結果")], max_length=6, verbose_name="名簿")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "承認待ち"),
                            ("ready", "作成待ち・作成中"),
                            ("done", "作成済み"),
                            ("declined", "却下"),
                            ("withdrawn", "取下げ"),
                            ("erased", "消去済み"),
                        ],
                        max_length=10,
                    ),
                ),
                ("people", models.IntegerField(verbose_name="人数")),
                ("counted_officer", models.IntegerField(verbose_name="期間内の人数（この職員）")),
                ("counted_city", models.IntegerField(verbose_name="期間内の人数（市全体）")),
                ("why_approval", models.JSONField(default=list, verbose_name="承認を要する理由")),
                ("entered_by", models.CharField(max_length=80, verbose_name="申請した職員")),
                ("entered_login", models.CharField(max_length=80)),
                ("entered_by_id_no", models.BigIntegerField()),
                ("office_code", models.CharField(max_length=20)),
                ("terminal", models.CharField(max_length=40)),
                ("entered_at", models.DateTimeField(verbose_name="申請日時")),
                ("decided_by", models.CharField(default="", max_length=80, verbose_name="承認・却下した職員")),
                ("decided_by_id_no", models.BigIntegerField(null=True)),
                ("decided_at", models.DateTimeField(null=True, verbose_name="承認・却下の日時")),
                ("approved_until", models.DateTimeField(null=True, verbose_name="承認の期限")),
                ("ended_reason", models.TextField(default="", verbose_name="却下・取下げの理由")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="作成の終わった日時")),
                ("visit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="bulk_issues", to="residents.visit")),
            ],
        ),
        migrations.CreateModel(
            name="BulkFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6)),
                ("file_no", models.IntegerField(verbose_name="何番目のファイルか")),
                ("copies", models.IntegerField(verbose_name="通数")),
                ("pages", models.IntegerField(verbose_name="枚数")),
                ("payload_ref", models.BigIntegerField()),
                ("erased_at", models.DateTimeField(null=True, verbose_name="消去日時")),
                ("file", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="residents.exportedfile")),
                ("bulk", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="files", to="residents.bulkissue")),
            ],
        ),
        migrations.CreateModel(
            name="BulkLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6)),
                ("public_id", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("place", models.IntegerField(verbose_name="順")),
                ("state", models.CharField(choices=[("waiting", "未処理"), ("issued", "作成済み"), ("left", "除外")], default="waiting", max_length=8)),
                ("why", models.TextField(default="", verbose_name="除外の理由")),
                ("excess", models.JSONField(default=list, verbose_name="文字超過")),
                ("file_no", models.IntegerField(null=True, verbose_name="何番目のファイルか")),
                ("first_page", models.IntegerField(null=True, verbose_name="ファイルの中の最初の頁")),
                ("bulk", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="residents.bulkissue")),
                (
                    "certificate",
                    models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="bulk_line", to="residents.certificateissue"),
                ),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="bulk_lines", to="residents.person")),
            ],
        ),
        migrations.AddIndex(
            model_name="bulkissue",
            index=models.Index(fields=["municipality_code", "entered_at"], name="bulk_issue_window"),
        ),
        migrations.AddIndex(
            model_name="bulkissue",
            index=models.Index(condition=models.Q(("state", "ready")), fields=["municipality_code"], name="bulk_issue_ready"),
        ),
        migrations.AddConstraint(
            model_name="bulkissue",
            constraint=models.CheckConstraint(condition=models.Q(("municipality_code__regex", "^[0-9]{6}$")), name="bulk_issue_municipality"),
        ),
        migrations.AddConstraint(
            model_name="bulkissue",
            constraint=models.CheckConstraint(condition=models.Q(("decided_by_id_no", models.F("entered_by_id_no")), _negated=True), name="bulk_issue_two"),
        ),
        migrations.AddConstraint(
            model_name="bulkfile",
            constraint=models.CheckConstraint(condition=models.Q(("municipality_code__regex", "^[0-9]{6}$")), name="bulk_file_municipality"),
        ),
        migrations.AddConstraint(
            model_name="bulkfile",
            constraint=models.UniqueConstraint(fields=("bulk", "file_no"), name="bulk_file_once"),
        ),
        migrations.AddIndex(
            model_name="bulkline",
            index=models.Index(fields=["bulk", "state", "place"], name="bulk_line_work"),
        ),
        migrations.AddConstraint(
            model_name="bulkline",
            constraint=models.CheckConstraint(condition=models.Q(("municipality_code__regex", "^[0-9]{6}$")), name="bulk_line_municipality"),
        ),
        migrations.AddConstraint(
            model_name="bulkline",
            constraint=models.UniqueConstraint(fields=("bulk", "place"), name="bulk_line_place"),
        ),
        migrations.AddConstraint(
            model_name="bulkline",
            constraint=models.UniqueConstraint(fields=("bulk", "person"), name="bulk_line_once"),
        ),
        migrations.AddConstraint(
            model_name="bulkline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("certificate__isnull", False), ("state", "issued")),
                    models.Q(models.Q(("state", "issued"), _negated=True), ("certificate", None)),
                    _connector="OR",
                ),
                name="bulk_line_issued",
            ),
        ),
    ]
