"""一つの出口 — every paper about a person in one register, bound to its request; the stop of all issuing. A-05, S1-05; decision 0045."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("residents", "0013_officer_notes_and_archive"),
    ]

    operations = [
        migrations.CreateModel(
            name="IssueStop",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6)),
                ("copy", models.UUIDField(verbose_name="停止の元となった文書")),
                ("found", models.JSONField(verbose_name="合わなかったもの")),
                ("stopped_at", models.DateTimeField(verbose_name="停止日時")),
                ("stopped_by", models.CharField(max_length=80, verbose_name="交付していた職員")),
                ("terminal", models.CharField(max_length=40)),
                ("lifted_at", models.DateTimeField(null=True, verbose_name="再開日時")),
                ("lifted_by", models.CharField(max_length=80, null=True, verbose_name="再開した者")),
                ("reason", models.TextField(null=True, verbose_name="再開の理由")),
            ],
        ),
        migrations.AddField(
            model_name="certificateissue",
            name="binding",
            field=models.TextField(default="", verbose_name="結び付け"),
        ),
        migrations.AddField(
            model_name="certificateissue",
            name="case",
            field=models.CharField(default="", max_length=80, verbose_name="事案"),
        ),
        migrations.AddField(
            model_name="certificateissue",
            name="check_code",
            field=models.CharField(max_length=16, null=True, verbose_name="確認番号"),
        ),
        migrations.AddField(
            model_name="certificateissue",
            name="delivered_digest",
            field=models.TextField(default="", verbose_name="渡した文書の要約値"),
        ),
        migrations.AddField(
            model_name="certificateissue",
            name="exemption",
            field=models.CharField(default="", max_length=40, verbose_name="手数料の免除"),
        ),
        migrations.AddField(
            model_name="certificateissue",
            name="output",
            field=models.CharField(choices=[("paper", "紙"), ("electronic", "電子")], default="paper", max_length=10, verbose_name="交付の形"),
        ),
        migrations.AddField(
            model_name="certificateissue",
            name="replaces",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="replaced_by", to="residents.certificateissue", verbose_name="再交付の元"
            ),
        ),
        migrations.AddField(
            model_name="certificateissue",
            name="request_digest",
            field=models.TextField(default="", verbose_name="請求の要約値"),
        ),
        migrations.AddField(
            model_name="certificateissue",
            name="stamp",
            field=models.TextField(default="", verbose_name="刻印"),
        ),
        migrations.AlterField(
            model_name="certificateissue",
            name="visit",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="certificates", to="residents.visit"),
        ),
        migrations.AddConstraint(
            model_name="certificateissue",
            constraint=models.UniqueConstraint(fields=("municipality_code", "check_code"), name="certificate_check_code"),
        ),
        migrations.AddIndex(
            model_name="issuestop",
            index=models.Index(condition=models.Q(("lifted_at__isnull", True)), fields=["municipality_code"], name="issue_stop_open"),
        ),
        migrations.AddConstraint(
            model_name="issuestop",
            constraint=models.CheckConstraint(condition=models.Q(("municipality_code__regex", "^[0-9]{6}$")), name="issue_stop_municipality"),
        ),
    ]
