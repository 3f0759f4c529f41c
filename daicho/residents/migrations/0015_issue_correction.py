"""交付履歴の訂正 — who asked, by what right, for what, put right by a further row. std 8.1.1 (N-8.1.1-05)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("residents", "0014_one_door"),
    ]

    operations = [
        migrations.CreateModel(
            name="IssueCorrection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6)),
                (
                    "item",
                    models.CharField(
                        choices=[("requester", "請求者の氏名・名称"), ("standing", "請求者の資格"), ("purpose", "使用目的")],
                        max_length=16,
                        verbose_name="訂正した項目",
                    ),
                ),
                ("was", models.TextField(verbose_name="訂正前")),
                ("becomes", models.TextField(verbose_name="訂正後")),
                ("reason", models.TextField(verbose_name="訂正の理由")),
                ("recorded_by", models.CharField(max_length=80, verbose_name="記録した職員")),
                ("recorded_at", models.DateTimeField(verbose_name="記録日時")),
                ("office_code", models.CharField(max_length=20)),
                ("terminal", models.CharField(max_length=40)),
                ("certificate", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="residents.certificateissue")),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("municipality_code__regex", "^[0-9]{6}$")), name="issue_correction_municipality")],
            },
        ),
    ]
