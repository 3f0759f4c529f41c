"""交付請求と手数料の締め — requests for certificates with their rows, what an agent showed at the 受付, the closing of the drawer. 住民基本台帳法第12条–第12条の3."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("residents", "0019_check_entry"),
    ]

    operations = [
        migrations.AddField(
            model_name="visit",
            name="authority",
            field=models.CharField(default="", max_length=20, verbose_name="代理の権限を示すもの"),
        ),
        migrations.AddField(
            model_name="visit",
            name="authority_note",
            field=models.TextField(default="", verbose_name="確認した権限の内容"),
        ),
        migrations.CreateModel(
            name="CertificateApplication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6)),
                ("public_id", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("application_no", models.BigIntegerField(verbose_name="請求番号")),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("own", "本人等の請求（法第12条）"),
                            ("official", "公用請求（法第12条の2）"),
                            ("third_party", "第三者の申出（法第12条の3第1項）"),
                            ("professional", "職務上請求（法第12条の3第2項）"),
                        ],
                        max_length=12,
                        verbose_name="根拠",
                    ),
                ),
                ("way", models.CharField(choices=[("counter", "窓口"), ("mail", "郵送")], max_length=8, verbose_name="方法")),
                ("received_on", models.DateField(verbose_name="受付した日")),
                ("office_code", models.CharField(max_length=20)),
                ("terminal", models.CharField(max_length=40)),
                ("entered_by", models.CharField(max_length=80, verbose_name="受け付けた職員")),
                ("entered_by_id_no", models.BigIntegerField()),
                ("entered_at", models.DateTimeField(verbose_name="受付日時")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="終わった日時")),
            ],
            options={
                "indexes": [models.Index(condition=models.Q(("closed_at__isnull", True)), fields=["municipality_code"], name="application_open")],
                "constraints": [
                    models.UniqueConstraint(fields=("municipality_code", "application_no"), name="application_no"),
                    models.CheckConstraint(condition=models.Q(("municipality_code__regex", "^[0-9]{6}$")), name="application_municipality"),
                ],
            },
        ),
        migrations.AddField(
            model_name="visit",
            name="application",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="visits", to="residents.certificateapplication", verbose_name="交付請求"
            ),
        ),
        migrations.CreateModel(
            name="ApplicationStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("asked", "不足を照会した・催促した"),
                            ("answered", "回答・補正を受けた"),
                            ("sent", "証明書を発送した・渡した"),
                            ("came_back", "宛先に届かず戻った"),
                            ("returned", "請求書を返戻した"),
                            ("withdrawn", "請求が取り下げられた"),
                        ],
                        max_length=12,
                        verbose_name="処理",
                    ),
                ),
                ("done_on", models.DateField(verbose_name="処理した日")),
                ("due_on", models.DateField(null=True, verbose_name="回答の期限")),
                ("note", models.TextField(verbose_name="内容")),
                ("recorded_by", models.CharField(max_length=80, verbose_name="記録した職員")),
                ("recorded_at", models.DateTimeField(verbose_name="記録日時")),
                ("application", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="residents.certificateapplication")),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("municipality_code__regex", "^[0-9]{6}$")), name="application_step_municipality")],
            },
        ),
        migrations.CreateModel(
            name="ApplicationStatement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6)),
                ("stated", models.JSONField(verbose_name="記載")),
                ("form_no", models.CharField(default="", max_length=40, verbose_name="統一用紙の番号")),
                ("recorded_by", models.CharField(max_length=80, verbose_name="記録した職員")),
                ("recorded_at", models.DateTimeField(verbose_name="記録日時")),
                (
                    "application",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="statements", to="residents.certificateapplication"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("form_no", ""), _negated=True), fields=["municipality_code", "form_no"], name="application_form_no")
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("municipality_code__regex", "^[0-9]{6}$")), name="application_statement_municipality")
                ],
            },
        ),
        migrations.CreateModel(
            name="ApplicationMoneyOrder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6)),
                ("number", models.CharField(max_length=40, verbose_name="記号番号")),
                ("amount_yen", models.IntegerField(verbose_name="金額")),
                ("issued_on", models.DateField(null=True, verbose_name="発行日")),
                ("returned", models.BooleanField(default=False, verbose_name="返却")),
                ("recorded_by", models.CharField(max_length=80, verbose_name="記録した職員")),
                ("recorded_at", models.DateTimeField(verbose_name="記録日時")),
                (
                    "application",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="money_orders", to="residents.certificateapplication"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("municipality_code", "number", "returned"), name="application_order_once"),
                    models.CheckConstraint(condition=models.Q(("municipality_code__regex", "^[0-9]{6}$")), name="application_order_municipality"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApplicationMatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6)),
                ("place", models.IntegerField(verbose_name="何人目")),
                ("recorded_by", models.CharField(max_length=80, verbose_name="確かめた職員")),
                ("recorded_at", models.DateTimeField(verbose_name="確かめた日時")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="applications", to="residents.person")),
                ("application", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="matches", to="residents.certificateapplication")),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("municipality_code__regex", "^[0-9]{6}$")), name="application_match_municipality")],
            },
        ),
        migrations.CreateModel(
            name="ApplicationDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6)),
                ("approved", models.BooleanField(verbose_name="交付を認める")),
                ("allowed", models.JSONField(default=dict, verbose_name="認めた範囲")),
                ("valid_until", models.DateField(null=True, verbose_name="交付の期限")),
                ("reason", models.TextField(verbose_name="理由")),
                ("decided_by", models.CharField(max_length=80, verbose_name="審査した職員")),
                ("decided_by_id_no", models.BigIntegerField()),
                ("decided_at", models.DateTimeField(verbose_name="審査日時")),
                (
                    "application",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="residents.certificateapplication"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("approved", False), ("valid_until__isnull", False), _connector="OR"), name="application_decision_until"
                    ),
                    models.CheckConstraint(condition=models.Q(("municipality_code__regex", "^[0-9]{6}$")), name="application_decision_municipality"),
                ],
            },
        ),
        migrations.CreateModel(
            name="FeeClosing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6)),
                ("day", models.DateField(verbose_name="締めた日")),
                ("office_code", models.CharField(max_length=20)),
                ("terminal", models.CharField(max_length=40, verbose_name="窓口の端末")),
                ("due_yen", models.IntegerField(verbose_name="交付履歴による現金の額")),
                ("counted_yen", models.IntegerField(verbose_name="数えた現金の額")),
                ("note", models.TextField(default="", verbose_name="差額の理由")),
                ("recorded_by", models.CharField(max_length=80, verbose_name="記録した職員")),
                ("recorded_by_id_no", models.BigIntegerField()),
                ("recorded_at", models.DateTimeField(verbose_name="記録日時")),
                (
                    "confirms",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmed_by",
                        to="residents.feeclosing",
                        verbose_name="確認した締め",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["municipality_code", "day", "office_code"], name="fee_closing_day")],
                "constraints": [models.CheckConstraint(condition=models.Q(("municipality_code__regex", "^[0-9]{6}$")), name="fee_closing_municipality")],
            },
        ),
    ]
