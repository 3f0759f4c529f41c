"""改ざん防止用紙の出納、印刷の確認、印刷し直すための写しと束. std 1.3.8; decision 0052."""

import uuid

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("residents", "0015_issue_correction"),
    ]

    operations = [
        migrations.AlterField(
            model_name="issuedisposal",
            name="kind",
            field=models.CharField(
                choices=[
                    ("wrong", "誤って発行し、回収して処分した"),
                    ("spoiled", "印刷の不良により処分した"),
                    ("withdrawn", "請求の取下げにより処分した"),
                    ("not_recovered", "誤って発行し、まだ回収していない"),
                    ("mistaken", "処分の記録が誤り（この写しは有効）"),
                ],
                max_length=16,
                verbose_name="処分",
            ),
        ),
        migrations.CreateModel(
            name="Bundle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6)),
                ("public_id", models.UUIDField(unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("copies", "複数部"), ("reprint", "印刷し直し"), ("bulk", "まとめて交付")], max_length=8, verbose_name="束の種類"
                    ),
                ),
                ("request_digest", models.TextField(verbose_name="請求の要約値")),
                ("copies", models.JSONField(verbose_name="写し")),
                ("delivered_digest", models.TextField(verbose_name="渡した文書の要約値")),
                ("made_at", models.DateTimeField(verbose_name="作成日時")),
                ("made_by", models.CharField(max_length=80, verbose_name="職員")),
                ("terminal", models.CharField(max_length=40)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("municipality_code__regex", "^[0-9]{6}$")), name="bundle_municipality")],
            },
        ),
        migrations.CreateModel(
            name="PaperCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6)),
                ("terminal", models.CharField(default="", max_length=40, verbose_name="端末")),
                ("reckoned", models.IntegerField(verbose_name="帳簿の枚数")),
                ("counted", models.IntegerField(verbose_name="数えた枚数")),
                ("ranges", models.JSONField(verbose_name="帳簿の用紙番号")),
                ("explanation", models.TextField(default="", verbose_name="差の説明")),
                ("counted_by", models.CharField(max_length=80, verbose_name="数えた職員")),
                ("counted_by_id_no", models.BigIntegerField()),
                ("counted_at", models.DateTimeField(verbose_name="棚卸日時")),
                ("office_code", models.CharField(max_length=20)),
            ],
            options={
                "indexes": [models.Index(fields=["municipality_code", "terminal", "-counted_at"], name="paper_count_latest")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("municipality_code__regex", "^[0-9]{6}$")), name="paper_count_municipality"),
                    models.CheckConstraint(condition=models.Q(("counted__gte", 0), ("reckoned__gte", 0)), name="paper_count_of_sheets"),
                    models.CheckConstraint(
                        condition=models.Q(("counted", models.F("reckoned")), models.Q(("explanation", ""), _negated=True), _connector="OR"),
                        name="paper_count_explained",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperSeries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6)),
                ("prefix", models.CharField(max_length=10, verbose_name="記号")),
                ("digits", models.IntegerField(verbose_name="桁数")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("municipality_code", "prefix", "digits"), name="paper_series_once"),
                    models.CheckConstraint(condition=models.Q(("municipality_code__regex", "^[0-9]{6}$")), name="paper_series_municipality"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperMove",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6)),
                ("public_id", models.UUIDField(default=uuid.uuid4, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("receive", "入庫"),
                            ("hand_out", "払出し"),
                            ("give_back", "返却"),
                            ("use", "使用"),
                            ("spoil", "書損・紙詰まり"),
                            ("shred", "書損紙の裁断"),
                            ("discard", "未使用紙の廃棄"),
                            ("lose", "亡失"),
                            ("find", "発見"),
                        ],
                        max_length=8,
                        verbose_name="処理",
                    ),
                ),
                ("first_no", models.BigIntegerField(verbose_name="最初の番号")),
                ("last_no", models.BigIntegerField(verbose_name="最後の番号")),
                ("terminal", models.CharField(default="", max_length=40, verbose_name="端末")),
                ("reason", models.TextField(default="", verbose_name="理由")),
                ("proof", models.TextField(default="", verbose_name="廃棄の証明")),
                ("recorded_by", models.CharField(max_length=80, verbose_name="記録した職員")),
                ("recorded_by_id_no", models.BigIntegerField()),
                ("recorded_at", models.DateTimeField(verbose_name="記録日時")),
                ("office_code", models.CharField(max_length=20)),
                (
                    "certificate",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="sheets", to="residents.certificateissue"),
                ),
                ("source", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="taken", to="residents.papermove")),
                ("series", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="residents.paperseries")),
            ],
        ),
        migrations.CreateModel(
            name="HeldCopy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6)),
                ("payload_ref", models.BigIntegerField()),
                ("held_until", models.DateTimeField(verbose_name="保持の期限")),
                ("erased_at", models.DateTimeField(null=True, verbose_name="消去日時")),
                ("certificate", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="held", to="residents.certificateissue")),
            ],
            options={
                "indexes": [models.Index(condition=models.Q(("erased_at__isnull", True)), fields=["held_until"], name="held_copy_due")],
                "constraints": [models.CheckConstraint(condition=models.Q(("municipality_code__regex", "^[0-9]{6}$")), name="held_copy_municipality")],
            },
        ),
        migrations.CreateModel(
            name="PaperCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6)),
                ("recorded_by_id_no", models.BigIntegerField()),
                ("checked_by", models.CharField(max_length=80, verbose_name="立ち会った職員")),
                ("checked_by_id_no", models.BigIntegerField()),
                ("checked_at", models.DateTimeField(verbose_name="確認日時")),
                ("move", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="check_row", to="residents.papermove")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("municipality_code__regex", "^[0-9]{6}$")), name="paper_check_municipality"),
                    models.CheckConstraint(condition=models.Q(("checked_by_id_no", models.F("recorded_by_id_no")), _negated=True), name="paper_check_two"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6)),
                ("print_no", models.IntegerField(verbose_name="何回目の印刷か")),
                ("good", models.BooleanField(verbose_name="正しく印刷された")),
                ("on_security_paper", models.BooleanField(verbose_name="改ざん防止用紙")),
                ("reason", models.TextField(default="", verbose_name="印刷し直す理由・用紙を使わない理由")),
                ("recorded_by", models.CharField(max_length=80, verbose_name="記録した職員")),
                ("recorded_at", models.DateTimeField(verbose_name="記録日時")),
                ("terminal", models.CharField(max_length=40)),
                ("certificate", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="prints", to="residents.certificateissue")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("municipality_code__regex", "^[0-9]{6}$")), name="paper_result_municipality"),
                    models.UniqueConstraint(fields=("certificate", "print_no"), name="paper_result_once"),
                    models.UniqueConstraint(condition=models.Q(("good", True)), fields=("certificate",), name="paper_result_one_good"),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="papermove",
            index=models.Index(fields=["series", "first_no", "last_no"], name="paper_move_numbers"),
        ),
        migrations.AddIndex(
            model_name="papermove",
            index=models.Index(fields=["municipality_code", "kind", "terminal"], name="paper_move_place"),
        ),
        migrations.AddConstraint(
            model_name="papermove",
            constraint=models.CheckConstraint(condition=models.Q(("municipality_code__regex", "^[0-9]{6}$")), name="paper_move_municipality"),
        ),
        migrations.AddConstraint(
            model_name="papermove",
            constraint=models.CheckConstraint(condition=models.Q(("first_no__gte", 0), ("last_no__gte", models.F("first_no"))), name="paper_move_order"),
        ),
        migrations.AddConstraint(
            model_name="papermove",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "receive"), ("source", None)),
                    models.Q(models.Q(("kind", "receive"), _negated=True), ("source__isnull", False)),
                    _connector="OR",
                ),
                name="paper_move_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="papermove",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("source__isnull", False)),
                expressions=[
                    (
                        models.Func(
                            models.Func(models.F("source_id"), models.F("first_no"), function="point"),
                            models.Func(models.F("source_id"), models.F("last_no"), function="point"),
                            function="box",
                        ),
                        "&&",
                    )
                ],
                name="paper_taken_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="papermove",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("source", None)),
                expressions=[
                    (
                        models.Func(
                            models.Func(models.F("series_id"), models.F("first_no"), function="point"),
                            models.Func(models.F("series_id"), models.F("last_no"), function="point"),
                            function="box",
                        ),
                        "&&",
                    )
                ],
                name="paper_received_once",
            ),
        ),
    ]
