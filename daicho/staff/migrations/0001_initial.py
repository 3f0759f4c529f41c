"""職員 — the first tables: units, accounts, membership, grants, sign-ins, policy, authenticators."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("municipality_code", models.CharField(max_length=6, verbose_name="全国地方公共団体コード")),
                ("valid_from", models.DateField(verbose_name="有効開始日")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="有効終了日")),
                ("login", models.CharField(max_length=30, verbose_name="利用者ID")),
                ("name", models.CharField(max_length=60, verbose_name="氏名")),
                ("kana", models.CharField(max_length=60, verbose_name="カナ氏名")),
                ("employee_no", models.CharField(max_length=20, verbose_name="職員番号")),
                ("failed_attempts", models.PositiveSmallIntegerField(default=0, verbose_name="連続失敗回数")),
                ("locked_until", models.DateTimeField(blank=True, null=True, verbose_name="利用停止期限")),
                ("must_change_password", models.BooleanField(default=True, verbose_name="初回変更要")),
                ("password_set_at", models.DateTimeField(blank=True, null=True, verbose_name="パスワード設定日時")),
                ("last_seen_at", models.DateTimeField(blank=True, null=True, verbose_name="最終利用日時")),
                ("created_at", models.DateTimeField(verbose_name="登録日時")),
            ],
            options={
                "verbose_name": "利用者",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("municipality_code__length", 6)), name="staff_account_municipality_code"),
                    models.CheckConstraint(
                        condition=models.Q(("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"), name="staff_account_period"
                    ),
                    models.UniqueConstraint(fields=("municipality_code", "login"), name="staff_account_login"),
                    models.UniqueConstraint(fields=("municipality_code", "employee_no", "valid_from"), name="staff_account_employee_no"),
                    models.CheckConstraint(condition=models.Q(("login__regex", "^[a-z][a-z0-9._-]{2,29}$")), name="staff_account_login_shape"),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessPolicy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6, verbose_name="全国地方公共団体コード")),
                ("valid_from", models.DateField(verbose_name="有効開始日")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="有効終了日")),
                ("max_failures", models.PositiveSmallIntegerField(default=5, verbose_name="連続失敗の上限")),
                ("lock_minutes", models.PositiveSmallIntegerField(default=30, verbose_name="利用停止の分数")),
                ("idle_minutes", models.PositiveSmallIntegerField(default=20, verbose_name="無操作終了の分数")),
                ("longest_use_hours", models.PositiveSmallIntegerField(default=12, verbose_name="連続利用の上限時間")),
                ("min_password_length", models.PositiveSmallIntegerField(default=12, verbose_name="パスワードの最小文字数")),
                ("unused_days", models.PositiveSmallIntegerField(default=60, verbose_name="未使用点検の日数")),
                ("assertion_idle_minutes", models.PositiveSmallIntegerField(default=5, verbose_name="生体認証をやり直すまでの無操作の分数")),
                ("answer_seconds", models.PositiveSmallIntegerField(default=120, verbose_name="認証の問いの有効秒数")),
                ("enrolment_hours", models.PositiveSmallIntegerField(default=72, verbose_name="登録コードの有効時間")),
                (
                    "authenticator_models",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=36), default=list, size=None, verbose_name="認める認証器の型"
                    ),
                ),
            ],
            options={
                "verbose_name": "認証方針",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("municipality_code__length", 6)), name="staff_policy_municipality_code"),
                    models.CheckConstraint(
                        condition=models.Q(("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"), name="staff_policy_period"
                    ),
                    models.UniqueConstraint(fields=("municipality_code", "valid_from"), name="staff_policy_natural"),
                    models.CheckConstraint(
                        condition=models.Q(("idle_minutes__range", (1, 240)), ("max_failures__range", (1, 20)), ("min_password_length__gte", 8)),
                        name="staff_policy_bounds",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answer_seconds__range", (15, 600)), ("assertion_idle_minutes__range", (1, 60)), ("enrolment_hours__range", (1, 8784))
                        ),
                        name="staff_policy_assertion_bounds",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6, verbose_name="全国地方公共団体コード")),
                ("reason", models.CharField(max_length=200, verbose_name="登録の理由")),
                ("applied_at", models.DateTimeField(verbose_name="申請日時")),
                ("approved_at", models.DateTimeField(null=True, verbose_name="承認日時")),
                ("code_digest", models.CharField(blank=True, default="", max_length=64, verbose_name="登録コードの摘要")),
                ("expires_at", models.DateTimeField(null=True, verbose_name="登録コードの期限")),
                ("used_at", models.DateTimeField(null=True, verbose_name="登録日時")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="取下げ日時")),
                ("account", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="enrolments", to="staff.account")),
                ("applied_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="staff.account")),
                ("approved_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="staff.account")),
            ],
            options={
                "verbose_name": "認証器の登録許可",
            },
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6, verbose_name="全国地方公共団体コード")),
                ("valid_from", models.DateField(verbose_name="有効開始日")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="有効終了日")),
                ("unit_code", models.CharField(blank=True, default="", max_length=12, verbose_name="所属コード")),
                ("permission", models.CharField(max_length=80, verbose_name="操作権限")),
                ("scope", models.CharField(blank=True, default="", max_length=40, verbose_name="利用範囲")),
                ("reason", models.CharField(max_length=200, verbose_name="付与の理由")),
                ("granted_at", models.DateTimeField(verbose_name="申請日時")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="承認日時")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="取消日時")),
                ("account", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="grants", to="staff.account")),
                ("approved_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="staff.account")),
                ("granted_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="staff.account")),
                ("revoked_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="staff.account")),
            ],
            options={
                "verbose_name": "操作権限",
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6, verbose_name="全国地方公共団体コード")),
                ("valid_from", models.DateField(verbose_name="有効開始日")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="有効終了日")),
                ("unit_code", models.CharField(max_length=12, verbose_name="所属コード")),
                ("account", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="staff.account")),
            ],
            options={
                "verbose_name": "所属期間",
            },
        ),
        migrations.CreateModel(
            name="SignIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6, verbose_name="全国地方公共団体コード")),
                ("token_digest", models.CharField(max_length=64, verbose_name="利用証の摘要")),
                ("terminal_code", models.CharField(max_length=20, verbose_name="端末コード")),
                ("terminal_name", models.CharField(max_length=60, verbose_name="端末名")),
                ("office_code", models.CharField(max_length=12, verbose_name="事務所コード")),
                ("signed_in_at", models.DateTimeField(verbose_name="利用開始日時")),
                ("last_seen_at", models.DateTimeField(verbose_name="最終操作日時")),
                ("asserted_at", models.DateTimeField(blank=True, null=True, verbose_name="最終生体認証日時")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="利用終了日時")),
                (
                    "ended_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("sign_off", "利用者による終了"),
                            ("idle", "無操作による終了"),
                            ("too_long", "連続利用時間の上限"),
                            ("taken_over", "別の利用開始による終了"),
                            ("terminal", "端末の相違による終了"),
                            ("revoked", "利用者の失効・停止"),
                            ("password", "パスワードの変更"),
                        ],
                        default="",
                        max_length=12,
                        verbose_name="終了の事由",
                    ),
                ),
                ("account", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="sign_ins", to="staff.account")),
            ],
            options={
                "verbose_name": "利用",
            },
        ),
        migrations.CreateModel(
            name="Challenge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6, verbose_name="全国地方公共団体コード")),
                ("token_digest", models.CharField(max_length=64, verbose_name="問いの証の摘要")),
                (
                    "purpose",
                    models.CharField(choices=[("sign_in", "利用開始"), ("resume", "利用の再開"), ("enrol", "認証器の登録")], max_length=8, verbose_name="用途"),
                ),
                ("value", models.CharField(max_length=64, verbose_name="問い")),
                ("terminal_code", models.CharField(max_length=20, verbose_name="端末コード")),
                ("take_over", models.BooleanField(default=False, verbose_name="引継ぎ")),
                ("asked_at", models.DateTimeField(verbose_name="発行日時")),
                ("expires_at", models.DateTimeField(verbose_name="期限")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="回答日時")),
                ("account", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="staff.account")),
                ("enrolment", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="staff.enrolment")),
                ("sign_in", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="staff.signin")),
            ],
            options={
                "verbose_name": "認証の問い",
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6, verbose_name="全国地方公共団体コード")),
                ("valid_from", models.DateField(verbose_name="有効開始日")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="有効終了日")),
                ("code", models.CharField(max_length=12, verbose_name="所属コード")),
                ("name", models.CharField(max_length=60, verbose_name="所属名称")),
            ],
            options={
                "verbose_name": "所属",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("municipality_code__length", 6)), name="staff_unit_municipality_code"),
                    models.CheckConstraint(
                        condition=models.Q(("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"), name="staff_unit_period"
                    ),
                    models.UniqueConstraint(fields=("municipality_code", "code", "valid_from"), name="staff_unit_natural"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Authenticator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality_code", models.CharField(max_length=6, verbose_name="全国地方公共団体コード")),
                ("credential_id", models.TextField(verbose_name="認証器の識別子")),
                ("public_key", models.BinaryField(verbose_name="公開鍵")),
                ("model", models.CharField(db_comment="AAGUID", max_length=36, verbose_name="型")),
                ("sign_count", models.BigIntegerField(db_comment="as the device counts; 0 for one that does not", verbose_name="使用回数")),
                ("registered_at", models.DateTimeField(verbose_name="登録日時")),
                ("last_used_at", models.DateTimeField(null=True, verbose_name="最終使用日時")),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="失効日時")),
                (
                    "revoked_because",
                    models.CharField(
                        blank=True,
                        choices=[("officer", "管理者による失効"), ("copied", "使用回数の逆行（複製の疑い）")],
                        default="",
                        max_length=10,
                        verbose_name="失効の事由",
                    ),
                ),
                ("account", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="authenticators", to="staff.account")),
                ("revoked_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="staff.account")),
            ],
            options={
                "verbose_name": "認証器",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("municipality_code__length", 6)), name="staff_authenticator_municipality_code"),
                    models.UniqueConstraint(fields=("municipality_code", "credential_id"), name="staff_authenticator_credential"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revoked_at__isnull", True), ("revoked_because", "")),
                            models.Q(("revoked_at__isnull", False), models.Q(("revoked_because", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="staff_authenticator_revoking",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(condition=models.Q(("municipality_code__length", 6)), name="staff_enrolment_municipality_code"),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("applied_by__isnull", True),
                    ("approved_by__isnull", True),
                    models.Q(("applied_by", models.F("approved_by")), _negated=True),
                    _connector="OR",
                ),
                name="staff_enrolment_two_persons",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("account", models.F("applied_by")), _negated=True), models.Q(("account", models.F("approved_by")), _negated=True)),
                name="staff_enrolment_not_for_oneself",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at__isnull", True), ("code_digest", ""), ("expires_at__isnull", True), ("used_at__isnull", True)),
                    models.Q(("approved_at__isnull", False), ("expires_at__isnull", False), models.Q(("code_digest", ""), _negated=True)),
                    _connector="OR",
                ),
                name="staff_enrolment_code_by_approval",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("used_at__isnull", True), ("withdrawn_at__isnull", True)),
                fields=("municipality_code", "account"),
                name="staff_enrolment_one_open",
            ),
        ),
        migrations.AddIndex(
            model_name="grant",
            index=models.Index(fields=["unit_code"], name="staff_grant_unit"),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(condition=models.Q(("municipality_code__length", 6)), name="staff_grant_municipality_code"),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"), name="staff_grant_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("account__isnull", False), ("unit_code", "")),
                    models.Q(("account__isnull", True), models.Q(("unit_code", ""), _negated=True)),
                    _connector="OR",
                ),
                name="staff_grant_account_or_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("granted_by__isnull", True),
                    ("approved_by__isnull", True),
                    models.Q(("granted_by", models.F("approved_by")), _negated=True),
                    _connector="OR",
                ),
                name="staff_grant_two_persons",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(condition=models.Q(("scope", ""), ("scope__startswith", "office:"), _connector="OR"), name="staff_grant_scope"),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at__isnull", True)),
                fields=("municipality_code", "account", "unit_code", "permission", "scope", "valid_from"),
                name="staff_grant_natural",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(condition=models.Q(("municipality_code__length", 6)), name="staff_membership_municipality_code"),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"), name="staff_membership_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(fields=("municipality_code", "account", "valid_from"), name="staff_membership_natural"),
        ),
        migrations.AddConstraint(
            model_name="signin",
            constraint=models.CheckConstraint(condition=models.Q(("municipality_code__length", 6)), name="staff_sign_in_municipality_code"),
        ),
        migrations.AddConstraint(
            model_name="signin",
            constraint=models.UniqueConstraint(fields=("municipality_code", "token_digest"), name="staff_sign_in_token"),
        ),
        migrations.AddConstraint(
            model_name="signin",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)), fields=("municipality_code", "account"), name="staff_sign_in_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="signin",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_by", "")),
                    models.Q(("ended_at__isnull", False), models.Q(("ended_by", ""), _negated=True)),
                    _connector="OR",
                ),
                name="staff_sign_in_ending",
            ),
        ),
        migrations.AddIndex(
            model_name="challenge",
            index=models.Index(fields=["expires_at"], name="staff_challenge_expiry"),
        ),
        migrations.AddConstraint(
            model_name="challenge",
            constraint=models.CheckConstraint(condition=models.Q(("municipality_code__length", 6)), name="staff_challenge_municipality_code"),
        ),
        migrations.AddConstraint(
            model_name="challenge",
            constraint=models.UniqueConstraint(fields=("municipality_code", "token_digest"), name="staff_challenge_token"),
        ),
        migrations.AddConstraint(
            model_name="challenge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("purpose", "resume"), ("sign_in__isnull", False)),
                    models.Q(models.Q(("purpose", "resume"), _negated=True), ("sign_in__isnull", True)),
                    _connector="OR",
                ),
                name="staff_challenge_resume",
            ),
        ),
    ]
