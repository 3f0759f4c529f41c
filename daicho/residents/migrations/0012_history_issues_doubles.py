"""処分情報、二重登録の候補と宛名番号の統合、異動履歴の照会の索引. std 1.3.8, 2.2.1; 住民基本台帳法第8条; decision 0038."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("residents", "0011_search_history"),
    ]

    operations = [
        migrations.CreateModel(
            name="Double",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6)),
                ("public_id", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("grounds", models.JSONField(verbose_name="見つけた決まり")),
                ("facts_digest", models.CharField(max_length=64)),
                ("found_at", models.DateTimeField(verbose_name="見つけた日時")),
                (
                    "decision",
                    models.CharField(
                        choices=[("two", "別人"), ("same", "同じ人（統合）"), ("gone", "一致しなくなった")], max_length=8, null=True, verbose_name="判断"
                    ),
                ),
                ("reason", models.TextField(default="", verbose_name="判断の理由")),
                ("decided_by", models.CharField(default="", max_length=80, verbose_name="判断した職員")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="判断した日時")),
            ],
        ),
        migrations.CreateModel(
            name="IssueDisposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("wrong", "誤って発行し、回収して処分した"),
                            ("spoiled", "印刷の不良により処分した"),
                            ("withdrawn", "請求の取下げにより処分した"),
                            ("not_recovered", "誤って発行し、まだ回収していない"),
                        ],
                        max_length=16,
                        verbose_name="処分",
                    ),
                ),
                ("reason", models.TextField(verbose_name="処分の理由")),
                ("recorded_by", models.CharField(max_length=80, verbose_name="記録した職員")),
                ("recorded_at", models.DateTimeField(verbose_name="記録日時")),
                ("office_code", models.CharField(max_length=20)),
                ("terminal", models.CharField(max_length=40)),
            ],
        ),
        migrations.CreateModel(
            name="PersonUnion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6)),
                ("public_id", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("reason", models.TextField(verbose_name="統合の理由")),
                ("proposed_by", models.CharField(max_length=80, verbose_name="提案した職員")),
                ("proposed_by_id_no", models.BigIntegerField()),
                ("proposed_at", models.DateTimeField(verbose_name="提案した日時")),
                ("approved_by", models.CharField(default="", max_length=80, verbose_name="承認した職員")),
                ("approved_at", models.DateTimeField(null=True, verbose_name="統合した日時")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="取り下げた日時")),
                ("undo_reason", models.TextField(default="", verbose_name="取消しの理由")),
                ("undo_by", models.CharField(default="", max_length=80, verbose_name="取消しを提案した職員")),
                ("undo_by_id_no", models.BigIntegerField(null=True)),
                ("undo_at", models.DateTimeField(null=True, verbose_name="取消しを提案した日時")),
                ("ended_by", models.CharField(default="", max_length=80, verbose_name="取消しを承認した職員")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="統合を取り消した日時")),
            ],
        ),
        migrations.AddField(
            model_name="certificateissue",
            name="user_id",
            field=models.CharField(default="", max_length=80, verbose_name="ユーザID"),
        ),
        migrations.AddIndex(
            model_name="certificateissue",
            index=models.Index(fields=["municipality_code", "issued_at"], name="certificate_issued_at"),
        ),
        migrations.AddIndex(
            model_name="convenienceissue",
            index=models.Index(fields=["municipality_code", "answered_at"], name="convenience_answered_at"),
        ),
        migrations.AddIndex(
            model_name="civilevent",
            index=models.Index(fields=["effective_on"], name="event_effective_on"),
        ),
        migrations.AddIndex(
            model_name="civilevent",
            index=models.Index(condition=models.Q(("filed_on__isnull", False)), fields=["filed_on"], name="event_filed_on"),
        ),
        migrations.AddIndex(
            model_name="sheetversion",
            index=models.Index(condition=models.Q(("remark__isnull", False)), fields=["event"], name="version_remark"),
        ),
        migrations.AddField(
            model_name="double",
            name="first",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="residents.person"),
        ),
        migrations.AddField(
            model_name="double",
            name="second",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="residents.person"),
        ),
        migrations.AddField(
            model_name="issuedisposal",
            name="certificate",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="disposals", to="residents.certificateissue"),
        ),
        migrations.AddField(
            model_name="issuedisposal",
            name="convenience",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="disposals", to="residents.convenienceissue"),
        ),
        migrations.AddField(
            model_name="personunion",
            name="filing",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="unions", to="residents.filing"),
        ),
        migrations.AddField(
            model_name="personunion",
            name="given_up",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="given_up_in", to="residents.person"),
        ),
        migrations.AddField(
            model_name="personunion",
            name="stays",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="unions", to="residents.person"),
        ),
        migrations.AddField(
            model_name="personunion",
            name="undo_filing",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="unions_undone", to="residents.filing"),
        ),
        migrations.AddIndex(
            model_name="double",
            index=models.Index(condition=models.Q(("decision__isnull", True)), fields=["municipality_code", "found_at"], name="double_undecided"),
        ),
        migrations.AddConstraint(
            model_name="double",
            constraint=models.UniqueConstraint(fields=("first", "second"), name="double_once"),
        ),
        migrations.AddConstraint(
            model_name="double",
            constraint=models.CheckConstraint(condition=models.Q(("first__lt", models.F("second"))), name="double_in_order"),
        ),
        migrations.AddConstraint(
            model_name="double",
            constraint=models.CheckConstraint(condition=models.Q(("municipality_code__regex", "^[0-9]{6}$")), name="double_municipality"),
        ),
        migrations.AddConstraint(
            model_name="issuedisposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("certificate__isnull", True), ("convenience__isnull", True), _connector="XOR"), name="disposal_of_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="issuedisposal",
            constraint=models.CheckConstraint(condition=models.Q(("municipality_code__regex", "^[0-9]{6}$")), name="disposal_municipality"),
        ),
        migrations.AddConstraint(
            model_name="personunion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True), ("withdrawn_at__isnull", True)), fields=("given_up",), name="union_of_given_up"
            ),
        ),
        migrations.AddConstraint(
            model_name="personunion",
            constraint=models.CheckConstraint(condition=models.Q(("stays", models.F("given_up")), _negated=True), name="union_of_two"),
        ),
        migrations.AddConstraint(
            model_name="personunion",
            constraint=models.CheckConstraint(condition=models.Q(("municipality_code__regex", "^[0-9]{6}$")), name="union_municipality"),
        ),
    ]
